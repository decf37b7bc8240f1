//! A query that sets a column to NULL.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[index(city)]
#[query(forget(city), update(note = NULL))]
struct Order {
    id: Uuid,
    city: String,
    note: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
