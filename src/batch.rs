//! Many rows in few statements: one array for each column, expanded by `UNNEST`.

use std::collections::HashMap;
use std::future::Future;
use std::ops::DerefMut;
use std::pin::Pin;
use std::task::Poll;

use sqlx::postgres::PgArguments;
use sqlx::{Acquire, Either, Executor as _, PgConnection, Postgres};

use crate::bind::{self, Cell, OverBudget, Put, Row, Statement};
use crate::cancel;
use crate::change::{Delete, Update};
use crate::error::Error;
use crate::retry::{Attempts, Retry, may_run_again};
use crate::scope::Scope;
use crate::statements::{keyed, statement_of};
use crate::table::Table;

/// The most rows that one statement of a batch carries.
///
/// ```
/// let statements = 25_000_usize.div_ceil(tablewright::BATCH_ROWS);
/// assert_eq!(statements, 3);
/// ```
pub const BATCH_ROWS: usize = 10_000;

/// About the most bytes that one statement of a batch carries: 16 MiB. A single row larger than that is sent alone.
///
/// ```
/// let rows_of_one_kilobyte = tablewright::BATCH_BYTES / 1024;
/// assert!(rows_of_one_kilobyte > tablewright::BATCH_ROWS);
/// ```
pub const BATCH_BYTES: usize = 16 * 1024 * 1024;

/// How often an upsert meets rows that others insert at the same time, before it gives up.
const UPSERT_ROUNDS: usize = 4;

type Failure<T> = Error<<T as Table>::Constraint>;
pub(crate) type BoxFuture<'e, T> = Pin<Box<dyn Future<Output = T> + Send + 'e>>;

pub(crate) fn insert<'c, T: Table, A>(db: A, rows: &[T::New]) -> impl Future<Output = Result<u64, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let plan = Plan::insert::<T>(T::INSERT_MANY, rows, T::New::put);
    let start = plan.start(db);
    async move { plan.run::<T, A::Connection>(start, &mut None).await }
}

pub(crate) fn insert_returning<'c, T: Table, A>(
    db: A,
    rows: &[T::New],
) -> impl Future<Output = Result<Vec<T>, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let plan = Plan::insert::<T>(T::INSERT_MANY_RETURNING, rows, T::New::put);
    let start = plan.start(db);
    async move {
        let mut made = Some(Vec::with_capacity(rows.len()));
        plan.run::<T, A::Connection>(start, &mut made).await?;
        Ok(made.unwrap_or_default())
    }
}

pub(crate) fn upsert<'c, T: Table, A>(
    db: A,
    [update, insert]: [&'static str; 2],
    rows: &'c [T::New],
) -> impl Future<Output = Result<u64, Failure<T>>> + Send + 'c
where
    A: Acquire<'c, Database = Postgres, Connection: 'c>,
{
    let mut plan = Plan::insert::<T>(update, rows, T::New::put);
    plan.second = Some(insert);
    let start = plan.start_several(db);
    let work: BoxFuture<'c, _> = Box::pin(async move { plan.run::<T, A::Connection>(start, &mut None).await });
    work
}

pub(crate) fn update<'c, T: Update, A>(
    db: A,
    changes: &[(T::Key, T::Patch)],
) -> impl Future<Output = Result<u64, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let put = |(key, patch): &(T::Key, T::Patch), column: usize, cell: &mut Cell<'_>| match column
        .checked_sub(T::KEY_COLUMNS)
    {
        None => T::put_key(key, column, cell),
        Some(column) => patch.put(column, cell),
    };
    let plan = Plan {
        sql: T::UPDATE_MANY,
        second: None,
        rows: changes,
        columns: T::KEY_COLUMNS + T::Patch::COLUMNS,
        put,
        single: |(key, patch)| crate::statements::update_of::<T>(key, patch),
    };
    // The server would silently apply either of two patches for one row.
    let start = match twice::<T, _>(changes, |(key, _)| key) {
        Ok(None) => plan.start(db),
        Ok(Some((first, second))) => Start::Failed(sqlx::Error::Encode(
            format!("update_many: the changes {first} and {second} (from 0) are to the same row of {}", T::NAME).into(),
        )),
        Err(error) => Start::Failed(sqlx::Error::Encode(error)),
    };
    async move { plan.run::<T, A::Connection>(start, &mut None).await }
}

pub(crate) fn delete<'c, T: Delete, A>(db: A, keys: &[T::Key]) -> impl Future<Output = Result<u64, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let plan = Plan {
        sql: T::DELETE_MANY,
        second: None,
        rows: keys,
        columns: T::KEY_COLUMNS,
        put: T::put_key,
        single: |key| keyed::<T>(T::DELETE, key),
    };
    let start = plan.start(db);
    async move { plan.run::<T, A::Connection>(start, &mut None).await }
}

