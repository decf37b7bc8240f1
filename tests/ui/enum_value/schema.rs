//! A value of an enumeration that a default, a check or a predicate names is one of its values.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Enumeration)]
enum OrderStatus {
    Pending,
    Shipped,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[column(default = "'pendign'")]
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
