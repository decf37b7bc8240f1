use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum JobState { Running, Queued }
#[derive(Debug, Table)]
#[index(created_at, where = "job_state = 'queued'")]
#[check("job_state <> 'running' OR started_at IS NOT NULL")]
pub struct Job {
    pub id: Uuid,
    #[column(default = "'queued'")]
    pub job_state: JobState,
    pub started_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
