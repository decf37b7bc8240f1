//! A declared query is one that the server accepts: its conditions have the types of their columns, and its helper's name and parameters are free.
#![allow(dead_code, unused_imports)]

use tablewright::prelude::*;
use tablewright::sqlx::postgres::types::PgRange;
use tablewright::sqlx::types::JsonValue as Value;
use tablewright::sqlx::types::chrono::{NaiveDateTime, NaiveTime};

#[derive(Table)]
#[index(device, id)]
#[query(of_device(device = "4"), page)]
struct Event {
    id: Uuid,
    device: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
