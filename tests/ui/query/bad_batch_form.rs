//! A batch says how many rows at most.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[index(queue, id)]
#[query(sweep(queue), delete, batch)]
#[query(sweep_none(queue), delete, batch(0))]
pub struct Job {
    pub id: Uuid,
    pub queue: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

fn main() {}
