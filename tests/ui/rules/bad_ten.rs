//! A struct that breaks ten rules shows ten errors, at ten places, and nothing else.
#![allow(dead_code)]

use tablewright::prelude::*;
use tablewright::sqlx::types::chrono::NaiveDateTime;

#[derive(Table)]
struct User {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(user_id, orderd_at desc)]
struct Order {
    id: Uuid,
    #[references(User)]
    user_id: Uuid,
    warehouse_id: Uuid,
    status: String,
    paid: bool,
    total_amount: f64,
    #[column(default = "'none'")]
    item_count: i64,
    tag_ids: Vec<Uuid>,
    shipped_at: Option<NaiveDateTime>,
    created_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
    updated_at: DateTime<Utc>,
}

/// What is used of the model is no further error.
async fn used(pool: &tablewright::sqlx::PgPool, id: Uuid) -> Result<(), tablewright::sqlx::Error> {
    let patch = OrderPatch { paid: Some(true), ..OrderPatch::default() };
    Order::update(pool, id, patch).await?;
    println!("{}", Order::CREATE_TABLE);
    Ok(())
}

fn main() {}
