//! A transaction that is lent whole.
#![allow(dead_code)]

use tablewright::prelude::*;
use tablewright::sqlx;

#[derive(Table)]
struct User {
    id: Uuid,
    #[column(unique)]
    handle: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

async fn first(pool: &sqlx::PgPool, handle: &str) {
    let mut tx = pool.begin().await.unwrap();
    User::find_by_handle(&mut tx, handle).await.unwrap();
}

fn main() {}
