//! `Order`: soft delete, an enumeration, a document, a numeric, defaults and optional columns.

use serde::{Deserialize, Serialize};
use tablewright::prelude::*;

use super::user::User;

/// Where an order goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    pub city: String,
}

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
pub enum OrderStatus {
    Pending,
    Paid,
    Shipped,
    Cancelled,
}

/// A customer's order.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(soft_delete)]
#[index(user_id, ordered_at desc, id desc)]
#[index(status, total_amount, id)]
#[query(cheapest_of_status(status), order(total_amount), page)]
#[query(of_users(user_id in user_ids), order(user_id, ordered_at desc, id desc), all(limit))]
#[query(count_of_user(user_id), count)]
#[query(cancel_of_user(user_id), where = "status <> 'cancelled'", update(status = Cancelled))]
pub struct Order {
    pub id: Uuid,
    #[column(unique)]
    pub order_number: String,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    pub status: OrderStatus,
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    pub shipping_address: Json<Address>,
    /// Nullable, and with a default: left out it is 'standard', `Some(None)` is NULL.
    #[column(default = "'standard'")]
    pub carrier: Option<String>,
    #[column(default = "now()")]
    pub ordered_at: DateTime<Utc>,
    pub shipped_at: Option<DateTime<Utc>>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}
