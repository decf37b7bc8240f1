//! Everything that compares the column has a constant of the old type: it is dropped and recreated around the change.

use tablewright::prelude::*;

#[derive(Table)]
#[index(created_at, where = "job_state = 'queued'")]
#[unique(number, where = "job_state <> 'running'")]
#[check("job_state <> 'running' OR started_at IS NOT NULL")]
#[trigger("BEFORE UPDATE OF job_state", function = "note_job", body = "BEGIN NEW.noted_at := now(); RETURN NEW; END", when = "NEW.job_state = 'running'")]
#[policy(known, using = "job_state <> 'odd' OR number > 0")]
pub struct Job {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "'queued'")]
    pub job_state: JobState,
    #[column(generated = "job_state = 'queued'")]
    pub is_queued: bool,
    pub started_at: Option<DateTime<Utc>>,
    pub noted_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
pub enum JobState {
    Queued,
    Running,
    Odd,
}
