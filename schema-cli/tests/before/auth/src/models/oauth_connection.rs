//! Accounts elsewhere that sign in here.

use tablewright::prelude::*;

use super::User;

/// An account at an identity provider by which a user signs in.
#[derive(Clone, PartialEq, Table)]
#[table(debug)]
#[unique(provider, provider_user_id)]
pub struct OauthConnection {
    /// The key.
    pub id: Uuid,
    /// Who signs in by it.
    #[references(User, on_delete = cascade)]
    pub user_id: String,
    /// Whose account it is.
    pub provider: OauthProvider,
    /// The account there: the claim `sub`.
    #[column(pii, external = "the provider's identifier of the user")]
    pub provider_user_id: String,
    /// When the row came.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

/// An identity provider.
#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
pub enum OauthProvider {
    /// github.com.
    Github,
    /// accounts.google.com.
    Google,
}
