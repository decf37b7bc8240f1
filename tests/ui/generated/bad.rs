//! A generated column is computed from other columns of its row, by functions that always return the same result.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Event {
    id: Uuid,
    starts_at: DateTime<Utc>,
    #[column(generated = "starts_at::date")]
    starts_on: NaiveDate,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
