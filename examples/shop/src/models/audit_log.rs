//! Who changed what.

use serde_json::Value;
use tablewright::prelude::*;

use super::User;

/// A change that somebody made. Entries are never changed themselves.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(append_only)]
#[index(entity_id, created_at desc, id desc)]
#[index(actor_user_id, created_at desc, id desc)]
#[check("old_values IS NOT NULL OR new_values IS NOT NULL")]
pub struct AuditLog {
    /// The key.
    pub id: Uuid,
    /// Who made the change; NULL for the program itself, and for a customer that was purged.
    #[references(User, on_delete = set_null)]
    pub actor_user_id: Option<Uuid>,
    /// What was changed.
    pub entity: AuditEntity,
    /// Which one of them.
    #[column(external = "the key of a row in the table that `entity` says, which may be gone")]
    pub entity_id: Uuid,
    /// The columns that changed, as they were; NULL for a new row.
    #[column(reason = "the columns of any table")]
    pub old_values: Option<Value>,
    /// The columns that changed, as they are; NULL for a deleted row.
    #[column(reason = "the columns of any table")]
    pub new_values: Option<Value>,
    /// When it was changed.
    pub created_at: DateTime<Utc>,
}

/// What the audit log speaks of.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum AuditEntity {
    /// A customer.
    User,
    /// A product.
    Product,
    /// An order.
    Order,
}
