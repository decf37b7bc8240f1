//! Transactions that end cleanly wherever their future is dropped, and are run again when the database asks for it.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::PgConnection;

use crate::batch::BoxFuture;
use crate::error::NotCommitted;
use crate::executor::ConnectionSource;
use crate::retry::{Attempts, Retry, may_run_again};
use crate::scope::Scope;

/// Runs `work` in a transaction and commits it; where the database could not serialize it (SQLSTATE 40001) or broke a
/// deadlock with it (40P01), all of it is rolled back and run again, at most [`Retry::attempts`] times, with a random
/// pause between: [`Retry::default`], or a [`Retry`] of your own by [`Retry::transaction`]. Any other error rolls back and
/// is returned at once, and so is the last attempt's.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # pub struct User {
/// #     pub id: Uuid,
/// #     #[column(unique)]
/// #     pub handle: String,
/// #     pub nickname: Option<String>,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::{AnyError, transaction};
///
/// async fn rename(pool: &PgPool, id: Uuid, name: &str) -> Result<Option<User>, AnyError> {
///     transaction(pool, |mut db| async move {
///         let Some(user) = User::lock(&mut *db, id).await? else { return Ok(None) };
///         let patch = UserPatch { nickname: Some(Some(name.to_owned())), ..UserPatch::default() };
///         Ok(User::update(&mut *db, user.id, patch).await?)
///     })
///     .await
/// }
///
/// # async fn serve(pool: PgPool, id: Uuid) {
/// // Its future is `Send`.
/// tokio::spawn(async move { rename(&pool, id, "ada").await });
/// # }
/// ```
///
/// `db` is the connection ([`Tx`]), and belongs to `work`: that is what lets the compiler see that the future may move between
/// threads, as `tokio::spawn` and axum ask for. What is borrowed by a closure that takes `&mut PgConnection` is not seen
/// to be so by Rust 1.95:
///
/// ```compile_fail
/// use tablewright::sqlx::{self, PgConnection};
///
/// async fn in_a_transaction<T>(db: &mut PgConnection, work: impl AsyncFnOnce(&mut PgConnection) -> sqlx::Result<T>) -> sqlx::Result<T> {
///     work(db).await
/// }
///
/// fn serve(mut db: PgConnection, name: String) {
///     // error: implementation of `AsyncFnOnce` is not general enough
///     tokio::spawn(async move {
///         in_a_transaction(&mut db, async |db| sqlx::query(name.as_str()).execute(db).await).await
///     });
/// }
/// ```
///
/// **`work` may run several times**: what it does outside the database (an e-mail, a counter) belongs after the call, and
/// what it uses up is cloned before `async move`. On CockroachDB every transaction may be asked to run again. A commit without
/// an answer is not run again: whether it happened is unknown.
///
/// The error is whatever `work` returns, if it can be made of [`sqlx::Error`]: a type of the program that is an
/// [`Error`](std::error::Error), or a report of `anyhow` or `eyre` ([`Failure`]). The SQLSTATE is searched along its sources.
///
/// Inside a transaction (`transaction(&mut *db, …)`) it is a savepoint, and a failed serialization cannot be repaired there.
///
/// **`Ok` means that it was committed.** If a statement failed and `work` still returned `Ok` (it took the
/// violated constraint for an answer), the server rolls the whole transaction back in any case: that is
/// [`NotCommitted::Aborted`]. The server is asked before `COMMIT`, by a statement without rows: one round
/// trip for each transaction. What may fail belongs in an inner `transaction`.
///
/// **Its future may be dropped at any time**, as a web framework does when a client hangs up: what was done is rolled back,
/// and the connection is clean for its next user. Whether a `COMMIT` that was under way happened is
/// then unknown. sqlx's own `begin` leaves the connection in a transaction if it is dropped at the wrong moment, and the
/// next user's writes with it, which are acknowledged and never committed: [`pool`](crate::pool) is for what you begin by it.
///
/// # Errors
/// What `work`, `BEGIN` or `COMMIT` returned last, or [`NotCommitted`].
pub fn transaction<'c, T, E, K, F, W>(
    db: impl ConnectionSource<'c, Connection: 'c>,
    work: W,
) -> impl Future<Output = Result<T, E>>
where
    E: From<sqlx::Error> + Failure<K>,
    F: Future<Output = Result<T, E>>,
    W: FnMut(Tx<'c>) -> F,
{
    Retry::default().transaction(db, work)
}

impl Retry {
    /// [`transaction`], tried as often, and as patiently, as this says.
    ///
    /// ```no_run
    /// # use tablewright::sqlx::{self, PgPool};
    /// use tablewright::Retry;
    ///
    /// async fn settle(pool: &PgPool) -> sqlx::Result<()> {
    ///     let patient = Retry { attempts: 20, ..Retry::default() };
    ///     patient
    ///         .transaction(pool, |mut db| async move {
    ///             sqlx::query("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE").execute(&mut *db).await?;
    ///             sqlx::query("UPDATE accounts SET balance = 0").execute(&mut *db).await.map(drop)
    ///         })
    ///         .await
    /// }
    /// ```
    ///
    /// # Errors
    /// Those of [`transaction`].
    pub fn transaction<'c, T, E, K, F, W>(
        self,
        db: impl ConnectionSource<'c, Connection: 'c>,
        work: W,
    ) -> impl Future<Output = Result<T, E>>
    where
        E: From<sqlx::Error> + Failure<K>,
        F: Future<Output = Result<T, E>>,
        W: FnMut(Tx<'c>) -> F,
    {
        run(self, acquire(db), work)
    }
}

/// The source is used before the future is made, which holds none: that keeps it `Send` in a spawned task.
fn acquire<'c>(db: impl ConnectionSource<'c, Connection: 'c>) -> BoxFuture<'c, sqlx::Result<Lent<'c>>> {
    let acquired = db.acquire();
    Box::pin(async move { Ok(Lent(Box::new(acquired.await?))) })
}

