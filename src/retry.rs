//! Transactions that are retried when the database asks for it.

use std::collections::hash_map::RandomState;
use std::error::Error as StdError;
use std::hash::{BuildHasher as _, Hasher as _};
use std::time::Duration;

use sqlx::PgConnection;
use sqlx::error::DatabaseError;
use sqlx::postgres::PgDatabaseError;

use crate::scope::Scope;

/// How often, and how patiently, [`transaction`] tries.
///
/// ```
/// use std::time::Duration;
/// use tablewright::Retry;
///
/// let patient = Retry { attempts: 20, longest: Duration::from_secs(5), ..Retry::default() };
/// assert_eq!(patient.pause, Duration::from_millis(10));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    /// How often the work is run at most: 5.
    pub attempts: u32,
    /// The longest pause before the second attempt: 10 ms. It doubles from attempt to attempt.
    pub pause: Duration,
    /// The longest pause of all: 1 s.
    pub longest: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { attempts: 5, pause: Duration::from_millis(10), longest: Duration::from_secs(1) }
    }
}

impl Retry {
    /// The pause after the attempt `attempt` (from 1): anything up to twice the last one's, so that those who met once
    /// do not meet again.
    fn pause_after(&self, attempt: u32) -> Duration {
        let most = self.pause.saturating_mul(2_u32.saturating_pow(attempt - 1)).min(self.longest);
        // Each `RandomState` has its own keys: this needs no library for one random number.
        let random = RandomState::new().build_hasher().finish();
        most.mul_f64(f64::from(u32::try_from(random >> 32).unwrap_or(u32::MAX)) / f64::from(u32::MAX))
    }
}

/// Runs `work` in a transaction and commits it; where the database could not serialize it (SQLSTATE 40001) or broke a
/// deadlock with it (40P01), all of it is rolled back and run again, at most [`Retry::attempts`] times, with a random
/// pause between. Any other error rolls back and is returned at once, and so is the last attempt's.
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
/// use tablewright::{AnyError, Retry, transaction};
///
/// async fn rename(db: &mut PgConnection, id: Uuid, name: &str) -> Result<Option<User>, AnyError> {
///     transaction(db, Retry::default(), async |db| {
///         let Some(user) = User::lock(&mut *db, id).await? else { return Ok(None) };
///         let patch = UserPatch { nickname: Some(Some(name.to_owned())), ..UserPatch::default() };
///         Ok(User::update(&mut *db, user.id, patch).await?)
///     })
///     .await
/// }
/// ```
///
/// **`work` may run several times**: what it does outside the database (an e-mail, a counter) belongs after the call. On
/// CockroachDB every transaction may be asked to run again. The SQLSTATE is searched along the error's sources, so an
/// error type of the program works as long as its `source` leads to sqlx's. A commit without an answer is
/// not run again: whether it happened is unknown.
///
/// Inside a transaction it is a savepoint, and a failed serialization cannot be repaired there: call it on a connection.
///
/// **`Ok` means that it was committed.** If a statement failed and `work` still returned `Ok` (it took the
/// violated constraint for an answer), the server rolls the whole transaction back in any case: that is
/// [`NotCommitted::Aborted`](crate::NotCommitted). The server is asked before `COMMIT`, by a statement without rows: one round
/// trip for each transaction. What may fail belongs in an inner `transaction`.
///
/// **Its future may be dropped at any time**, as a web framework does when a client hangs up: what was done is rolled back,
/// and the connection is clean for its next user. Whether a `COMMIT` that was under way happened is
/// then unknown. sqlx's own `begin` leaves the connection in a transaction if it is dropped at the wrong moment, and the
/// next user's writes with it, which are acknowledged and never committed.
///
/// # Errors
/// What `work`, `BEGIN` or `COMMIT` returned last, or [`NotCommitted`](crate::NotCommitted).
pub async fn transaction<T, E, W>(connection: &mut PgConnection, retry: Retry, mut work: W) -> Result<T, E>
where
    E: From<sqlx::Error> + StdError + 'static,
    W: AsyncFnMut(&mut PgConnection) -> Result<T, E>,
{
    let mut attempt = 1;
    loop {
        let mut scope = Scope::begin(&mut *connection).await?;
        let result = match work(&mut scope).await {
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
        if attempt >= retry.attempts || !may_run_again(&result) {
            return Err(result);
        }
        sqlx::__rt::sleep(retry.pause_after(attempt)).await;
        attempt += 1;
    }
}

/// Whether the error, or one that it comes from, says that the transaction may be run again.
///
/// ```
/// use tablewright::{may_run_again, sqlx};
///
/// assert!(!may_run_again(&sqlx::Error::RowNotFound));
/// ```
#[must_use]
pub fn may_run_again(error: &(dyn StdError + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let code = if let Some(sqlx::Error::Database(error)) = error.downcast_ref::<sqlx::Error>() {
            error.code().map(std::borrow::Cow::into_owned)
        } else if let Some(error) = error.downcast_ref::<Box<dyn DatabaseError>>() {
            error.code().map(std::borrow::Cow::into_owned)
        } else {
            error.downcast_ref::<PgDatabaseError>().map(|error| error.code().to_owned())
        };
        if let Some(code) = code {
            return code == "40001" || code == "40P01";
        }
        next = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_are_bounded() {
        let retry = Retry::default();
        for attempt in 1..80 {
            let pause = retry.pause_after(attempt);
            assert!(pause <= retry.longest && pause <= retry.pause * 2_u32.saturating_pow(attempt - 1));
        }
    }
}
