use tablewright::prelude::*;

#[derive(Clone, Copy, Debug, Enumeration)]
#[enumeration(storage = native)]
pub enum JobState { Queued, Running, Obsolete }
#[derive(Debug, Table)]
#[trigger("AFTER UPDATE OF job_state", function = "note_job", body = "BEGIN RETURN NEW; END", when = "NEW.job_state = 'running'")]
pub struct Job {
    pub id: Uuid,
    pub job_state: JobState,
    #[column(generated = "job_state = 'queued'")]
    pub is_queued: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
