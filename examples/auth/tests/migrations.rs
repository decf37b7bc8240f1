//! The committed migration, compared with the models that it was made from.

use std::collections::BTreeSet;

use auth::Result;
use auth::models::{AuthCode, OauthConnection, Session, User, UserPassword, UserRole};
use sqlx::PgPool;
use tablewright::{Constraint, Table};

const UP: &str = include_str!("../migrations/001_create_users.up.sql");

macro_rules! for_each_model {
    ($do:ident $arguments:tt) => {
        for_each_model!(@ $do $arguments User UserPassword Session AuthCode UserRole OauthConnection)
    };
    (@ $do:ident $arguments:tt $($model:ident)+) => { $($do::<$model> $arguments;)+ };
}

#[test]
fn the_migration_has_the_statements_of_every_model() {
    fn check<T: Table>() {
        assert!(UP.contains(T::CREATE_TABLE), "{}", T::CREATE_TABLE);
        for line in T::CREATE_INDEXES.lines().chain(T::COMMENTS.lines()) {
            assert!(UP.contains(line), "{line}");
        }
    }
    for_each_model!(check());
}

#[tokio::test]
async fn the_database_knows_every_constraint_by_its_name() -> Result {
    fn check<T: Table>(there: &BTreeSet<(String, String)>) {
        for (name, _) in T::Constraint::ALL {
            assert!(there.contains(&(T::NAME.to_owned(), (*name).to_owned())), "{} {name}", T::NAME);
        }
    }
    let database = tablewright_test::database();
    let pool = PgPool::connect(database.url()).await?;
    auth::MIGRATIONS.run(&pool).await?;
    let there: BTreeSet<(String, String)> = sqlx::query_as(
        "SELECT conrelid::regclass::text, conname::text FROM pg_constraint WHERE conrelid <> 0 \
         UNION SELECT tablename::text, indexname::text FROM pg_indexes WHERE schemaname = 'public'",
    )
    .fetch_all(&pool)
    .await?
    .into_iter()
    .collect();
    for_each_model!(check(&there));
    let indexes = [("sessions", "idx_sessions_user_id"), ("auth_codes", "idx_auth_codes_email_purpose")];
    for (table, index) in indexes {
        assert!(there.contains(&(table.to_owned(), index.to_owned())), "{index}");
    }
    Ok(())
}

#[tokio::test]
async fn the_migration_goes_down_and_up_again() -> Result {
    let database = tablewright_test::database();
    let pool = PgPool::connect(database.url()).await?;
    auth::MIGRATIONS.run(&pool).await?;
    auth::MIGRATIONS.undo(&pool, 0).await?;
    let left: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace \
         AND relname NOT LIKE '%\\_sqlx\\_migrations%'",
    )
    .fetch_all(&pool)
    .await?;
    assert!(left.is_empty(), "{left:?}");
    auth::MIGRATIONS.run(&pool).await?;
    Ok(())
}
