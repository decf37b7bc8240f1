//! Accounts.

use tablewright::prelude::*;

/// Somebody who may sign in. An account that is given up is closed; its row goes only when its owner asks to be forgotten.
#[derive(Clone, PartialEq, Table)]
#[table(debug)]
pub struct User {
    /// The key: opaque text that says what it names, `usr_7Qk2`. The program makes it.
    #[column(allow(
        primary_key,
        reason = "the identifier stands in tokens and logs, and may come from an identity provider: it is opaque text"
    ))]
    pub id: String,
    /// The address of the account, in lower case.
    #[column(unique, pii, check = "email = lower(email) AND email LIKE '%_@_%'")]
    pub email: String,
    /// Whether somebody has shown that mail to the address reaches them.
    #[column(
        default = "false",
        allow(boolean_prefix, reason = "it is the claim `email_verified` of OpenID Connect, under its own name")
    )]
    pub email_verified: bool,
    /// Whether the account may be used.
    #[column(default = "'active'")]
    pub status: UserStatus,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Whether an account may be used.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum UserStatus {
    /// It may.
    Active,
    /// Not until somebody has looked at it.
    Suspended,
    /// Not any more: its owner gave it up.
    Closed,
}
