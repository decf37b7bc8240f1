#![allow(dead_code)]
use tablewright::prelude::*;

struct Money(i64);

#[derive(Table)]
struct Order {
    id: Uuid,
    total: Money,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