pub(crate) async fn delete_in_batches<T: Delete>(
    db: &mut PgConnection,
    keys: &[T::Key],
    limit: usize,
    mut progress: impl FnMut(u64) + Send,
) -> Result<u64, Failure<T>> {
    let mut done = 0;
    for keys in keys.chunks(limit.clamp(1, BATCH_ROWS)) {
        done += delete::<T, _>(&mut *db, keys).await?;
        progress(done);
    }
    Ok(done)
}

/// The places of two equal keys.
fn twice<T: Table, R>(rows: &[R], key: fn(&R) -> &T::Key) -> Result<Option<(usize, usize)>, sqlx::error::BoxDynError> {
    let mut seen = HashMap::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let bytes = bind::bytes(T::KEY_COLUMNS, |column, cell| T::put_key(key(row), column, cell))?;
        if let Some(first) = seen.insert(bytes, index) {
            return Ok(Some((first, index)));
        }
    }
    Ok(None)
}

/// What a batch does with its rows.
struct Plan<'r, R, P> {
    /// The statement over arrays; empty where a column is an array itself, so that each row takes a statement.
    sql: &'static str,
    /// What follows it over the same rows: the insert of an upsert, after its update.
    second: Option<&'static str>,
    rows: &'r [R],
    columns: usize,
    put: P,
    single: fn(&R) -> Statement,
}

