//! Every foreign key is indexed. The index is generated where nothing leads with its columns (`foreign_key_index`).
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
