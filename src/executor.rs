//! What statements run on: sqlx's own executors, with a message of ours for what is not one.

use sqlx::{Acquire, PgExecutor, Postgres};

/// What one statement runs on: `&pool`, `&mut *connection`, `&mut *transaction`. Every executor of sqlx is one.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx;
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::Executor;
///
/// /// On a pool or in a transaction.
/// async fn known<'e>(db: impl Executor<'e>, id: Uuid) -> sqlx::Result<bool> {
///     User::exists(db, id).await
/// }
///
/// async fn all_known(pool: &sqlx::PgPool, ids: [Uuid; 2]) -> sqlx::Result<bool> {
///     let mut transaction = pool.begin().await?;
///     Ok(known(pool, ids[0]).await? && known(&mut *transaction, ids[1]).await?)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "no statement runs on `{Self}`",
    label = "this is not an executor",
    note = "write `&pool`, `&mut *connection` or `&mut *transaction`; where the variable is a reference already: `&mut **transaction`"
)]
pub trait Executor<'e>: PgExecutor<'e> {}

// Without this the compiler lists what sqlx implements its trait for, which says nothing about what to type.
#[diagnostic::do_not_recommend]
impl<'e, T: PgExecutor<'e>> Executor<'e> for T {}

/// What several statements run on: `&pool`, `&mut *connection`, `&mut *transaction`. Everything that sqlx acquires a
/// connection from is one.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx;
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::{ConnectionSource, Error};
///
/// async fn load<'c>(db: impl ConnectionSource<'c>, rows: &[NewUser]) -> Result<u64, Error<UserConstraint>> {
///     User::insert_many(db, rows).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "no connection is acquired from `{Self}`",
    label = "this is neither a pool nor a connection",
    note = "write `&pool`, `&mut *connection` or `&mut *transaction`; where the variable is a reference already: `&mut **transaction`"
)]
pub trait ConnectionSource<'c>: Acquire<'c, Database = Postgres> {}

#[diagnostic::do_not_recommend]
impl<'c, T: Acquire<'c, Database = Postgres>> ConnectionSource<'c> for T {}
