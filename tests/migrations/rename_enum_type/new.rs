//! A native type under another name is another type: its values come there as texts.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "'pending'")]
    pub status: OrderState,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
pub enum OrderState {
    Pending,
    Paid,
    Shipped,
}
