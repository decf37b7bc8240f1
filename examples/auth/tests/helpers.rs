//! Every helper of every table, on a real database.

use auth::models::{
    AuthCode, AuthCodeConstraint, AuthCodeOptional, AuthCodePatch, AuthCodePurpose, NewAuthCode, NewOauthConnection,
    NewSession, NewUser, NewUserPassword, NewUserRole, OauthConnection, OauthConnectionConstraint,
    OauthConnectionOptional, OauthConnectionPatch, OauthProvider, Role, Session, SessionConstraint, SessionOptional,
    SessionPatch, User, UserConstraint, UserOptional, UserPassword, UserPasswordOptional, UserPasswordPatch, UserPatch,
    UserRole, UserRoleConstraint, UserRoleOptional, UserStatus,
};
use auth::{Result, steps};
use chrono::TimeDelta;
use sqlx::PgPool;
use tablewright::prelude::*;
use tablewright_test::Database;

/// A database with the migration applied. It is dropped with the first part.
async fn database() -> Result<(Database, PgPool)> {
    let database = tablewright_test::database();
    let pool = PgPool::connect(database.url()).await?;
    auth::MIGRATIONS.run(&pool).await?;
    Ok((database, pool))
}

fn new_user(name: &str) -> NewUser {
    let optional = UserOptional::default();
    NewUser { id: format!("usr_{name}"), email: format!("{name}@example.org"), optional }
}

#[tokio::test]
async fn a_user_signs_up_in_and_out() -> Result {
    let (_database, pool) = database().await?;
    let user = steps::sign_up(&pool, "usr_ada", " Ada@Example.org", "$argon2id$1").await?;
    assert_eq!((user.email.as_str(), user.email_verified, user.status), ("ada@example.org", false, UserStatus::Active));
    assert!(steps::sign_up(&pool, "usr_eve", "ada@example.org", "$argon2id$2").await.is_err());
    assert_eq!((User::count(&pool).await?, UserPassword::count(&pool).await?), (1, 1), "both or neither");
    assert!(steps::verify_email(&pool, user.clone()).await?.email_verified);
    let session = steps::sign_in(&pool, &user, "192.0.2.7/32".parse()?, "laptop").await?;
    assert!(steps::counts(&pool, &session).await?);
    assert!(steps::sign_out(&pool, &session).await?.is_some_and(|session| session.revoked_at.is_some()));
    assert!(!steps::counts(&pool, &session).await?);
    Ok(())
}

#[tokio::test]
async fn users() -> Result {
    let (_database, pool) = database().await?;
    let ada = User::insert(&pool, new_user("ada")).await?;
    assert_eq!(User::insert_many(&pool, &[new_user("bob"), new_user("cyd")]).await?, 2);
    let more = User::insert_many_returning(&pool, &[new_user("dan")]).await?;
    assert_eq!(more[0].id, "usr_dan");
    assert_eq!(User::find(&pool, ada.id.clone()).await?.as_ref(), Some(&ada));
    assert_eq!(User::find_many(&pool, &["usr_bob".to_owned(), "usr_nobody".to_owned()]).await?.len(), 1);
    assert_eq!(User::find_by_email(&pool, "ada@example.org").await?.as_ref(), Some(&ada));
    assert!(User::exists(&pool, ada.id.clone()).await?);
    assert_eq!(User::count(&pool).await?, 4);
    sqlx::query("ANALYZE users").execute(&pool).await?;
    assert_eq!(User::estimate(&pool).await?, Some(4));
    let patch = UserPatch { status: Some(UserStatus::Closed), ..UserPatch::default() };
    let closed = User::update(&pool, ada.id.clone(), patch).await?.ok_or("gone")?;
    assert_eq!((closed.status, &closed.email), (UserStatus::Closed, &ada.email));
    let optional = UserOptional { email_verified: Some(true), ..UserOptional::default() };
    let again = User::upsert_by_email(&pool, NewUser { optional, ..new_user("ada") }).await?;
    assert_eq!((again.id, again.email_verified, again.status), (ada.id, true, UserStatus::Closed));
    let shouting = NewUser { email: "BOB@EXAMPLE.ORG".to_owned(), ..new_user("bob2") };
    let refused = User::insert(&pool, shouting).await.unwrap_err();
    assert_eq!(refused.constraint(), Some(UserConstraint::EmailCheck));
    assert!(User::delete(&pool, "usr_dan".to_owned()).await?);
    Ok(())
}

