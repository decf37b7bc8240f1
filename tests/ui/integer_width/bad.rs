//! Integers are `BIGINT`; `i16` and `i32` say `#[column(small)]` where the values stay small.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Product {
    id: Uuid,
    view_count: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
