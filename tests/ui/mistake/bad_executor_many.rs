//! Many rows on a transaction that is passed as a pool is.
#![allow(dead_code)]

use tablewright::prelude::*;
use tablewright::sqlx;

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

async fn all(pool: &sqlx::PgPool, users: &[NewUser]) {
    let tx = pool.begin().await.unwrap();
    User::insert_many(&tx, users).await.unwrap();
}

fn main() {}
