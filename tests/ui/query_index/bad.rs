//! Every declared query has an index that serves it: its predicate holds for the query's rows, its first columns are those compared by `=`, then comes the range, or the order in matching or wholly reversed direction.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[query(recent_of_device(device), order(seen_at desc), page)]
struct Event {
    id: Uuid,
    device: String,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
