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

/// Queries of other shapes, over the functions that the derives build on.
impl Order {
    pub const CHEAPEST_OF_STATUS: &'static ::tablewright::PageQuery = &::tablewright::PageQuery::new(
        "orders.cheapest_of_status(status) WHERE deleted_at IS NULL ORDER BY total_amount ASC, id ASC",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL ORDER BY total_amount ASC, id ASC LIMIT $2",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL AND (total_amount, id) > ($2::numeric, $3::uuid) ORDER BY total_amount ASC, id ASC LIMIT $4",
        "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE status = $1 AND deleted_at IS NULL AND (total_amount, id) < ($2::numeric, $3::uuid) ORDER BY total_amount DESC, id DESC LIMIT $4",
        &[(4, ::tablewright::rt::type_info::<Decimal>), (0, ::tablewright::rt::type_info::<Uuid>)],
    );

    /// The orders of a status, the cheapest first, by pages.
    pub fn cheapest_of_status<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        status: OrderStatus,
        page: ::tablewright::PageRequest,
    ) -> ::tablewright::Paged<'e, Self> {
        ::tablewright::rt::page::<Self>(db, Self::CHEAPEST_OF_STATUS, (status,), page)
    }

    pub const OF_USERS: &'static str = "SELECT id, order_number, user_id, status, total_amount, shipping_address, carrier, ordered_at, shipped_at, cancelled_at, created_at, updated_at, deleted_at FROM orders WHERE user_id = ANY($1::uuid[]) AND deleted_at IS NULL ORDER BY user_id, ordered_at DESC, id DESC LIMIT $2";

    /// The orders of many users by one query. Runs [`OF_USERS`](Self::OF_USERS).
    pub fn of_users<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_ids: &[Uuid],
        limit: u32,
    ) -> ::tablewright::Rows<'e, Self> {
        ::tablewright::rt::all::<Self>(db, Self::OF_USERS, (user_ids, ::core::primitive::i64::from(limit)))
    }

    pub const COUNT_OF_USER: &'static str = "SELECT count(*) FROM orders WHERE user_id = $1 AND deleted_at IS NULL";

    /// How many orders a user has. Runs [`COUNT_OF_USER`](Self::COUNT_OF_USER).
    pub fn count_of_user<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_id: Uuid,
    ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<i64>> {
        ::tablewright::rt::scalar::<i64>(db, Self::COUNT_OF_USER, (user_id,))
    }

    pub const CANCEL_OF_USER: &'static str = "UPDATE orders SET status = $2, updated_at = now() WHERE id IN (SELECT id FROM orders WHERE user_id = $1 AND status <> $2 AND deleted_at IS NULL LIMIT $3)";

    /// Sets the status of at most `limit` orders of a user; returns how many. Runs [`CANCEL_OF_USER`](Self::CANCEL_OF_USER).
    pub fn cancel_of_user<'e>(
        db: impl ::tablewright::sqlx::PgExecutor<'e>,
        user_id: Uuid,
        status: OrderStatus,
        limit: u32,
    ) -> ::tablewright::Reply<'e, ::core::result::Result<u64, ::tablewright::Error<OrderConstraint>>> {
        ::tablewright::rt::execute::<Self>(
            db,
            Self::CANCEL_OF_USER,
            (user_id, status, ::core::primitive::i64::from(limit)),
        )
    }
}
