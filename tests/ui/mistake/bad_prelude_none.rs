//! A file with models and without any `use`.
#![allow(dead_code)]

#[derive(Table)]
#[table(soft_delete)]
#[index(status)]
#[query(of_status(status), all(100))]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    status: OrderStatus,
    #[column(numeric(12, 2))]
    total_amount: Decimal,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
