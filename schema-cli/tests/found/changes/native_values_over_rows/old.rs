use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum FileSource { Filestack, Disk }
#[derive(Debug, Table)]
pub struct Attachment {
    pub id: Uuid,
    #[column(default = "'filestack'")]
    pub file_source: FileSource,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
