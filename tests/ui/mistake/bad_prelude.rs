//! A model without the prelude.
#![allow(dead_code)]

use tablewright::sqlx::types::Uuid;
use tablewright::sqlx::types::chrono::{DateTime, Utc};

#[derive(tablewright::prelude::Enumeration)]
enum OrderStatus {
    Pending,
    Paid,
}

#[derive(tablewright::prelude::Table)]
#[index(status)]
#[query(of_status(status), all(100))]
struct Order {
    id: Uuid,
    status: OrderStatus,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

async fn first(pool: &tablewright::sqlx::PgPool, id: Uuid) {
    Order::find(pool, id).await.unwrap();
}

fn main() {}
