//! Customers.

use tablewright::prelude::*;

/// A customer. A deleted customer stays until it is purged, because orders name it.
#[derive(Clone, Debug, PartialEq, Table)]
#[table(soft_delete)]
pub struct User {
    /// The key.
    pub id: Uuid,
    /// The address that the customer signs in with, in lower case.
    #[column(unique, pii, check = "email = lower(email) AND email LIKE '%_@_%'")]
    pub email: Email,
    /// How the customer wants to be called.
    #[column(pii, check = "length(display_name) BETWEEN 1 AND 200")]
    pub display_name: String,
    /// Whether the customer may sign in and buy.
    #[column(default = "'active'")]
    pub status: UserStatus,
    /// When the address was confirmed; NULL until then.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was deleted; NULL while it lives.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// Whether a customer may sign in and buy.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum UserStatus {
    /// May do both.
    Active,
    /// May do neither, until somebody has looked at it.
    Suspended,
}

/// An e-mail address, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, SqlType)]
pub struct Email(String);

impl Email {
    /// The address in the form in which it is kept.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.trim().to_lowercase())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
