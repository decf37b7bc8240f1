//! A variant that a query names exists, and is stored as its name says.
#![allow(dead_code)]

use tablewright::prelude::*;

/// How far a job is.
#[derive(Enumeration)]
pub enum JobState {
    Waiting,
    #[enumeration(value = "done!")]
    Done,
}

#[derive(Table)]
#[index(finished_at, id, where = "state = 'done'")]
#[index(finished_at, id, where = "state = 'lost'", name = "idx_jobs_lost")]
#[query(finished(state = Done), order(finished_at), page)]
#[query(lost(state = Lost), order(finished_at), page)]
pub struct Job {
    pub id: Uuid,
    pub state: JobState,
    pub finished_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

fn main() {}
