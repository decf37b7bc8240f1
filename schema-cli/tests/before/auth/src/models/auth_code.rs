//! Codes that are sent by mail.

use tablewright::prelude::*;

/// A code that was sent to an address, to be typed in once. There may be no account of that address yet.
// No `Debug`: a code has no place in a log.
#[derive(Clone, PartialEq, Table)]
#[index(email, purpose, where = "used_at IS NULL")]
#[check("expires_at > created_at")]
pub struct AuthCode {
    /// The key.
    pub id: Uuid,
    /// Where the code was sent, in lower case.
    #[column(pii, check = "email = lower(email)")]
    pub email: String,
    /// Six digits, in the clear: a hash of so few values hides none of them. What protects the code is that it ends soon
    /// and works once, and that the program lets nobody try often.
    #[column(
        check = "code ~ '^[0-9]{6}$'",
        allow(secret, reason = "six digits: a hash of so few values hides none of them, and the code ends soon")
    )]
    pub code: String,
    /// What it lets its holder do.
    pub purpose: AuthCodePurpose,
    /// When it ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was typed in; NULL until then.
    pub used_at: Option<DateTime<Utc>>,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a code lets its holder do.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum AuthCodePurpose {
    /// Show that mail to the address reaches them.
    VerifyEmail,
    /// Sign in without a password.
    SignIn,
    /// Choose a new password.
    ResetPassword,
}
