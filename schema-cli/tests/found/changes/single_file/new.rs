use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum FileSource { Filestack, S3, Disk }
#[derive(Debug, Table)]
#[index(created_at, where = "file_source = 's3'")]
pub struct Attachment {
    pub id: Uuid,
    #[column(default = "'s3'")]
    pub file_source: FileSource,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
