//! What accounts may do.

use tablewright::prelude::*;

use super::User;

/// A role that an account has.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(
    primary_key(user_id, role),
    allow(standard_columns, reason = "a role is granted or withdrawn: the row is its key, and never changes")
)]
pub struct UserRole {
    /// Who has it.
    #[references(User, on_delete = cascade)]
    pub user_id: String,
    /// Which one.
    pub role: Role,
    /// When it was granted.
    pub created_at: DateTime<Utc>,
}

/// What an account may do, beyond its own affairs.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum Role {
    /// Everything.
    Admin,
    /// Read what a user sees, to help.
    Support,
}
