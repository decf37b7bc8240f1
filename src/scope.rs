//! A transaction, or a savepoint in one, that ends cleanly wherever its future is dropped.

use std::ops::{Deref, DerefMut};

use sqlx::error::DatabaseError;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, raw_sql};

use crate::cancel;
use crate::error::NotCommitted;

/// What is done in it is rolled back unless [`commit`](Self::commit) is awaited to its end.
///
/// sqlx's own transactions do the same except for three gaps, each of which loses acknowledged rows. Dropped while
/// `BEGIN` is on its way, they leave the connection in a transaction that is never committed. Dropped while `SAVEPOINT` is on
/// its way, or where it fails, they roll back the whole transaction around it, whose `commit` then does nothing and
/// returns `Ok`. And the server answers `COMMIT` with `ROLLBACK` where a statement failed, which they do not look at.
pub(crate) struct Scope<'c> {
    connection: &'c mut PgConnection,
    /// How many transactions and savepoints are around it.
    around: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// `BEGIN` may be on its way.
    Beginning,
    Open,
    Ended,
}

impl<'c> Scope<'c> {
    pub(crate) async fn begin(connection: &'c mut PgConnection) -> sqlx::Result<Self> {
        let around = cancel::depth(connection);
        let mut scope = Self { connection, around, state: State::Beginning };
        if around == 0 {
            cancel::begin(scope.connection, None).await?;
        } else {
            // Our own savepoint below sqlx's, of the same name. If the transaction cannot continue, this one fails, and sqlx
            // does not take that for its end. If sqlx's is released and then rolled back to, because the
            // future was dropped between the two, this is the intended one.
            scope.savepoint("SAVEPOINT").await?;
            // Dropped, it would roll back the transaction around it; an unused savepoint does no harm.
            cancel::Forgotten::new(cancel::begin(scope.connection, None)).await?;
        }
        scope.state = State::Open;
        Ok(scope)
    }

    /// Ends it; what was done stays.
    pub(crate) async fn commit(mut self) -> sqlx::Result<()> {
        if cancel::depth(self.connection) != self.around + 1 {
            return Err(NotCommitted::Ended.into());
        }
        cancel::commit(self.connection).await.map_err(not_committed)?;
        self.state = State::Ended;
        if self.around > 0 {
            self.savepoint("RELEASE SAVEPOINT").await?;
        }
        Ok(())
    }

    /// [`commit`](Self::commit) where statements ran whose errors were not seen here: it asks the server first whether
    /// there is something to commit. That takes one more statement, because sqlx does not report the answer to `COMMIT`.
    pub(crate) async fn commit_if_whole(mut self) -> sqlx::Result<()> {
        // A savepoint is released, which fails if the transaction cannot continue.
        if self.around == 0 && cancel::depth(self.connection) == 1 {
            let asked = self.connection.execute(raw_sql("SAVEPOINT tablewright_commit")).await;
            if let Err(error) = asked {
                cancel::rollback(self.connection).await?;
                self.state = State::Ended;
                return Err(not_committed(error));
            }
        }
        self.commit().await
    }

    /// Ends it; what was done does not stay.
    pub(crate) async fn rollback(mut self) -> sqlx::Result<()> {
        if cancel::depth(self.connection) == self.around + 1 {
            cancel::rollback(self.connection).await?;
            self.state = State::Ended;
            if self.around > 0 {
                // What was rolled back to still exists: sqlx's, and our own.
                self.savepoint("RELEASE SAVEPOINT").await?;
                self.savepoint("RELEASE SAVEPOINT").await?;
            }
        }
        Ok(())
    }

    async fn savepoint(&mut self, command: &str) -> sqlx::Result<()> {
        let sql = format!("{command} _sqlx_savepoint_{}", self.around);
        self.connection.execute(raw_sql(AssertSqlSafe(sql))).await?;
        Ok(())
    }
}

/// What the server says of a transaction that cannot be committed, in our words.
fn not_committed(error: sqlx::Error) -> sqlx::Error {
    match error.as_database_error().and_then(DatabaseError::code).as_deref() {
        Some(NotCommitted::IN_FAILED_TRANSACTION) => NotCommitted::Aborted.into(),
        Some(NotCommitted::NO_TRANSACTION) => NotCommitted::Ended.into(),
        _ => error,
    }
}

impl Deref for Scope<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        self.connection
    }
}

impl DerefMut for Scope<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        self.connection
    }
}

impl Drop for Scope<'_> {
    fn drop(&mut self) {
        if self.state == State::Ended {
            return;
        }
        // Forgotten inner savepoints end with it.
        while cancel::depth(self.connection) > self.around {
            cancel::start_rollback(self.connection);
        }
        if self.around == 0 && self.state == State::Beginning {
            cancel::start_rollback_uncounted(self.connection);
        }
    }
}
