//! The customers of a tenant.

use tablewright::prelude::*;

use super::Tenant;

/// Somebody to whom a tenant sends invoices.
#[derive(Clone, PartialEq, Table)]
#[table(debug)]
#[unique(tenant_id, email)]
#[index(tenant_id, name, id)]
#[query(by_name(tenant_id, name), all(100))]
pub struct Customer {
    /// The key.
    pub id: Uuid,
    /// Whose customer this is.
    #[references(Tenant, on_delete = restrict)]
    pub tenant_id: Uuid,
    /// Where invoices go.
    #[column(pii)]
    pub email: String,
    /// What the customer is called.
    pub name: String,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
