//! Every table has `created_at` and `updated_at`; a junction or append-only table has `created_at`.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Order {
    id: Uuid,
    created_at: DateTime<Utc>,
}

fn main() {}
