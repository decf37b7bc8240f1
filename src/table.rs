//! What every table can do, as traits: the model gives constants and small functions, the bodies are here.

use std::future::Future;

use sqlx::postgres::PgRow;
use sqlx::{Acquire, PgConnection, PgExecutor, Postgres, Row as _};

use crate::bind::{self, Cell, Put, Row, Statement};
use crate::error::{Constraint, Error};
use crate::rt::Model;
use crate::rt::reply::{Reply, Rows};
use crate::trace::{self, Name};
use crate::{batch, copy};

/// A table and its rows: reading by key, counting, inserting.
///
/// Implemented by `#[derive(Table)]`. `db` is any executor of sqlx: `&pool`, `&mut connection`, `&mut *transaction`; all
/// futures are `Send`. Where the table is soft-deleted, reads see live rows only.
///
/// Futures do nothing until awaited, but values are encoded when the function is called.
pub trait Table: Sized + Send + Unpin + 'static {
    /// What finds one row: the primary key, `Uuid`, `i64`, …, or a tuple where it has several columns. Where the table is
    /// scoped by a tenant it is `(tenant, key)`: another tenant's row does not exist.
    type Key: Send + Sync;
    /// Only the primary key: what a foreign key of another table holds.
    type PrimaryKey;
    /// What a new row needs: `NewOrder`.
    type New: Row + Send + Sync;
    /// The table's constraints: `OrderConstraint`.
    type Constraint: Constraint;

    #[doc(hidden)]
    const MODEL: &'static Model;

    /// The table's name: `orders`.
    const NAME: &'static str = Self::MODEL.name;
    /// The statement that creates the table.
    const CREATE_TABLE: &'static str = Self::MODEL.create_table;
    /// The statements that create its indexes, each ending in `;`; empty where it has none.
    const CREATE_INDEXES: &'static str = Self::MODEL.create_indexes;
    /// The statements that comment the table and its columns, each ending in `;`; empty where nothing is documented.
    const COMMENTS: &'static str = Self::MODEL.comments;
    /// How many columns the primary key has.
    const KEY_COLUMNS: usize = Self::MODEL.key_columns;
    /// Whether rows can be inserted by `UNNEST`; not if a column is an array (there are no arrays of arrays).
    const UNNEST: bool = !Self::MODEL.insert_many.is_empty();

    /// `SELECT … WHERE id = $1`.
    const FIND: &'static str = Self::MODEL.find;
    /// `SELECT … WHERE id = ANY($1::uuid[])`.
    const FIND_MANY: &'static str = Self::MODEL.find_many;
    /// [`FIND`](Self::FIND) with `FOR UPDATE`.
    const LOCK: &'static str = Self::MODEL.lock;
    /// [`FIND`](Self::FIND) with `FOR SHARE`.
    const LOCK_SHARED: &'static str = Self::MODEL.lock_shared;
    /// `SELECT EXISTS (SELECT 1 … WHERE id = $1)`.
    const EXISTS: &'static str = Self::MODEL.exists;
    /// `SELECT count(*) …`.
    const COUNT: &'static str = Self::MODEL.count;
    /// `INSERT … VALUES ($1, …) RETURNING …`.
    const INSERT: &'static str = Self::MODEL.insert;
    /// `INSERT … SELECT … FROM UNNEST($1::text[], …)`; empty where [`UNNEST`](Self::UNNEST) is false.
    const INSERT_MANY: &'static str = Self::MODEL.insert_many;
    /// [`INSERT_MANY`](Self::INSERT_MANY) with the rows back in their order: `WITH new_rows AS MATERIALIZED (… WITH
    /// ORDINALITY …), made AS (INSERT … RETURNING …) SELECT … ORDER BY new_rows.input_row`.
    const INSERT_MANY_RETURNING: &'static str = Self::MODEL.insert_many_returning;
    /// `COPY … FROM STDIN (FORMAT binary)`; empty where a column's type has no number that is known before it is asked for.
    const COPY: &'static str = Self::MODEL.copy;

    /// Reads a row **by position**: the columns in the order in which the struct declares its fields, which is the order of
    /// every generated `SELECT` and `RETURNING`.
    ///
    /// # Errors
    /// A missing column, or one whose type or value does not fit.
    fn decode(row: &PgRow) -> sqlx::Result<Self>;

    #[doc(hidden)]
    fn put_key(key: &Self::Key, column: usize, cell: &mut Cell<'_>) -> Put;

    /// The row with this primary key. Runs [`FIND`](Self::FIND).
    fn find<'e>(db: impl PgExecutor<'e>, key: Self::Key) -> Reply<'e, sqlx::Result<Option<Self>>> {
        Reply::row(db, name::<Self>("find"), keyed::<Self>(Self::FIND, &key), optional::<Self>)
    }

    /// The rows with these primary keys, in no particular order, each once; a key without a row is left out.
    /// Runs [`FIND_MANY`](Self::FIND_MANY) once, and nothing where `keys` is empty.
    fn find_many<'e>(db: impl PgExecutor<'e>, keys: &[Self::Key]) -> Rows<'e, Self> {
        if keys.is_empty() {
            return Rows::none();
        }
        let statement = Statement::new(Self::FIND_MANY, |arguments| {
            bind::bind_arrays(keys, Self::KEY_COLUMNS, Self::put_key, usize::MAX, arguments)
        });
        Rows::new(db, name::<Self>("find_many"), statement)
    }

    /// Whether there is a row with this primary key. Runs [`EXISTS`](Self::EXISTS).
    fn exists<'e>(db: impl PgExecutor<'e>, key: Self::Key) -> Reply<'e, sqlx::Result<bool>> {
        Reply::row(db, name::<Self>("exists"), keyed::<Self>(Self::EXISTS, &key), scalar)
    }

    /// The row with this primary key, locked until the transaction ends: others that change or lock it wait. Runs
    /// [`LOCK`](Self::LOCK). It takes a connection, because a pool would release the lock at once; outside a
    /// transaction it is released too.
    fn lock(db: &mut PgConnection, key: Self::Key) -> Reply<'_, sqlx::Result<Option<Self>>> {
        Reply::row(db, name::<Self>("lock"), keyed::<Self>(Self::LOCK, &key), optional::<Self>)
    }

    /// [`lock`](Self::lock) against changes only: others may read and share-lock it. Runs
    /// [`LOCK_SHARED`](Self::LOCK_SHARED).
    fn lock_shared(db: &mut PgConnection, key: Self::Key) -> Reply<'_, sqlx::Result<Option<Self>>> {
        Reply::row(db, name::<Self>("lock_shared"), keyed::<Self>(Self::LOCK_SHARED, &key), optional::<Self>)
    }

    /// The exact number of rows. Runs [`COUNT`](Self::COUNT), which reads the whole table or an index: see
    /// [`estimate`](Self::estimate).
    fn count<'e>(db: impl PgExecutor<'e>) -> Reply<'e, sqlx::Result<i64>>
    where
        Self: Unscoped,
    {
        Reply::row(db, name::<Self>("count"), Statement::new(Self::COUNT, |_| Ok(())), scalar)
    }

    /// The planner's estimate of the number of rows, instantly: `reltuples` of `pg_class`, as the last `VACUUM` or
    /// `ANALYZE` left it. Soft-deleted rows count. `None` where the table was never analysed, or is not in the search path.
    fn estimate<'e>(db: impl PgExecutor<'e>) -> Reply<'e, sqlx::Result<Option<i64>>>
    where
        Self: Unscoped,
    {
        let statement = Statement::new(ESTIMATE, |arguments| sqlx::Arguments::add(arguments, Self::NAME));
        Reply::row(db, name::<Self>("estimate"), statement, |row| match row? {
            Some(row) => row.try_get(0),
            None => Ok(None),
        })
    }

    /// Inserts a row and returns it as the database stored it. Runs [`INSERT`](Self::INSERT).
    fn insert<'e>(db: impl PgExecutor<'e>, new: Self::New) -> Reply<'e, Result<Self, Error<Self::Constraint>>> {
        Reply::row(db, name::<Self>("insert"), statement_of(Self::INSERT, &new), inserted::<Self>)
    }

    /// Inserts rows, all or none, and returns how many.
    ///
    /// Runs [`INSERT_MANY`](Self::INSERT_MANY) once per batch of at most [`BATCH_ROWS`](crate::BATCH_ROWS) rows and
    /// [`BATCH_BYTES`](crate::BATCH_BYTES) bytes; more than one batch runs in one transaction (a savepoint, inside a
    /// transaction). No rows: no statement. Where a column is an array, it is one [`INSERT`](Self::INSERT) per row,
    /// in one transaction.
    fn insert_many<'c>(
        db: impl Acquire<'c, Database = Postgres>,
        rows: &[Self::New],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("insert_many"), batch::insert::<Self, _>(db, rows))
    }

    /// Inserts rows like [`insert_many`](Self::insert_many) and returns them as the database stored them, in the order of
    /// `rows`: the first is the result of `rows[0]`. Runs [`INSERT_MANY_RETURNING`](Self::INSERT_MANY_RETURNING).
    ///
    /// `RETURNING` promises no order, so the statement numbers the rows (`WITH ORDINALITY`), decides their keys before it
    /// inserts them, finds each row's number again by its key, and sorts by that. Where the server numbers the keys, it
    /// inserts in the order of the numbers and sorts by the keys. A trigger that gives a row another key puts it last.
    fn insert_many_returning<'c>(
        db: impl Acquire<'c, Database = Postgres>,
        rows: &[Self::New],
    ) -> impl Future<Output = Result<Vec<Self>, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("insert_many_returning"), batch::insert_returning::<Self, _>(db, rows))
    }

    /// Loads rows by binary `COPY`, all or none, and returns how many: the fastest way to load, in the memory of one chunk of
    /// 64 KiB, however many rows the iterator yields. Runs [`COPY`](Self::COPY).
    ///
    /// `COPY` knows no defaults for single rows, so **every column with a default has to be given**, `id`, `created_at` and
    /// `updated_at` included; a row that leaves one out is an error, and nothing is loaded. The server accepts no `COPY`
    /// into a table whose row-level security applies to the role: a load must sign in as one with `BYPASSRLS`.
    ///
    /// Dropped before its end, it closes the connection, and an enclosing transaction is lost.
    fn copy_in<I>(db: &mut PgConnection, rows: I) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send
    where
        I: IntoIterator<Item = Self::New>,
        I::IntoIter: Send,
    {
        trace::within(name::<Self>("copy_in"), copy::copy_in::<Self>(db, rows.into_iter()))
    }
}

