use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum JobState { Running, Queued }
#[derive(Debug, Table)]
#[index(created_at, where = "job_state = 'queued'")]
pub struct Job {
    pub id: Uuid,
    pub job_state: JobState,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
