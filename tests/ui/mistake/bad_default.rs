//! A default that is not a variant of its enumeration.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Enumeration)]
enum OrderStatus {
    Pending,
    InTransit,
}

#[derive(Table)]
struct Order {
    id: Uuid,
    #[column(default = "'in transit'")]
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
