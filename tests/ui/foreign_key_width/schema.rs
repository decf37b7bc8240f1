//! A foreign key is an integer of the width of the key that it references.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct User {
    #[column(identity = always)]
    id: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
struct Order {
    #[column(identity = always)]
    id: i64,
    #[references(User, on_delete = restrict)]
    user_id: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
