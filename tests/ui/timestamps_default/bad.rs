//! `created_at` and `updated_at` are `TIMESTAMPTZ NOT NULL DEFAULT now()`.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
}

fn main() {}
