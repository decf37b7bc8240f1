//! A default is a value of its column's type that the column's own checks admit and that its Rust type holds; so is what backfills it.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Product {
    id: Uuid,
    #[column(default = "'none'")]
    view_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
