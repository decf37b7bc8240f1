//! A pool of sqlx whose connections come back outside of any transaction.
//!
//! [`transaction`](crate::transaction()) and the helpers end cleanly wherever their future is dropped, on any pool. sqlx's own
//! `pool.begin()` does not: dropped while `BEGIN` is on its way, as in a handler whose client hangs up, it gives the pool a
//! connection that is in a transaction. The next borrower's INSERT is answered, and rolled back some time later. No setting of
//! sqlx prevents that; these options do, because they ask the server before a connection is lent again.
//!
//! ```no_run
//! use tablewright::{pool, sqlx};
//!
//! async fn open(url: &str) -> sqlx::Result<sqlx::PgPool> {
//!     pool::options().max_connections(20).connect_with(pool::connect_options(url)?).await
//! }
//! ```
//!
//! On a pool that was made otherwise, `transaction`, the batches, `copy_in` and the pages are as safe as on this one. What is not
//! covered there: `pool.begin()` and `connection.begin()`, and a `COPY` of sqlx's own, whose future is dropped. A connection that
//! is kept, and not given back to the pool, is never asked.

use std::str::FromStr as _;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};

use crate::cancel;

/// How long a connection may have been idle to be lent without being asked whether it is alive: 1 s.
///
/// ```
/// assert_eq!(tablewright::pool::TRUSTED_FOR.as_secs(), 1);
/// ```
pub const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// How many prepared statements a connection keeps: 500, where sqlx's own default is 100. A program with more statements than
/// that prepares them again and again.
///
/// ```
/// assert_eq!(tablewright::pool::STATEMENTS, 500);
/// ```
pub const STATEMENTS: usize = 500;

/// sqlx's options for a pool, with two hooks; whatever else a pool is told is told as ever.
///
/// - When a connection comes back, the server is asked (`SELECT 1`) whether it is in a transaction, which is rolled back then.
///   That runs after the borrower is done, so nobody waits for it unless every connection is in use.
/// - When a connection is lent that was idle for less than [`TRUSTED_FOR`], it is not pinged before: a round trip less for
///   each statement of a busy service. One that was idle for longer is.
///
/// `after_release`, `before_acquire` and `test_before_acquire` replace these hooks if they are set again.
///
/// ```no_run
/// use tablewright::{pool, sqlx};
///
/// async fn open(url: &str) -> sqlx::Result<sqlx::PgPool> {
///     pool::options().max_connections(20).connect_with(pool::connect_options(url)?).await
/// }
/// ```
#[must_use]
pub fn options() -> PgPoolOptions {
    PgPoolOptions::new()
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for >= TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .after_release(|connection, _| Box::pin(cancel::leave_transaction(connection)))
}

/// How to connect, from a URL, with room for [`STATEMENTS`]. Behind `PgBouncer` older than 1.21, and in its statement mode, set
/// `statement_cache_capacity(0)`.
///
/// ```
/// use tablewright::pool;
///
/// # fn options() -> tablewright::sqlx::Result<()> {
/// let options = pool::connect_options("postgres://app@localhost/shop")?.application_name("shop");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// The URL is none.
pub fn connect_options(url: &str) -> sqlx::Result<PgConnectOptions> {
    Ok(PgConnectOptions::from_str(url)?.statement_cache_capacity(STATEMENTS))
}
