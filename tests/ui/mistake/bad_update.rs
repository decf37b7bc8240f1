//! A change of a row that is never changed.
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

struct EventPatch;

async fn change(pool: &sqlx::PgPool, id: Uuid) {
    Event::update(pool, id, EventPatch).await.unwrap();
}

fn main() {}
