//! What a model states, every database of `targets` can do.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
struct Booking {
    id: Uuid,
    #[column(type = "TSTZRANGE")]
    booked_during: PgRange<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
