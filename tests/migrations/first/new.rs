//! Everything is created; nothing exists.

use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(status, created_at desc)]
#[check("shipped_at IS NULL OR shipped_at >= created_at")]
pub struct Order {
    pub id: Uuid,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    pub status: OrderStatus,
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    pub shipped_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    Paid,
}
