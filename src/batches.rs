//! Declared updates and deletes of any number of rows, by statements of a bounded number each.

use std::fmt;

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::{PgConnection, Row as _};

use crate::batch::BATCH_ROWS;
use crate::bind::{Args, Statement};
use crate::cursor::{Cursor, PageDirection};
use crate::error::{Constraint, Error, PageError};
use crate::executor::Executor;
use crate::page::PageQuery;
use crate::trace::{self, Name};

/// A declared update or delete that runs in batches (`#[query(…, delete, batch(1000))]`): nothing is sent until
/// [`run`](Self::run) or [`next`](Self::next) is awaited.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[index(queue, created_at)]
/// # #[query(forget(queue, created_at < before), delete, batch(1000))]
/// # pub struct Job {
/// #     pub id: Uuid,
/// #     pub queue: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// async fn forget(db: &mut PgConnection, before: DateTime<Utc>) -> Result<u64, tablewright::Interrupted<JobConstraint>> {
///     Job::forget("mail", before).run(db, |done| println!("{done} deleted")).await
/// }
/// ```
///
/// Each batch is one statement, and outside a transaction its own transaction: few rows are locked, for a short time,
/// and what is done stays done. It picks at most that many rows by the query's index and locks them (`FOR UPDATE`; it waits
/// for rows that others hold, so that none is left out), then changes those. It ends when it finds no more: rows that
/// start to meet the conditions meanwhile are changed too.
///
/// Rows that are deleted, or that no longer meet the conditions, are not met again, so the run may be started again at any time.
/// If changed rows still meet them (`update(note)`), the batches continue in order, each after the last row of the one
/// before; [`cursor`](Self::cursor) is that position, which another process can pass to [`behind_cursor`](Self::behind_cursor).
#[must_use = "nothing is changed until it is run"]
pub struct Batches<C> {
    step: Step,
    given: Result<PgArguments, Option<BoxDynError>>,
    limit: Option<i64>,
    done: u64,
    is_over: bool,
    name: Name,
    error: fn(sqlx::Error) -> Error<C>,
}

enum Step {
    Again(&'static str),
    Behind(&'static PageQuery, Option<Cursor>),
}

impl<C> Batches<C> {
    fn new(name: Name, step: Step, args: impl Args, limit: Option<u32>, error: fn(sqlx::Error) -> Error<C>) -> Self {
        let mut arguments = PgArguments::default();
        let given = args.bind(&mut arguments).map(|()| arguments).map_err(Some);
        let limit = limit.map(|limit| i64::from(limit).clamp(1, i64::try_from(BATCH_ROWS).unwrap_or(i64::MAX)));
        Self { step, given, limit, done: 0, is_over: false, name, error }
    }

    pub(crate) fn again(
        name: Name,
        sql: &'static str,
        args: impl Args,
        limit: Option<u32>,
        error: fn(sqlx::Error) -> Error<C>,
    ) -> Self {
        Self::new(name, Step::Again(sql), args, limit, error)
    }

    pub(crate) fn behind(
        query: &'static PageQuery,
        args: impl Args,
        limit: u32,
        error: fn(sqlx::Error) -> Error<C>,
    ) -> Self {
        Self::new(query.name(), Step::Behind(query, None), args, Some(limit), error)
    }

    /// How many rows are changed so far.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.done
    }

    /// After which row the next batch continues; `None` before the first, and if each batch searches for its rows again.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        match &self.step {
            Step::Again(_) => None,
            Step::Behind(_, cursor) => cursor.as_ref(),
        }
    }

    /// Continues where another run was interrupted; this has no effect if each batch searches for its rows again.
    pub fn behind_cursor(mut self, at: Option<Cursor>) -> Self {
        if let Step::Behind(_, cursor) = &mut self.step {
            *cursor = at;
        }
        self
    }

    /// Runs one batch, and returns how many rows it changed; `None` if there are no more. For what belongs between two
    /// batches: a pause, a transaction with a tenant, another connection of a pool.
    ///
    /// # Errors
    /// Those of the statement. The batch changed nothing then, those before it stay, and the next call tries it again.
    pub async fn next<'e>(&mut self, db: impl Executor<'e>) -> Result<Option<u64>, Error<C>> {
        if self.is_over {
            return Ok(None);
        }
        let changed = match self.statement()? {
            (statement, None) => {
                trace::within(self.name, db.execute(statement)).await.map_err(self.error)?.rows_affected()
            }
            (statement, Some(query)) => {
                let last = trace::within(self.name, db.fetch_optional(statement)).await.map_err(self.error)?;
                last.map_or(Ok(0), |last| self.behind_row(query, &last))?
            }
        };
        if changed == 0 {
            self.is_over = true;
            return Ok(None);
        }
        self.done += changed;
        Ok(Some(changed))
    }

    /// The next batch's statement, and its query where it gives its last row.
    fn statement(&mut self) -> Result<(Statement, Option<&'static PageQuery>), sqlx::Error> {
        let given = match &mut self.given {
            Ok(given) => given.clone(),
            Err(error) => {
                let error = error.take().unwrap_or_else(|| "a value could not be encoded".into());
                return Err(sqlx::Error::Encode(error));
            }
        };
        let limit = self.limit;
        match &self.step {
            Step::Again(sql) => {
                let mut arguments = given;
                if let Some(limit) = limit {
                    sqlx::Arguments::add(&mut arguments, limit).map_err(sqlx::Error::Encode)?;
                }
                Ok((Statement::bound(sql, arguments), None))
            }
            Step::Behind(query, cursor) => {
                let statement = query.bound(cursor.as_ref(), limit.unwrap_or(1), |arguments| {
                    *arguments = given;
                    Ok(())
                });
                Ok((statement.map_err(PageError::Cursor)?, Some(query)))
            }
        }
    }

    /// Notes a batch's last row; after its order columns comes the number of rows that the batch changed.
    fn behind_row(&mut self, query: &'static PageQuery, last: &PgRow) -> Result<u64, Error<C>> {
        let changed: i64 = last.try_get(query.order_columns())?;
        self.step = Step::Behind(query, Some(query.cursor(last, PageDirection::Next)?));
        self.is_over = self.limit.is_none_or(|limit| changed < limit);
        Ok(u64::try_from(changed).unwrap_or(0))
    }

    /// Runs all batches, and returns how many rows they changed. After each, `progress` is called with the total so far.
    ///
    /// Give it a connection, not a transaction: inside one, nothing is kept when it fails, and every lock lasts to the
    /// end.
    ///
    /// # Errors
    /// What ended it, and how many rows were changed before that.
    pub async fn run(
        mut self,
        db: &mut PgConnection,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<u64, Interrupted<C>> {
        loop {
            match self.next(&mut *db).await {
                Ok(Some(_)) => progress(self.done),
                Ok(None) => return Ok(self.done),
                Err(error) => {
                    return Err(Interrupted { done: self.done, cursor: self.cursor().cloned(), error });
                }
            }
        }
    }
}