/// How the work begins, on a connection `C`. It is decided before the future is made, so that the future holds no
/// executor: that keeps it `Send` for every one, and within a spawned task.
enum Start<'c, C> {
    Nothing,
    Failed(sqlx::Error),
    /// One statement: atomic by itself.
    One(BoxFuture<'c, sqlx::Result<C>>, Statement),
    /// Several: in a transaction, the first encoded already.
    Many(BoxFuture<'c, sqlx::Result<C>>, Option<Batch>),
}

/// One encoded statement, and how many of the rows it carries.
struct Batch {
    arguments: PgArguments,
    rows: usize,
    /// How many rows the next batch tries: as many where these had to be cut to fit, else twice as many.
    next: usize,
}

impl<'r, N: Row, P> Plan<'r, N, P> {
    fn insert<T: Table<New = N>>(sql: &'static str, rows: &'r [N], put: P) -> Self {
        Self { sql, second: None, rows, columns: N::COLUMNS, put, single: |row| statement_of(T::INSERT, row) }
    }
}

impl<R, P> Plan<'_, R, P>
where
    R: Sync,
    P: Fn(&R, usize, &mut Cell<'_>) -> Put + Copy + Send + Sync,
{
    fn start<'c, A: Acquire<'c, Database = Postgres>>(&self, db: A) -> Start<'c, A::Connection> {
        if self.rows.is_empty() {
            return Start::Nothing;
        }
        if self.sql.is_empty() {
            return match self.rows {
                [row] => Start::One(db.acquire(), (self.single)(row)),
                _ => Start::Many(db.acquire(), None),
            };
        }
        match self.encode(self.rows, BATCH_ROWS) {
            Ok(batch) if batch.rows == self.rows.len() => {
                Start::One(db.acquire(), Statement::bound(self.sql, batch.arguments))
            }
            Ok(batch) => Start::Many(db.acquire(), Some(batch)),
            Err(error) => Start::Failed(error),
        }
    }

    /// How the work begins where one batch takes several statements.
    fn start_several<'c, A: Acquire<'c, Database = Postgres>>(&self, db: A) -> Start<'c, A::Connection> {
        if self.rows.is_empty() {
            return Start::Nothing;
        }
        match self.encode(self.rows, BATCH_ROWS) {
            Ok(batch) => Start::Many(db.acquire(), Some(batch)),
            Err(error) => Start::Failed(error),
        }
    }

    /// Encodes as many of the first rows as fit into one statement, at most `most`.
    fn encode(&self, rows: &[R], most: usize) -> sqlx::Result<Batch> {
        let mut count = most.min(rows.len());
        let mut cut = false;
        loop {
            let mut arguments = PgArguments::default();
            sqlx::Arguments::reserve(&mut arguments, self.columns, self.columns * count * 8);
            match bind::bind_arrays(&rows[..count], self.columns, self.put, BATCH_BYTES, &mut arguments) {
                Ok(()) => {
                    let next = if cut { count } else { (count * 2).min(BATCH_ROWS) };
                    return Ok(Batch { arguments, rows: count, next });
                }
                Err(error) if error.is::<OverBudget>() => {
                    count = count.div_ceil(2);
                    cut = true;
                }
                Err(error) => return Err(sqlx::Error::Encode(error)),
            }
        }
    }

    /// Runs the statements; `made` takes the returned rows where it is `Some`. The number of rows is returned.
    async fn run<T: Table, C>(&self, start: Start<'_, C>, made: &mut Option<Vec<T>>) -> Result<u64, Failure<T>>
    where
        C: DerefMut<Target = PgConnection> + Send,
    {
        match start {
            Start::Nothing => Ok(0),
            Start::Failed(error) => Err(Error::Sqlx(error)),
            Start::One(connection, statement) => {
                let mut connection = connection.await?;
                let mut attempts = attempts(&connection);
                let mut next = Some(statement);
                loop {
                    let statement = next.take().map_or_else(|| self.one(), Ok)?;
                    let done = send(&mut connection, statement, made).await;
                    if let Err(error) = &done
                        && again(&mut attempts, error, made).await
                    {
                        continue;
                    }
                    return done.map_err(Error::of::<T>);
                }
            }
            Start::Many(connection, mut first) => {
                let mut connection = connection.await?;
                let mut attempts = attempts(&connection);
                let mut scope = Scope::on(&mut *connection);
                loop {
                    scope.open().await?;
                    let done = match self.several(&mut scope, first.take(), made).await {
                        Ok(done) => scope.commit().await.map(|()| done),
                        Err(error) => {
                            scope.undo(&error).await;
                            Err(error)
                        }
                    };
                    if let Err(error) = &done
                        && again(&mut attempts, error, made).await
                    {
                        continue;
                    }
                    return done.map_err(Error::of::<T>);
                }
            }
        }
    }

    /// The statement where one is all.
    fn one(&self) -> sqlx::Result<Statement> {
        match self.rows {
            [row] if self.sql.is_empty() => Ok((self.single)(row)),
            rows => Ok(Statement::bound(self.sql, self.encode(rows, BATCH_ROWS)?.arguments)),
        }
    }

    /// Sends every row, by several statements.
    async fn several<T: Table>(
        &self,
        connection: &mut PgConnection,
        first: Option<Batch>,
        made: &mut Option<Vec<T>>,
    ) -> sqlx::Result<u64> {
        let mut done = 0;
        if self.sql.is_empty() {
            for row in self.rows {
                done += send(connection, (self.single)(row), made).await?;
            }
            return Ok(done);
        }
        let mut batch = first.map_or_else(|| self.encode(self.rows, BATCH_ROWS), Ok)?;
        let mut rest = self.rows;
        loop {
            let most = batch.next;
            rest = &rest[batch.rows..];
            done += self.send(connection, batch, made).await?;
            if rest.is_empty() {
                return Ok(done);
            }
            batch = self.encode(rest, most)?;
        }
    }

    async fn send<T: Table>(
        &self,
        connection: &mut PgConnection,
        batch: Batch,
        made: &mut Option<Vec<T>>,
    ) -> sqlx::Result<u64> {
        let Some(second) = self.second else {
            return send(connection, Statement::bound(self.sql, batch.arguments), made).await;
        };
        // Between the update and the insert another transaction may insert one of the rows. The insert leaves it alone,
        // and the next round updates it.
        for _ in 0..UPSERT_ROUNDS {
            let updated = connection.execute(Statement::bound(self.sql, batch.arguments.clone())).await?;
            let inserted = connection.execute(Statement::bound(second, batch.arguments.clone())).await?;
            if updated.rows_affected() + inserted.rows_affected() == batch.rows as u64 {
                return Ok(batch.rows as u64);
            }
        }
        Err(sqlx::Error::Encode(
            format!("upsert_many: two of the rows are the same row of {}, or others insert the same rows", T::NAME)
                .into(),
        ))
    }
}

/// Batches outside of a transaction are tried again; within one, something may have been sent before them.
fn attempts(connection: &PgConnection) -> Attempts {
    let once = Retry { attempts: 1, ..Retry::default() };
    Attempts::new(if cancel::depth(connection) > 0 { once } else { Retry::default() })
}

/// Whether the work is to be done again, from nothing.
async fn again<T>(attempts: &mut Attempts, error: &sqlx::Error, made: &mut Option<Vec<T>>) -> bool {
    made.iter_mut().for_each(Vec::clear);
    may_run_again(error) && attempts.another().await
}

async fn send<T: Table>(
    connection: &mut PgConnection,
    statement: Statement,
    made: &mut Option<Vec<T>>,
) -> sqlx::Result<u64> {
    let Some(made) = made else {
        return Ok(connection.execute(statement).await?.rows_affected());
    };
    let mut stream = connection.fetch_many(statement);
    let mut rows = 0;
    while let Some(step) = std::future::poll_fn(|cx| -> Poll<_> { stream.as_mut().poll_next(cx) }).await {
        match step? {
            Either::Left(done) => rows += done.rows_affected(),
            Either::Right(row) => made.push(T::decode(&row)?),
        }
    }
    Ok(rows)
}
