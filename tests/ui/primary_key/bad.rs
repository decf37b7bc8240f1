//! Every table has a primary key of the profile's kind: `id UUID`, or `id BIGINT … IDENTITY`.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Order {
    #[column(identity = always)]
    id: i32,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
