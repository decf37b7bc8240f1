//! A variant of an enumeration in lower case.
#![allow(dead_code)]

use tablewright::prelude::*;

#[derive(Enumeration)]
enum OrderStatus {
    Pending,
    Paid,
}

#[derive(Table)]
#[index(created_at, id, where = "status = 'pending'")]
#[query(pending(status = pending), order(created_at), page)]
struct Order {
    id: Uuid,
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

fn main() {}
