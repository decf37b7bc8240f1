//! More forms of tables: a composite key, an append-only table with a sequential key, a native enumeration and a newtype,
//! and one with an array column, which cannot go through UNNEST.

use tablewright::prelude::*;

use super::order::Order;

/// A tag of an order.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(primary_key(order_id, tag), allow(standard_columns, reason = "a tag is set or not, it never changes"))]
#[index(tag, order_id)]
pub struct OrderTag {
    #[references(Order, on_delete = restrict)]
    pub order_id: Uuid,
    pub tag: String,
    pub created_at: DateTime<Utc>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, SqlType)]
pub struct Actor(pub String);

/// What happened: a native enumeration of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enumeration)]
#[enumeration(storage = native)]
pub enum EventKind {
    Created,
    Changed,
}

pub const CREATE_EVENT_KIND: &str = "CREATE TYPE event_kind AS ENUM ('created', 'changed')";

/// What happened to an order; never changed, never deleted.
// The foreign key is deferrable, so that the tests see an error that comes after the returned row.
#[derive(Debug, Clone, PartialEq, Table)]
#[table(append_only, allow(primary_key, reason = "the events are read in the order in which they came"))]
pub struct OrderEvent {
    #[column(identity = always)]
    pub id: i64,
    #[references(Order, on_delete = restrict, deferrable)]
    pub order_id: Option<Uuid>,
    pub kind: EventKind,
    pub actor: Actor,
    pub created_at: DateTime<Utc>,
}

/// A note with labels: the labels are an array column.
#[derive(Debug, Clone, PartialEq, Table)]
pub struct Note {
    pub id: Uuid,
    pub labels: Vec<String>,
    pub picture: Option<Vec<u8>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
