//! A column of an index, misspelt.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Table)]
#[index(citty, created_at desc, id desc)]
#[query(recent_in(city), order(created_at desc), page)]
struct Order {
    id: Uuid,
    city: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