async fn run<'c, T, E, K, F>(
    retry: Retry,
    connection: BoxFuture<'c, sqlx::Result<Lent<'c>>>,
    mut work: impl FnMut(Tx<'c>) -> F,
) -> Result<T, E>
where
    E: From<sqlx::Error> + Failure<K>,
    F: Future<Output = Result<T, E>>,
{
    let mut scope: Open<'c> = Scope::on(connection.await?);
    let home = Home::default();
    let mut attempts = Attempts::new(retry);
    loop {
        scope.open().await?;
        let done = work(Tx { scope: Some(scope), home: Arc::clone(&home) }).await;
        let returned = home.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(back) = returned else {
            return Err(done.err().unwrap_or_else(|| sqlx::Error::from(NotCommitted::Held).into()));
        };
        scope = back;
        let failure = match done {
            Ok(value) => match scope.commit_if_whole().await {
                Ok(()) => return Ok(value),
                Err(error) => E::from(error),
            },
            Err(error) => {
                // The first error is the one to report: that of the rollback says less.
                scope.rollback().await.ok();
                error
            }
        };
        if !failure.may_run_again() || !attempts.another().await {
            return Err(failure);
        }
    }
}

/// A connection of a pool, or one that is borrowed.
struct Lent<'c>(Box<dyn DerefMut<Target = PgConnection> + Send + 'c>);

impl Deref for Lent<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

type Open<'c> = Scope<Lent<'c>>;
/// Where the connection comes back to when the work is over.
type Home<'c> = Arc<Mutex<Option<Open<'c>>>>;

/// The connection of a [`transaction`], which belongs to the work: `&mut *db` is the executor of its statements. When it is
/// dropped, the connection goes back to `transaction`, which ends it.
///
/// ```no_run
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// async fn note(db: &mut PgConnection, text: &str) -> sqlx::Result<()> {
///     sqlx::query("INSERT INTO notes (text) VALUES ($1)").bind(text).execute(db).await.map(drop)
/// }
///
/// async fn twice(pool: &PgPool) -> sqlx::Result<()> {
///     tablewright::transaction(pool, |mut db| async move {
///         note(&mut db, "one").await?;
///         note(&mut db, "two").await
///     })
///     .await
/// }
/// ```
pub struct Tx<'c> {
    /// Taken by `drop` alone.
    scope: Option<Open<'c>>,
    home: Home<'c>,
}

impl Deref for Tx<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        let Some(scope) = &self.scope else { unreachable!("it is taken by `drop` alone") };
        scope
    }
}

impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        let Some(scope) = &mut self.scope else { unreachable!("it is taken by `drop` alone") };
        scope
    }
}

impl Drop for Tx<'_> {
    fn drop(&mut self) {
        let mut home = self.home.lock().unwrap_or_else(PoisonError::into_inner);
        *home = self.scope.take();
    }
}

impl fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").finish_non_exhaustive()
    }
}

/// What the work of a [`transaction`] may fail with: every [`Error`](std::error::Error), and every report that leads to
/// one, as those of `anyhow` and `eyre` and `Box<dyn Error + Send + Sync>` do. `Kind` tells the two apart, and is never written.
///
/// ```no_run
/// # use tablewright::sqlx::{self, PgPool};
/// use tablewright::transaction;
///
/// async fn settle(pool: &PgPool) -> anyhow::Result<()> {
///     transaction(pool, |mut db| async move {
///         let done = sqlx::query("UPDATE accounts SET balance = 0").execute(&mut *db).await?;
///         anyhow::ensure!(done.rows_affected() > 0, "there is no account");
///         Ok(())
///     })
///     .await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say whether the transaction may be run again",
    label = "this is no error that `transaction` can look into",
    note = "implement `std::error::Error` for it, or return `tablewright::AnyError`, `anyhow::Error` or `Box<dyn Error + Send + Sync>`"
)]
pub trait Failure<Kind> {
    /// Whether the database asks for another try: [`may_run_again`].
    ///
    /// ```
    /// use tablewright::{AnyError, Failure as _, sqlx};
    ///
    /// assert!(!AnyError::from(sqlx::Error::RowNotFound).may_run_again());
    /// ```
    fn may_run_again(&self) -> bool;
}

/// The kind of [`Failure`] that is an error.
#[derive(Debug)]
pub enum IsError {}

/// The kind of [`Failure`] that leads to an error.
#[derive(Debug)]
pub enum IsReport {}

impl<E: StdError + 'static> Failure<IsError> for E {
    fn may_run_again(&self) -> bool {
        may_run_again(self)
    }
}

impl<R: Deref<Target = dyn StdError + Send + Sync + 'static>> Failure<IsReport> for R {
    fn may_run_again(&self) -> bool {
        may_run_again(&**self)
    }
}
