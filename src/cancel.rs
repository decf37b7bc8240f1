//! What can be done with a connection when a future is dropped: nothing can be awaited there, but what is written is sent
//! before the next statement.
//!
//! sqlx counts the answers that it still has to read, so a statement that was dropped is read to its end by whoever comes
//! next. It does not do so for what follows from a statement: a transaction whose `BEGIN` was under way stays open, and a
//! `COPY` is not counted at all, so its answers are taken for those of the next statements.

use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use sqlx::{Connection as _, Database, Executor as _, PgConnection, Postgres, SqlStr, raw_sql};
use sqlx_core::transaction::TransactionManager as _;

use crate::error::NotCommitted;

/// How many failed statements are read before a connection is given up.
const MOST_ERRORS: usize = 16;

type Manager = <Postgres as Database>::TransactionManager;

/// How many transactions and savepoints sqlx counts.
pub(crate) fn depth(connection: &PgConnection) -> usize {
    Manager::get_transaction_depth(connection)
}

/// Begins a transaction by a statement, `BEGIN` where there is none, or a savepoint in one. The statement is written when
/// the future is first polled, before anything is waited for.
pub(crate) fn begin<'c>(
    connection: &'c mut PgConnection,
    statement: Option<&'static str>,
) -> impl Future<Output = sqlx::Result<()>> + Send + 'c {
    Manager::begin(connection, statement.map(SqlStr::from_static))
}

/// `COMMIT`, or `RELEASE SAVEPOINT` in a savepoint.
pub(crate) fn commit(connection: &mut PgConnection) -> impl Future<Output = sqlx::Result<()>> + Send + '_ {
    Manager::commit(connection)
}

/// `ROLLBACK`, or `ROLLBACK TO SAVEPOINT` in a savepoint.
pub(crate) fn rollback(connection: &mut PgConnection) -> impl Future<Output = sqlx::Result<()>> + Send + '_ {
    Manager::rollback(connection)
}

/// [`rollback`], written and not awaited.
pub(crate) fn start_rollback(connection: &mut PgConnection) {
    Manager::start_rollback(connection);
}

/// Writes `ROLLBACK` where sqlx counts no transaction and the server may be in one.
pub(crate) fn start_rollback_uncounted(connection: &mut PgConnection) {
    // A transaction that does not begin is an error, and is not counted.
    let _ = poll_once(begin(connection, Some("ROLLBACK")));
}

/// Rolls back what the connection is in, counted or not. `false` if that is not known in the end.
pub(crate) async fn leave_transaction(connection: &mut PgConnection) -> sqlx::Result<bool> {
    while depth(connection) > 0 {
        start_rollback(connection);
    }
    // Dropped statements may have failed: each of their errors is the answer to one question.
    for _ in 0..MOST_ERRORS {
        // sqlx begins by any statement, and says whether a transaction is open after it, as the server reports it. In one
        // that has failed, the statement fails too.
        match begin(connection, Some("SELECT 1")).await {
            Err(sqlx::Error::BeginFailed) => return Ok(true),
            Ok(()) => rollback(connection).await?,
            Err(sqlx::Error::Database(error)) => {
                if error.code().as_deref() == Some(NotCommitted::IN_FAILED_TRANSACTION) {
                    connection.execute(raw_sql("ROLLBACK")).await?;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(false)
}

/// Ends the server's session: whatever is under way, the next use of the connection is an error, and a pool throws it
/// away. There is no other way out of an answer that is not counted.
pub(crate) fn close(connection: &mut PgConnection) {
    // In a `COPY` the server treats any statement like the loss of the client, with the same effect. A role that was set
    // may not be allowed to end the session of the one who signed in.
    const END: &str = "ROLLBACK; SET ROLE NONE; SELECT pg_catalog.pg_terminate_backend(pg_catalog.pg_backend_pid())";
    if depth(connection) > 0 {
        // As long as sqlx counts the transaction, its commit is an error too.
        if matches!(poll_once(connection.flush()), Poll::Ready(Ok(()))) {
            let _ = poll_once(connection.execute(raw_sql(END)));
            return;
        }
        // The socket is full, and only what begins or rolls back is still written.
        while depth(connection) > 0 {
            start_rollback(connection);
        }
    }
    let _ = poll_once(begin(connection, Some(END)));
}

fn poll_once<F: Future>(future: F) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// A future that is leaked if it is dropped before its end, so that nothing it holds is dropped either.
pub(crate) struct Forgotten<F>(Option<Pin<Box<F>>>);

impl<F> Forgotten<F> {
    pub(crate) fn new(future: F) -> Self {
        Self(Some(Box::pin(future)))
    }
}

impl<F: Future> Future for Forgotten<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let Some(future) = &mut self.0 else { return Poll::Pending };
        let polled = future.as_mut().poll(context);
        if polled.is_ready() {
            self.0 = None;
        }
        polled
    }
}

impl<F> Drop for Forgotten<F> {
    fn drop(&mut self) {
        std::mem::forget(self.0.take());
    }
}