#[tokio::test]
async fn passwords() -> Result {
    let (_database, pool) = database().await?;
    User::insert_many(&pool, &[new_user("ada"), new_user("bob")]).await?;
    let new = |name: &str| NewUserPassword {
        user_id: format!("usr_{name}"),
        password_hash: "$argon2id$1".to_owned(),
        optional: UserPasswordOptional::default(),
    };
    let ada = UserPassword::insert(&pool, new("ada")).await?;
    assert_eq!(UserPassword::insert_many(&pool, &[new("bob")]).await?, 1);
    assert!(UserPassword::find(&pool, ada.user_id.clone()).await?.is_some_and(|found| found == ada));
    let keys = ["usr_ada".to_owned(), "usr_bob".to_owned()];
    assert_eq!(UserPassword::find_many(&pool, &keys).await?.len(), 2);
    let patch = UserPasswordPatch { password_hash: Some("$argon2id$2".to_owned()) };
    let changed = UserPassword::update(&pool, ada.user_id.clone(), patch).await?.ok_or("gone")?;
    assert_eq!(changed.password_hash, "$argon2id$2");
    assert!(UserPassword::insert(&pool, new("nobody")).await.is_err(), "there is no such user");
    assert!(UserPassword::delete(&pool, ada.user_id.clone()).await?);
    assert!(!UserPassword::exists(&pool, ada.user_id).await?);
    assert_eq!(UserPassword::count(&pool).await?, 1);
    assert!(User::delete(&pool, "usr_bob".to_owned()).await?);
    assert_eq!(UserPassword::count(&pool).await?, 0, "the password goes with the account");
    Ok(())
}

#[tokio::test]
async fn sessions() -> Result {
    let (_database, pool) = database().await?;
    User::insert(&pool, new_user("ada")).await?;
    let new = |device: Option<&str>| NewSession {
        user_id: "usr_ada".to_owned(),
        optional: SessionOptional { device_label: device.map(str::to_owned), ..SessionOptional::default() },
    };
    let phone = Session::insert(&pool, new(Some("phone"))).await?;
    assert_eq!((phone.ip_address, phone.revoked_at), (None, None));
    let rows = Session::insert_many_returning(&pool, &[new(None), new(Some("laptop"))]).await?;
    assert_eq!(rows.len(), 2);
    let keys: Vec<_> = rows.iter().map(|session| session.id).collect();
    assert_eq!(Session::find_many(&pool, &keys).await?.len(), 2);
    let patch =
        SessionPatch { device_label: Some(None), revoked_at: Some(Some(Utc::now())), ..SessionPatch::default() };
    let ended = Session::update(&pool, phone.id, patch).await?.ok_or("gone")?;
    assert!(ended.device_label.is_none() && ended.revoked_at.is_some());
    assert_eq!(Session::count(&pool).await?, 3);
    assert!(Session::delete(&pool, phone.id).await?);
    let stranger = NewSession { user_id: "usr_nobody".to_owned(), ..new(None) };
    let refused = Session::insert(&pool, stranger).await.unwrap_err();
    assert_eq!(refused.constraint(), Some(SessionConstraint::UserIdForeignKey));
    Ok(())
}

