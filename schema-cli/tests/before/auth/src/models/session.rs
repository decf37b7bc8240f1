//! Sign-ins.

use tablewright::prelude::*;

use super::User;

/// A sign-in, on one device. Its key is no secret: what the device holds is a signed token that names the session.
#[derive(Clone, PartialEq, Table)]
#[table(debug)]
#[index(user_id, where = "revoked_at IS NULL")]
pub struct Session {
    /// The key.
    pub id: Uuid,
    /// Who signed in.
    #[references(User, on_delete = cascade)]
    #[column(allow(
        foreign_key_index,
        reason = "only live sessions are looked up; to delete an account is so rare that it may read the whole table"
    ))]
    pub user_id: String,
    /// Where the sign-in came from; NULL where a proxy hid it.
    #[column(pii)]
    pub ip_address: Option<IpNetwork>,
    /// What the user calls the device; NULL where nobody named it.
    #[column(pii)]
    pub device_label: Option<String>,
    /// When the session was ended; NULL while it counts.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}
