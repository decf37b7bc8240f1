//! Orders.

use serde::{Deserialize, Serialize};
use tablewright::prelude::*;

use super::User;

/// A customer's order.
#[derive(Clone, PartialEq, Table)]
#[table(soft_delete, debug)]
#[index(user_id, ordered_at desc, id desc)]
#[index(ordered_at, id, where = "shipped_at IS NULL")]
#[check("cancelled_at IS NULL OR shipped_at IS NULL")]
pub struct Order {
    /// The key.
    pub id: Uuid,
    /// The number that the customer knows.
    #[column(unique)]
    pub order_number: String,
    /// Who ordered.
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    /// How far it is.
    #[column(default = "'pending'")]
    pub status: OrderStatus,
    /// The sum of the items, when it was ordered.
    #[column(numeric(12, 2), check = "total_amount >= 0")]
    pub total_amount: Decimal,
    /// Where it goes. A copy: the customer may move.
    #[column(pii)]
    pub shipping_address: Json<Address>,
    /// When the customer pressed the button.
    #[column(default = "now()")]
    pub ordered_at: DateTime<Utc>,
    /// When it left the warehouse; NULL until then.
    pub shipped_at: Option<DateTime<Utc>>,
    /// When it was called off; NULL while it stands.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was deleted; NULL while it lives.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum OrderStatus {
    /// Waits for its payment.
    Pending,
    /// Paid, and not yet on its way.
    Paid,
    /// On its way, or there.
    Shipped,
    /// Called off.
    Cancelled,
}

/// Where an order goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// Town, with its postal code.
    pub town: String,
    /// Two letters.
    pub country: String,
}
