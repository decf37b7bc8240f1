use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum JobState { Queued, Running, Obsolete }
#[derive(Debug, Table)]
pub struct Job {
    pub id: Uuid,
    #[column(default = "'queued'")]
    pub job_state: JobState,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
