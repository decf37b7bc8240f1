//! `User`: rows that are really deleted, and a unique column.

use tablewright::prelude::*;

/// A customer.
#[derive(Clone, PartialEq, Table)]
#[table(debug, clone)]
pub struct User {
    pub id: Uuid,
    #[column(unique, pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
