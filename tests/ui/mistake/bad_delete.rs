//! The deletion of a row that is never deleted.
#![allow(dead_code)]

use tablewright::prelude::*;
use tablewright::sqlx;

#[derive(Table)]
#[table(append_only)]
struct Event {
    id: Uuid,
    text: String,
    created_at: DateTime<Utc>,
}

async fn delete(pool: &sqlx::PgPool, id: Uuid) {
    Event::delete(pool, id).await.unwrap();
}

fn main() {}
