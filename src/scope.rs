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
pub(crate) struct Scope<C: DerefMut<Target = PgConnection>> {
    connection: C,
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

impl<C: DerefMut<Target = PgConnection>> Scope<C> {
    /// On a connection where nothing has begun yet.
    pub(crate) fn on(connection: C) -> Self {
        let around = cancel::depth(&connection);
        Self { connection, around, state: State::Ended }
    }

    pub(crate) async fn open(&mut self) -> sqlx::Result<()> {
        // A commit that failed left sqlx counting.
        self.give_up();
        self.state = State::Beginning;
        if self.around == 0 {
            cancel::begin(&mut self.connection, None).await?;
        } else {
            // Our own savepoint below sqlx's, of the same name. If the transaction cannot continue, this one fails, and sqlx
            // does not take that for its end. If sqlx's is released and then rolled back to, because the
            // future was dropped between the two, this is the intended one.
            self.savepoint("SAVEPOINT").await?;
            // Dropped, it would roll back the transaction around it; an unused savepoint does no harm.
            cancel::Forgotten::new(cancel::begin(&mut self.connection, None)).await?;
        }
        self.state = State::Open;
        Ok(())
    }

    /// Ends it; what was done stays.
    pub(crate) async fn commit(&mut self) -> sqlx::Result<()> {
        if cancel::depth(&self.connection) != self.around + 1 {
            return Err(NotCommitted::Ended.into());
        }
        cancel::commit(&mut self.connection).await.map_err(not_committed)?;
        self.state = State::Ended;
        if self.around > 0 {
            self.savepoint("RELEASE SAVEPOINT").await?;
        }
        Ok(())
    }

    /// [`commit`](Self::commit) where statements ran whose errors were not seen here: it asks the server first whether
    /// there is something to commit. That takes one more statement, because sqlx does not report the answer to `COMMIT`.
    pub(crate) async fn commit_if_whole(&mut self) -> sqlx::Result<()> {
        // A savepoint is released, which fails if the transaction cannot continue.
        if self.around == 0 && cancel::depth(&self.connection) == 1 {
            let asked = self.connection.execute(raw_sql("SAVEPOINT tablewright_commit")).await;
            if let Err(error) = asked {
                cancel::rollback(&mut self.connection).await?;
                self.state = State::Ended;
                return Err(not_committed(error));
            }
        }
        self.commit().await
    }

    /// Ends it; what was done does not stay.
    pub(crate) async fn rollback(&mut self) -> sqlx::Result<()> {
        if cancel::depth(&self.connection) == self.around + 1 {
            cancel::rollback(&mut self.connection).await?;
            self.state = State::Ended;
            if self.around > 0 {
                // What was rolled back to still exists: sqlx's, and our own.
                self.savepoint("RELEASE SAVEPOINT").await?;
                self.savepoint("RELEASE SAVEPOINT").await?;
            }
        }
        self.give_up();
        Ok(())
    }

    /// Takes back what a call of several statements did that failed. In a transaction a statement that fails ends it: so
    /// does such a call, however many statements it takes.
    pub(crate) async fn undo(&mut self, error: &sqlx::Error) {
        // The first error is the one to report: that of the rollback says less.
        if self.rollback().await.is_ok() && self.around > 0 && error.as_database_error().is_some() {
            // There is no such savepoint, and no other statement fails as surely, and with so little in the server's log.
            self.connection.execute(raw_sql("RELEASE SAVEPOINT tablewright_failed")).await.ok();
        }
    }

    /// Rolls back what is still open; the next statement waits for it.
    fn give_up(&mut self) {
        if self.state == State::Ended {
            return;
        }
        // Forgotten inner savepoints end with it.
        while cancel::depth(&self.connection) > self.around {
            cancel::start_rollback(&mut self.connection);
        }
        if self.around == 0 && self.state == State::Beginning {
            cancel::start_rollback_uncounted(&mut self.connection);
        }
        self.state = State::Ended;
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

impl<C: DerefMut<Target = PgConnection>> Deref for Scope<C> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.connection
    }
}

impl<C: DerefMut<Target = PgConnection>> DerefMut for Scope<C> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

impl<C: DerefMut<Target = PgConnection>> Drop for Scope<C> {
    fn drop(&mut self) {
        self.give_up();
    }
}