#[tokio::test]
async fn codes() -> Result {
    let (_database, pool) = database().await?;
    let new = |code: &str| NewAuthCode {
        email: "ada@example.org".to_owned(),
        code: code.to_owned(),
        purpose: AuthCodePurpose::ResetPassword,
        expires_at: Utc::now() + TimeDelta::minutes(10),
        optional: AuthCodeOptional::default(),
    };
    let code = AuthCode::insert(&pool, new("012345")).await?;
    assert_eq!(AuthCode::insert_many(&pool, &[new("000000"), new("999999")]).await?, 2);
    assert!(AuthCode::find(&pool, code.id).await?.is_some_and(|found| found == code));
    let patch = AuthCodePatch { used_at: Some(Some(Utc::now())), ..AuthCodePatch::default() };
    assert!(AuthCode::update(&pool, code.id, patch).await?.is_some_and(|code| code.used_at.is_some()));
    for (wrong, constraint) in [
        (new("12345"), AuthCodeConstraint::CodeCheck),
        (NewAuthCode { email: "Ada@example.org".to_owned(), ..new("123456") }, AuthCodeConstraint::EmailCheck),
        (NewAuthCode { expires_at: code.created_at, ..new("123456") }, AuthCodeConstraint::ExpiresAtCreatedAtCheck),
    ] {
        let wrong = NewAuthCode {
            optional: AuthCodeOptional { created_at: Some(code.created_at), ..AuthCodeOptional::default() },
            ..wrong
        };
        let refused = AuthCode::insert(&pool, wrong).await.err().ok_or("nothing was refused")?;
        assert_eq!(refused.constraint(), Some(constraint));
    }
    assert!(AuthCode::delete(&pool, code.id).await?);
    assert_eq!(AuthCode::count(&pool).await?, 2);
    Ok(())
}

#[tokio::test]
async fn roles() -> Result {
    let (_database, pool) = database().await?;
    User::insert(&pool, new_user("ada")).await?;
    let new = |role| NewUserRole { user_id: "usr_ada".to_owned(), role, optional: UserRoleOptional::default() };
    let key = |role| ("usr_ada".to_owned(), role);
    let admin = UserRole::insert(&pool, new(Role::Admin)).await?;
    assert_eq!(UserRole::insert_many(&pool, &[new(Role::Support)]).await?, 1);
    assert_eq!(UserRole::find(&pool, key(Role::Admin)).await?, Some(admin));
    assert_eq!(UserRole::find_many(&pool, &[key(Role::Admin), key(Role::Support)]).await?.len(), 2);
    let refused = UserRole::insert(&pool, new(Role::Admin)).await.unwrap_err();
    assert_eq!(refused.constraint(), Some(UserRoleConstraint::PrimaryKey));
    assert!(UserRole::delete(&pool, key(Role::Admin)).await?);
    assert!(!UserRole::exists(&pool, key(Role::Admin)).await?);
    assert_eq!(UserRole::count(&pool).await?, 1);
    Ok(())
}

#[tokio::test]
async fn connections() -> Result {
    let (_database, pool) = database().await?;
    User::insert_many(&pool, &[new_user("ada"), new_user("bob")]).await?;
    let new = |name: &str, subject: &str| NewOauthConnection {
        user_id: format!("usr_{name}"),
        provider: OauthProvider::Github,
        provider_user_id: subject.to_owned(),
        optional: OauthConnectionOptional::default(),
    };
    let ada = OauthConnection::insert(&pool, new("ada", "17")).await?;
    let found = OauthConnection::find_by_provider_provider_user_id(&pool, &OauthProvider::Github, "17").await?;
    assert_eq!(found.as_ref(), Some(&ada));
    assert_eq!(OauthConnection::find_by_provider_provider_user_id(&pool, &OauthProvider::Google, "17").await?, None);
    let refused = OauthConnection::insert(&pool, new("bob", "17")).await.unwrap_err();
    assert_eq!(refused.constraint(), Some(OauthConnectionConstraint::ProviderProviderUserIdUnique));
    let moved = OauthConnection::upsert_by_provider_provider_user_id(&pool, new("bob", "17")).await?;
    assert_eq!((moved.id, moved.user_id.as_str()), (ada.id, "usr_bob"));
    assert_eq!(OauthConnection::insert_many(&pool, &[new("bob", "18")]).await?, 1);
    let patch = OauthConnectionPatch { provider: Some(OauthProvider::Google), ..OauthConnectionPatch::default() };
    let changed = OauthConnection::update(&pool, ada.id, patch).await?.ok_or("gone")?;
    assert_eq!((changed.provider, changed.provider_user_id.as_str()), (OauthProvider::Google, "17"));
    assert!(OauthConnection::delete(&pool, ada.id).await?);
    assert_eq!(OauthConnection::count(&pool).await?, 1);
    Ok(())
}
