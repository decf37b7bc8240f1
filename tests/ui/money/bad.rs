//! Money is `NUMERIC(p, s)`: never a float, and precision and scale are stated.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Product {
    id: Uuid,
    price: f64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
