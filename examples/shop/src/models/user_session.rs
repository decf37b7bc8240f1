//! Sign-ins.

use tablewright::prelude::*;

use super::User;

/// A sign-in, on one device.
#[derive(Clone, Debug, PartialEq, Table)]
#[index(user_id, created_at desc, id desc)]
#[index(expires_at, where = "revoked_at IS NULL")]
#[check("expires_at > created_at")]
pub struct UserSession {
    /// The key.
    pub id: Uuid,
    /// Who signed in.
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    /// The hash of the token that the device holds. The token itself is never stored.
    #[column(unique)]
    pub token_hash: Vec<u8>,
    /// Where the sign-in came from; NULL where a proxy hid it.
    #[column(pii)]
    pub ip_address: Option<IpNetwork>,
    /// When the session ends by itself.
    pub expires_at: DateTime<Utc>,
    /// When it was ended before that; NULL while it counts.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