/// [`Batches::run`] did not finish.
///
/// ```no_run
/// # use tablewright::prelude::*;
/// # use tablewright::sqlx::{self, PgConnection, PgPool};
/// # #[derive(Table)]
/// # #[index(queue, created_at)]
/// # #[query(forget(queue, created_at < before), delete, batch(1000))]
/// # pub struct Job {
/// #     pub id: Uuid,
/// #     pub queue: String,
/// #     pub created_at: DateTime<Utc>,
/// #     pub updated_at: DateTime<Utc>,
/// # }
/// use tablewright::{Cursor, Error, Interrupted};
///
/// /// Runs batches with a pause between two, and gives back from where on to continue where one fails.
/// async fn forget(pool: &PgPool, before: DateTime<Utc>, from: Option<Cursor>) -> Result<u64, Interrupted<JobConstraint>> {
///     let mut batches = Job::forget("mail", before).behind_cursor(from);
///     loop {
///         match batches.next(pool).await {
///             Ok(Some(_)) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
///             Ok(None) => return Ok(batches.done()),
///             Err(error) => {
///                 let cursor = batches.cursor().cloned();
///                 return Err(Interrupted { done: batches.done(), cursor, error });
///             }
///         }
///     }
/// }
/// ```
pub struct Interrupted<C> {
    /// How many rows were changed, in batches that stay.
    pub done: u64,
    /// [`Batches::cursor`] after the last of them.
    pub cursor: Option<Cursor>,
    /// Why the next batch failed; it changed nothing.
    pub error: Error<C>,
}

impl<C: Constraint> fmt::Display for Interrupted<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "after {} rows: {}", self.done, self.error)
    }
}

impl<C: Constraint> fmt::Debug for Interrupted<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { done, cursor, error } = self;
        f.debug_struct("Interrupted").field("done", done).field("cursor", cursor).field("error", error).finish()
    }
}

impl<C: Constraint> std::error::Error for Interrupted<C> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

impl<C> From<Interrupted<C>> for Error<C> {
    fn from(interrupted: Interrupted<C>) -> Self {
        interrupted.error
    }
}

impl<C> From<Interrupted<C>> for sqlx::Error {
    fn from(interrupted: Interrupted<C>) -> Self {
        interrupted.error.into()
    }
}
