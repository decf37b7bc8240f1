//! What a program does with the tables.

use chrono::TimeDelta;
use sqlx::PgPool;
use tablewright::prelude::*;

use crate::Result;
use crate::models::{
    AuthCode, AuthCodeOptional, AuthCodePatch, AuthCodePurpose, NewAuthCode, NewSession, NewUser, NewUserPassword,
    Session, SessionOptional, SessionPatch, User, UserConstraint, UserOptional, UserPassword, UserPasswordOptional,
    UserPatch,
};

/// Makes an account with its password: both or neither.
///
/// # Errors
/// That the address is taken, and any other error of the database.
pub async fn sign_up(pool: &PgPool, id: &str, email: &str, password_hash: &str) -> Result<User> {
    let mut transaction = pool.begin().await?;
    let new = NewUser { id: id.to_owned(), email: email.trim().to_lowercase(), optional: UserOptional::default() };
    let user = match User::insert(&mut *transaction, new).await {
        Err(error) if error.constraint() == Some(UserConstraint::EmailUnique) => {
            return Err("the address is taken".into());
        }
        other => other?,
    };
    let password = NewUserPassword {
        user_id: user.id.clone(),
        password_hash: password_hash.to_owned(),
        optional: UserPasswordOptional::default(),
    };
    UserPassword::insert(&mut *transaction, password).await?;
    transaction.commit().await?;
    Ok(user)
}

/// Sends a code, and withdraws it.
///
/// # Errors
/// What the database says.
pub async fn verify_email(pool: &PgPool, user: User) -> Result<User> {
    let new = NewAuthCode {
        email: user.email.clone(),
        code: "402817".to_owned(), // a program draws it
        purpose: AuthCodePurpose::VerifyEmail,
        expires_at: Utc::now() + TimeDelta::minutes(10),
        optional: AuthCodeOptional::default(),
    };
    let code = AuthCode::insert(pool, new).await?;

    let mut transaction = pool.begin().await?;
    let patch = AuthCodePatch { used_at: Some(Some(Utc::now())), ..AuthCodePatch::default() };
    AuthCode::update(&mut *transaction, code.id, patch).await?;
    let patch = UserPatch { email_verified: Some(true), ..UserPatch::default() };
    let user = User::update(&mut *transaction, user.id, patch).await?.ok_or("the account is gone")?;
    transaction.commit().await?;
    Ok(user)
}

/// Records that a user signed in. The password was compared before.
///
/// # Errors
/// What the database says.
pub async fn sign_in(pool: &PgPool, user: &User, from: IpNetwork, device: &str) -> Result<Session> {
    let new = NewSession {
        user_id: user.id.clone(),
        optional: SessionOptional {
            ip_address: Some(from),
            device_label: Some(device.to_owned()),
            ..SessionOptional::default()
        },
    };
    Ok(Session::insert(pool, new).await?)
}

/// Whether the session has not been ended: what every request asks.
///
/// # Errors
/// What the database says.
pub async fn counts(pool: &PgPool, session: &Session) -> Result<bool> {
    Ok(Session::find(pool, session.id).await?.is_some_and(|session| session.revoked_at.is_none()))
}

/// Ends a session.
///
/// # Errors
/// What the database says.
pub async fn sign_out(pool: &PgPool, session: &Session) -> Result<Option<Session>> {
    let patch = SessionPatch { revoked_at: Some(Some(Utc::now())), ..SessionPatch::default() };
    Ok(Session::update(pool, session.id, patch).await?)
}
