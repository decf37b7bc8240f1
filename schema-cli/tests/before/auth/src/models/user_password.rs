//! Passwords, apart from the accounts: not every account has one, and few programs may read them.

use tablewright::prelude::*;

use super::User;

/// The password of an account that has one.
// No `Debug`: a hash has no place in a log.
#[derive(Clone, PartialEq, Table)]
pub struct UserPassword {
    /// Whose it is.
    #[column(primary_key)]
    #[references(User, on_delete = cascade)]
    pub user_id: String,
    /// The hash, with its salt and its parameters: `$argon2id$v=19$…`. The password itself is never stored.
    pub password_hash: String,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
