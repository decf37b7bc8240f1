//! An enumeration without its derive.
#![allow(dead_code)]

use tablewright::prelude::*;

enum OrderStatus {
    Pending,
    Paid,
}

#[derive(Table)]
#[index(status)]
#[query(of_status(status), all(100))]
#[query(pending(status = Pending), all(100))]
struct Order {
    id: Uuid,
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
