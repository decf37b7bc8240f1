use tablewright::prelude::*;

/// A person who buys.
#[derive(Table)]
#[table(soft_delete, rows = 500_000)]
#[index("lower(email)", unique)]
pub struct User {
    pub id: Uuid,
    /// Where order confirmations go.
    #[column(pii, check = "position('@' in email) > 1")]
    pub email: Email,
    #[column(pii, check = "length(display_name) BETWEEN 1 AND 200")]
    pub display_name: String,
    pub password_hash: String,
    #[column(default = "true")]
    pub is_active: bool,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A device on which a user is signed in.
#[derive(Table)]
#[index(user_id, expires_at desc, where = "revoked_at IS NULL")]
pub struct UserSession {
    pub id: Uuid,
    #[references(User, on_delete = restrict)]
    pub user_id: Uuid,
    #[column(unique)]
    pub token_hash: String,
    #[column(pii)]
    pub ip_address: Option<IpNetwork>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(SqlType)]
pub struct Email(pub String);