/// A table that no tenant scopes: all its rows may be counted.
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` belong to tenants, so they are not counted all together",
    note = "`{Self}::count(db, tenant)` counts those of one tenant"
)]
pub trait Unscoped: Table {}

/// A row that is inserted once per idempotency key, however often that is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Once<T> {
    /// This call inserted it.
    Inserted(T),
    /// An earlier one did; the new row is ignored.
    Found(T),
}

impl<T> Once<T> {
    /// The row.
    pub fn into_row(self) -> T {
        match self {
            Self::Inserted(row) | Self::Found(row) => row,
        }
    }
}

const ESTIMATE: &str = "SELECT CASE WHEN reltuples >= 0 THEN reltuples::bigint END \
                        FROM pg_catalog.pg_class WHERE oid = to_regclass(quote_ident($1::text))";

/// A table whose rows change.
pub trait Update: Table {
    /// What may change, each part left out by default: `OrderPatch`.
    type Patch: Row + Send + Sync;

    /// `UPDATE … SET status = COALESCE($2::text, status), …, updated_at = now() WHERE id = $1 RETURNING …`.
    const UPDATE: &'static str = Self::MODEL.update;
    /// `UPDATE … FROM UNNEST($1::uuid[], …) AS new_rows … WHERE orders.id = new_rows.id`; empty where a column is an array.
    const UPDATE_MANY: &'static str = Self::MODEL.update_many;

    /// Changes what `patch` names and returns the row as it is now; `None` where there is no such row.
    /// Runs [`UPDATE`](Self::UPDATE). `updated_at` becomes the transaction's time, even where `patch` names nothing.
    fn update<'e>(
        db: impl PgExecutor<'e>,
        key: Self::Key,
        patch: Self::Patch,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>> {
        Reply::row(db, name::<Self>("update"), update_of::<Self>(&key, &patch), written::<Self>)
    }

    /// Changes many rows, all or none: each by its key and its own patch. Returns how many there were; a key
    /// without a row changes nothing. Runs [`UPDATE_MANY`](Self::UPDATE_MANY) once per batch, as
    /// [`insert_many`](Table::insert_many) does; where a column is an array, one [`UPDATE`](Self::UPDATE) per row.
    /// Two changes to the same row are an error, and nothing is sent.
    fn update_many<'c>(
        db: impl Acquire<'c, Database = Postgres>,
        changes: &[(Self::Key, Self::Patch)],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("update_many"), batch::update::<Self, _>(db, changes))
    }
}

/// A table whose rows show that they changed: by `lock_version`, an integer that every generated statement raises, or
/// else by `updated_at`.
pub trait Versioned: Update {
    /// [`UPDATE`](Update::UPDATE) with `AND updated_at = $2`, or `lock_version`.
    const UPDATE_IF_UNCHANGED: &'static str = Self::MODEL.update_if_unchanged;

    #[doc(hidden)]
    fn put_seen(&self, column: usize, cell: &mut Cell<'_>) -> Put;

    /// Changes the row that was read as `seen`, unless it was changed or deleted since: then it is `None`, nothing is
    /// changed, and the program reads it again. Runs [`UPDATE_IF_UNCHANGED`](Self::UPDATE_IF_UNCHANGED). By `updated_at`
    /// it does not see a change by a statement that leaves that column alone, nor one within the same transaction.
    fn update_if_unchanged<'e>(
        db: impl PgExecutor<'e>,
        seen: &Self,
        patch: Self::Patch,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>> {
        let statement = Statement::new(Self::UPDATE_IF_UNCHANGED, |arguments| {
            bind::bind_each(Self::KEY_COLUMNS + 1, arguments, |column, cell| seen.put_seen(column, cell))?;
            bind::bind_row(&patch, arguments)
        });
        Reply::row(db, name::<Self>("update_if_unchanged"), statement, written::<Self>)
    }
}

/// A table whose rows can be deleted.
pub trait Delete: Table {
    /// `DELETE FROM … WHERE id = $1`, or `UPDATE … SET deleted_at = now()` where the table is soft-deleted.
    const DELETE: &'static str = Self::MODEL.delete;
    /// [`DELETE`](Self::DELETE) with `WHERE id = ANY($1::uuid[])`.
    const DELETE_MANY: &'static str = Self::MODEL.delete_many;

    /// Deletes the row; false where there is no such (live) row. Runs [`DELETE`](Self::DELETE).
    fn delete<'e>(db: impl PgExecutor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("delete"), keyed::<Self>(Self::DELETE, &key), affected::<Self>)
    }

    /// Deletes rows, all or none, and returns how many there were. Runs [`DELETE_MANY`](Self::DELETE_MANY) once per batch
    /// of at most [`BATCH_ROWS`](crate::BATCH_ROWS) keys, as [`insert_many`](Table::insert_many) does.
    fn delete_many<'c>(
        db: impl Acquire<'c, Database = Postgres>,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("delete_many"), batch::delete::<Self, _>(db, keys))
    }

    /// Deletes rows in statements of at most `limit` keys, each independent of the others: no long lock, no long
    /// transaction. `progress` is called after each with the rows deleted so far. If one fails, those before it stay
    /// deleted: the number that `progress` got last. Deleting what is deleted does nothing, so it may be called again
    /// with the same keys.
    fn delete_in_batches(
        db: &mut PgConnection,
        keys: &[Self::Key],
        limit: usize,
        progress: impl FnMut(u64) + Send,
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send {
        trace::within(name::<Self>("delete_in_batches"), batch::delete_in_batches::<Self>(db, keys, limit, progress))
    }
}

/// A table whose deleted rows stay until they are purged.
pub trait SoftDelete: Delete {
    /// `UPDATE … SET deleted_at = NULL WHERE id = $1 AND deleted_at IS NOT NULL`.
    const RESTORE: &'static str = Self::MODEL.restore;
    /// `DELETE FROM … WHERE id = $1 AND deleted_at IS NOT NULL`.
    const PURGE: &'static str = Self::MODEL.purge;

    /// Restores a deleted row; false if there is none. Runs [`RESTORE`](Self::RESTORE). It violates a unique
    /// constraint if a live row has taken its place.
    fn restore<'e>(db: impl PgExecutor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("restore"), keyed::<Self>(Self::RESTORE, &key), affected::<Self>)
    }

    /// Removes a **deleted** row for good; false if there is none, or if the row is live: delete it first.
    /// Runs [`PURGE`](Self::PURGE).
    fn purge<'e>(db: impl PgExecutor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>> {
        Reply::done(db, name::<Self>("purge"), keyed::<Self>(Self::PURGE, &key), affected::<Self>)
    }
}

/// The name of a helper that many tables have.
fn name<T: Table>(helper: &'static str) -> Name {
    Name::new(T::NAME, helper)
}

fn bind_key<T: Table>(key: &T::Key, arguments: &mut sqlx::postgres::PgArguments) -> Put {
    bind::bind_each(T::KEY_COLUMNS, arguments, |column, cell| T::put_key(key, column, cell))
}

pub(crate) fn update_of<T: Update>(key: &T::Key, patch: &T::Patch) -> Statement {
    Statement::new(T::UPDATE, |arguments| {
        bind_key::<T>(key, arguments)?;
        bind::bind_row(patch, arguments)
    })
}

pub(crate) fn keyed<T: Table>(sql: &'static str, key: &T::Key) -> Statement {
    Statement::new(sql, |arguments| bind_key::<T>(key, arguments))
}

pub(crate) fn statement_of<R: Row>(sql: &'static str, row: &R) -> Statement {
    Statement::new(sql, |arguments| bind::bind_row(row, arguments))
}

pub(crate) type Fetched = sqlx::Result<Option<PgRow>>;

pub(crate) fn optional<T: Table>(row: Fetched) -> sqlx::Result<Option<T>> {
    row?.as_ref().map(T::decode).transpose()
}

pub(crate) fn written<T: Table>(row: Fetched) -> Result<Option<T>, Error<T::Constraint>> {
    match row {
        Ok(row) => Ok(optional(Ok(row))?),
        Err(error) => Err(Error::of::<T>(error)),
    }
}

pub(crate) fn inserted<T: Table>(row: Fetched) -> Result<T, Error<T::Constraint>> {
    written(row)?.ok_or(Error::Sqlx(sqlx::Error::RowNotFound))
}

pub(crate) fn affected<T: Table>(rows: sqlx::Result<u64>) -> Result<bool, Error<T::Constraint>> {
    rows.map(|rows| rows > 0).map_err(Error::of::<T>)
}

pub(crate) fn scalar<V>(row: Fetched) -> sqlx::Result<V>
where
    V: for<'r> sqlx::Decode<'r, Postgres> + sqlx::Type<Postgres>,
{
    row?.ok_or(sqlx::Error::RowNotFound)?.try_get(0)
}
