//! A name that is given by hand keeps the form of the derived ones: `{table}_…_check`, `idx_{table}_…`.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[check("total_count >= 0", name = "positive_count")]
struct Order {
    id: Uuid,
    total_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
