//! The futures that helpers return: named types, so that no function of a model has a body of its own, and their `Send`
//! and lifetimes hold in every edition.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use sqlx::postgres::{PgQueryResult, PgRow};
use sqlx::{Either, PgExecutor};

use crate::bind::Statement;
use crate::rt::Record;
use crate::trace::{Name, Span};

type BoxFuture<'e, T> = Pin<Box<dyn Future<Output = sqlx::Result<T>> + Send + 'e>>;

/// What a statement that returns rows gives, step by step.
pub(crate) type Steps<'e> = Pin<Box<dyn Stream<Item = sqlx::Result<Either<PgQueryResult, PgRow>>> + Send + 'e>>;

/// The future of a statement that gives at most one row, or of several statements: await it for `O`.
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
/// use tablewright::Reply;
///
/// fn by_id<'e>(pool: &PgPool, id: Uuid) -> Reply<'e, sqlx::Result<Option<User>>> {
///     User::find(pool, id)
/// }
/// ```
#[must_use = "a future does nothing until it is awaited"]
pub struct Reply<'e, O>(State<'e, O>);

enum State<'e, O> {
    Row(BoxFuture<'e, Option<PgRow>>, fn(sqlx::Result<Option<PgRow>>) -> O, Span),
    Done(BoxFuture<'e, PgQueryResult>, fn(sqlx::Result<u64>) -> O, Span),
    Several(Pin<Box<dyn Future<Output = O> + Send + 'e>>),
}

impl<'e, O> Reply<'e, O> {
    /// The first row. The connection is read to the end of the answer: a deferred constraint fails after the row.
    pub(crate) fn row(
        db: impl PgExecutor<'e>,
        name: Name,
        statement: Statement,
        finish: fn(sqlx::Result<Option<PgRow>>) -> O,
    ) -> Self {
        Self(State::Row(db.fetch_optional(statement), finish, Span::new(name)))
    }

    /// The number of rows that the statement changed.
    pub(crate) fn done(
        db: impl PgExecutor<'e>,
        name: Name,
        statement: Statement,
        finish: fn(sqlx::Result<u64>) -> O,
    ) -> Self {
        Self(State::Done(db.execute(statement), finish, Span::new(name)))
    }

    /// What several statements give together, which have spans of their own.
    pub(crate) fn several(work: impl Future<Output = O> + Send + 'e) -> Self {
        Self(State::Several(Box::pin(work)))
    }
}

impl<O> Future for Reply<'_, O> {
    type Output = O;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<O> {
        match &mut self.get_mut().0 {
            State::Row(row, finish, span) => {
                let _within = span.enter();
                row.as_mut().poll(context).map(*finish)
            }
            State::Done(done, finish, span) => {
                let _within = span.enter();
                done.as_mut().poll(context).map(|done| finish(done.map(|done| done.rows_affected())))
            }
            State::Several(work) => work.as_mut().poll(context),
        }
    }
}

/// The future of a statement that gives rows: await it for `sqlx::Result<Vec<T>>`. Rows are decoded as they arrive.
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
/// use tablewright::Rows;
///
/// fn by_ids<'e>(pool: &PgPool, ids: &[Uuid]) -> Rows<'e, User> {
///     User::find_many(pool, ids)
/// }
/// ```
#[must_use = "a future does nothing until it is awaited"]
pub struct Rows<'e, T> {
    steps: Option<(Steps<'e>, Span)>,
    rows: Vec<T>,
}

impl<'e, T: Record> Rows<'e, T> {
    pub(crate) fn new(db: impl PgExecutor<'e>, name: Name, statement: Statement) -> Self {
        Self { steps: Some((db.fetch_many(statement), Span::new(name))), rows: Vec::new() }
    }

    /// No rows, without a statement.
    pub(crate) fn none() -> Self {
        Self { steps: None, rows: Vec::new() }
    }
}

// The rows are moved in and out whole, never pinned.
impl<T> Unpin for Rows<'_, T> {}

impl<T: Record> Future for Rows<'_, T> {
    type Output = sqlx::Result<Vec<T>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        if let Some((steps, span)) = &mut this.steps {
            let _within = span.enter();
            while let Some(step) = ready!(steps.as_mut().poll_next(context)) {
                if let Either::Right(row) = step? {
                    this.rows.push(T::record(&row)?);
                }
            }
        }
        Poll::Ready(Ok(std::mem::take(&mut this.rows)))
    }
}
