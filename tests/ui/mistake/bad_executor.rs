//! A transaction that is passed as a pool is.
#![allow(dead_code)]

use tablewright::prelude::*;
use tablewright::sqlx;

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

async fn first(pool: &sqlx::PgPool, id: Uuid) {
    let tx = pool.begin().await.unwrap();
    User::find(&tx, id).await.unwrap();
}

fn main() {}
