//! A database with the tables of the queries.

use tablewright::prelude::*;
use tablewright::sqlx::postgres::{PgPool, PgPoolOptions};
use tablewright::sqlx::{Executor as _, raw_sql};

use super::models::{Book, Job, JobOptional, NewJob, Note};

pub async fn database() -> (tablewright_tempdb::Database, PgPool) {
    let database = tablewright_tempdb::database();
    let pool = PgPoolOptions::new().max_connections(4).connect(database.url()).await.unwrap();
    for statement in [
        Job::CREATE_TABLE,
        Job::CREATE_INDEXES,
        Note::CREATE_TABLE,
        Note::CREATE_INDEXES,
        Book::CREATE_TABLE,
        Book::CREATE_INDEXES,
    ] {
        pool.execute(raw_sql(statement)).await.unwrap();
    }
    (database, pool)
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

pub fn job(queue: &str, priority: i64) -> NewJob {
    NewJob {
        queue: queue.to_owned(),
        priority,
        optional: JobOptional { run_at: Some(at(priority)), ..Default::default() },
    }
}
