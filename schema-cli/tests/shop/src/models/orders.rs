use tablewright::prelude::*;

use super::{Product, User};

/// A customer's order.
#[derive(Table)]
#[table(soft_delete)]
#[index(user_id, ordered_at desc, id desc)]
#[index(status, ordered_at, where = "shipped_at IS NULL")]
#[check("cancelled_at IS NULL OR shipped_at IS NULL")]
pub struct Order {
    pub id: Uuid,
    #[column(unique)]
    pub order_number: String,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    #[column(default = "'pending'")]
    pub status: OrderStatus,
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    #[column(default = "now()")]
    pub ordered_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    Paid,
    Shipped,
    Cancelled,
}

/// A line of an order.
#[derive(Table)]
#[unique(order_id, product_id)]
pub struct OrderItem {
    pub id: Uuid,
    #[references(Order, on_delete = restrict)]
    pub order_id: Uuid,
    #[references(Product, on_delete = restrict)]
    pub product_id: Uuid,
    #[column(check = "quantity > 0")]
    pub quantity: i64,
    #[column(numeric(12, 2), check = "unit_price >= 0")]
    pub unit_price: Decimal,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
