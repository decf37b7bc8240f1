//! Many rows by few statements: `INSERT … SELECT … FROM UNNEST($1, $2, …)`.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use sqlx::postgres::PgArguments;
use sqlx::{Acquire, Either, Executor as _, PgConnection, Postgres, Transaction};

use crate::bind::{self, OverBudget, Row, Statement};
use crate::error::Error;
use crate::table::{Table, statement_of};

/// The most rows that one statement of `insert_many` carries.
pub const BATCH_ROWS: usize = 10_000;

/// About the most bytes that one statement of `insert_many` carries: 16 MiB. A single row larger than that goes alone.
pub const BATCH_BYTES: usize = 16 * 1024 * 1024;

type Failure<T> = Error<<T as Table>::Constraint>;
type BoxFuture<'e, T> = Pin<Box<dyn Future<Output = T> + Send + 'e>>;

pub(crate) fn insert<'c, T: Table, A>(db: A, rows: &[T::New]) -> impl Future<Output = Result<u64, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let start = Start::<'c, A>::new::<T>(db, T::INSERT_MANY, rows);
    async move { run::<T, A>(start, T::INSERT_MANY, rows, &mut None).await }
}

pub(crate) fn insert_returning<'c, T: Table, A>(
    db: A,
    rows: &[T::New],
) -> impl Future<Output = Result<Vec<T>, Failure<T>>> + Send
where
    A: Acquire<'c, Database = Postgres>,
{
    let start = Start::<'c, A>::new::<T>(db, T::INSERT_MANY_RETURNING, rows);
    async move {
        let mut made = Some(Vec::with_capacity(rows.len()));
        run::<T, A>(start, T::INSERT_MANY_RETURNING, rows, &mut made).await?;
        Ok(made.unwrap_or_default())
    }
}

/// How the work begins. It is decided before the future is made, so that the future holds no `A`: that keeps it `Send`
/// for every executor, and within a spawned task.
enum Start<'c, A: Acquire<'c, Database = Postgres>> {
    Nothing,
    Failed(sqlx::Error),
    /// One statement: atomic by itself.
    One(BoxFuture<'c, sqlx::Result<A::Connection>>, Statement),
    /// Several: in a transaction, the first encoded already.
    Many(BoxFuture<'c, sqlx::Result<Transaction<'c, Postgres>>>, Option<Batch>),
}

/// One encoded statement, and how many of the rows it carries.
struct Batch {
    arguments: PgArguments,
    rows: usize,
    /// How many rows the next batch tries: as many where these had to be cut to fit, else twice as many.
    next: usize,
}

impl<'c, A: Acquire<'c, Database = Postgres>> Start<'c, A> {
    fn new<T: Table>(db: A, sql: &'static str, rows: &[T::New]) -> Self {
        if rows.is_empty() {
            return Self::Nothing;
        }
        if !T::UNNEST {
            return match rows {
                [row] => Self::One(db.acquire(), statement_of(T::INSERT, row)),
                _ => Self::Many(db.begin(), None),
            };
        }
        match Batch::encode::<T>(rows, BATCH_ROWS) {
            Ok(batch) if batch.rows == rows.len() => Self::One(db.acquire(), Statement::bound(sql, batch.arguments)),
            Ok(batch) => Self::Many(db.begin(), Some(batch)),
            Err(error) => Self::Failed(error),
        }
    }
}

impl Batch {
    /// Encodes as many of the first rows as fit into one statement, at most `most`.
    fn encode<T: Table>(rows: &[T::New], most: usize) -> sqlx::Result<Self> {
        let mut count = most.min(rows.len());
        let mut cut = false;
        loop {
            let mut arguments = PgArguments::default();
            let columns = <T::New as Row>::COLUMNS;
            sqlx::Arguments::reserve(&mut arguments, columns, columns * count * 8);
            match bind::bind_arrays(&rows[..count], columns, T::New::put, BATCH_BYTES, &mut arguments) {
                Ok(()) => {
                    let next = if cut { count } else { (count * 2).min(BATCH_ROWS) };
                    return Ok(Self { arguments, rows: count, next });
                }
                Err(error) if error.is::<OverBudget>() => {
                    count = count.div_ceil(2);
                    cut = true;
                }
                Err(error) => return Err(sqlx::Error::Encode(error)),
            }
        }
    }
}

/// Runs the statements; `made` takes the returned rows where it is `Some`. The number of rows is returned.
async fn run<'c, T: Table, A: Acquire<'c, Database = Postgres>>(
    start: Start<'c, A>,
    sql: &'static str,
    rows: &[T::New],
    made: &mut Option<Vec<T>>,
) -> Result<u64, Failure<T>> {
    match start {
        Start::Nothing => Ok(0),
        Start::Failed(error) => Err(Error::Sqlx(error)),
        Start::One(connection, statement) => {
            let mut connection = connection.await?;
            send(&mut connection, statement, made).await.map_err(Error::of::<T>)
        }
        Start::Many(begin, first) => {
            let mut transaction = begin.await?;
            let mut done = 0;
            if let Some(first) = first {
                let mut rest = &rows[first.rows..];
                let mut next = Some(first);
                while let Some(batch) = next.take() {
                    let most = batch.next;
                    let statement = Statement::bound(sql, batch.arguments);
                    done += send(&mut transaction, statement, made).await.map_err(Error::of::<T>)?;
                    if !rest.is_empty() {
                        let batch = Batch::encode::<T>(rest, most)?;
                        rest = &rest[batch.rows..];
                        next = Some(batch);
                    }
                }
            } else {
                for row in rows {
                    let statement = statement_of(T::INSERT, row);
                    done += send(&mut transaction, statement, made).await.map_err(Error::of::<T>)?;
                }
            }
            transaction.commit().await.map_err(Error::of::<T>)?;
            Ok(done)
        }
    }
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
