//! A batch changes rows, of several, and goes on behind columns that stay and have a value.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[index(queue, id)]
#[index(queue, finished_at, id)]
#[query(count_all(queue), count, batch(10))]
#[query(finish(id), update(worker), batch(10))]
#[query(sweep_all(queue), delete, batch(100_000))]
#[query(postpone(queue, finished_at < before), update(finished_at), batch(100))]
#[query(assign(queue), order(finished_at), update(worker), batch(100))]
#[query(assign_late(queue, run_at < before), update(worker), batch(limit))]
pub struct Job {
    pub id: Uuid,
    pub queue: String,
    pub worker: Option<String>,
    pub run_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

fn main() {}
