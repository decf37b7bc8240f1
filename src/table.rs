//! What every table can do, as traits: the model gives constants and small functions, the bodies are here.

use std::future::Future;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use crate::bind::{self, Cell, Put, Row, Statement};
use crate::change::{Delete, SoftDelete, Update, Versioned};
use crate::error::{Constraint, Error};
use crate::executor::{ConnectionSource, Executor};
use crate::rt::Model;
use crate::rt::reply::{Reply, Rows};
use crate::statements::{affected, inserted, keyed, name, optional, scalar, statement_of, update_of, written};
use crate::{batch, copy, trace};

/// A table and its rows: reading by key, counting, inserting.
///
/// Implemented by `#[derive(Table)]`. `db` is any executor of sqlx: `&pool`, `&mut connection`, `&mut *transaction`; all
/// futures are `Send`. Where the table is soft-deleted, reads see live rows only.
///
/// Futures do nothing until awaited, but values are encoded when the function is called.
///
/// ```no_run
/// use tablewright::prelude::*;
/// use tablewright::{Error, sqlx};
///
/// #[derive(Table)]
/// pub struct User {
///     pub id: Uuid,
///     #[column(unique)]
///     pub handle: String,
///     pub created_at: DateTime<Utc>,
///     pub updated_at: DateTime<Utc>,
/// }
///
/// async fn read(pool: &sqlx::PgPool, id: Uuid) -> sqlx::Result<Option<User>> {
///     println!("{} users, about {:?}", User::count(pool).await?, User::estimate(pool).await?);
///     let _both = User::find_many(pool, &[id, Uuid::nil()]).await?;
///     if !User::exists(pool, id).await? {
///         return Ok(None);
///     }
///     User::find(pool, id).await
/// }
///
/// async fn write(db: &mut sqlx::PgConnection) -> Result<(), Error<UserConstraint>> {
///     let new = |handle: &str| NewUser { handle: handle.to_owned(), optional: UserOptional::default() };
///     let user = User::insert(&mut *db, new("ada")).await?;
///     let one = User::insert_many(&mut *db, &[new("bob")]).await?;
///     let rows = User::insert_many_returning(&mut *db, &[new("cleo")]).await?;
///     assert_eq!((one, rows.len()), (1, 1));
///     // Inside a transaction: others wait until it ends.
///     User::lock_shared(&mut *db, rows[0].id).await?;
///     User::lock(&mut *db, user.id).await?;
///     // A COPY takes no defaults, so every column is given.
///     let defaults = UserOptional { id: Some(Uuid::nil()), created_at: Some(Utc::now()), updated_at: Some(Utc::now()) };
///     User::copy_in(&mut *db, [NewUser { handle: "dora".to_owned(), optional: defaults }]).await?;
///     Ok(())
/// }
/// ```
///
/// # Only the derive implements it
/// The trait is not sealed, because what the derive emits is a part of your crate. But its hidden items, and what is hidden
/// in [`rt`](crate::rt), change with any version: an implementation by hand has no promise to go on compiling. Bounds
/// (`fn newest<T: Table>()`) are fine, and a later version may add items to the trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "this does not derive `Table`",
    note = "a table is a struct with `#[derive(Table)]`"
)]
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
    /// The names of the columns, in the order in which a row is decoded: that of the struct's fields. They are not quoted.
    ///
    /// ```no_run
    /// use tablewright::prelude::*;
    /// use tablewright::sqlx::{self, QueryBuilder};
    ///
    /// #[derive(Table)]
    /// #[table(from_row)]
    /// pub struct User {
    ///     pub id: Uuid,
    ///     pub handle: String,
    ///     pub created_at: DateTime<Utc>,
    ///     pub updated_at: DateTime<Utc>,
    /// }
    ///
    /// // If you read rows by position, the order is checked at compile time.
    /// const HANDLE: usize = 1;
    /// const _: () = assert!(matches!(User::COLUMNS[HANDLE].as_bytes(), b"handle"));
    ///
    /// /// A statement that is put together at run time; `#[table(from_row)]` reads its rows.
    /// async fn search(pool: &sqlx::PgPool, letters: &[String]) -> sqlx::Result<Vec<User>> {
    ///     let mut query = QueryBuilder::new("SELECT ");
    ///     let mut columns = query.separated(", ");
    ///     for column in User::COLUMNS {
    ///         columns.push(*column);
    ///     }
    ///     query.push(" FROM users WHERE false");
    ///     for letter in letters {
    ///         query.push(" OR starts_with(handle, ").push_bind(letter).push(")");
    ///     }
    ///     query.build_query_as::<User>().fetch_all(pool).await
    /// }
    /// ```
    const COLUMNS: &'static [&'static str] = Self::MODEL.columns;
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
    /// every generated `SELECT` and `RETURNING`, and of [`COLUMNS`](Self::COLUMNS).
    ///
    /// `sqlx::query_as::<_, Order>(…)` reads a row of your own statement by the names of its columns. It takes sqlx's
    /// `FromRow`, which a model has by choice: `#[table(from_row)]`.
    ///
    /// ```no_run
    /// use tablewright::prelude::*;
    /// use tablewright::sqlx;
    ///
    /// #[derive(Table)]
    /// #[table(from_row)]
    /// pub struct User {
    ///     pub id: Uuid,
    ///     pub handle: String,
    ///     pub created_at: DateTime<Utc>,
    ///     pub updated_at: DateTime<Utc>,
    /// }
    ///
    /// async fn newest(pool: &sqlx::PgPool) -> sqlx::Result<Option<User>> {
    ///     let by_position = sqlx::query(User::FIND).bind(Uuid::nil()).fetch_one(pool).await?;
    ///     println!("{}", User::decode(&by_position)?.handle);
    ///     let sql = "SELECT handle, id, updated_at, created_at FROM users ORDER BY created_at DESC LIMIT 1";
    ///     sqlx::query_as(sql).fetch_optional(pool).await
    /// }
    /// ```
    ///
    /// # Errors
    /// A missing column, or one whose type or value does not fit.
    fn decode(row: &PgRow) -> sqlx::Result<Self>;

    #[doc(hidden)]
    fn put_key(key: &Self::Key, column: usize, cell: &mut Cell<'_>) -> Put;

    /// The row with this primary key. Runs [`FIND`](Self::FIND).
    fn find<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, sqlx::Result<Option<Self>>> {
        Reply::row(db, name::<Self>("find"), keyed::<Self>(Self::FIND, &key), optional::<Self>)
    }

    /// The rows with these primary keys, in no particular order, each once; a key without a row is left out.
    /// Runs [`FIND_MANY`](Self::FIND_MANY) once, and nothing where `keys` is empty.
    fn find_many<'e>(db: impl Executor<'e>, keys: &[Self::Key]) -> Rows<'e, Self> {
        if keys.is_empty() {
            return Rows::none();
        }
        let statement = Statement::new(Self::FIND_MANY, |arguments| {
            bind::bind_arrays(keys, Self::KEY_COLUMNS, Self::put_key, usize::MAX, arguments)
        });
        Rows::new(db, name::<Self>("find_many"), statement)
    }

    /// Whether there is a row with this primary key. Runs [`EXISTS`](Self::EXISTS).
    fn exists<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, sqlx::Result<bool>> {
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
    fn count<'e>(db: impl Executor<'e>) -> Reply<'e, sqlx::Result<i64>>
    where
        Self: Unscoped,
    {
        Reply::row(db, name::<Self>("count"), Statement::new(Self::COUNT, |_| Ok(())), scalar)
    }

    /// The planner's estimate of the number of rows, instantly: `reltuples` of `pg_class`, as the last `VACUUM` or
    /// `ANALYZE` left it. Soft-deleted rows count. `None` where the table was never analysed, or is not in the search path.
    fn estimate<'e>(db: impl Executor<'e>) -> Reply<'e, sqlx::Result<Option<i64>>>
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
    fn insert<'e>(db: impl Executor<'e>, new: Self::New) -> Reply<'e, Result<Self, Error<Self::Constraint>>> {
        Reply::row(db, name::<Self>("insert"), statement_of(Self::INSERT, &new), inserted::<Self>)
    }

    /// Inserts rows, all or none, and returns how many.
    ///
    /// Runs [`INSERT_MANY`](Self::INSERT_MANY) once per batch of at most [`BATCH_ROWS`](crate::BATCH_ROWS) rows and
    /// [`BATCH_BYTES`](crate::BATCH_BYTES) bytes; more than one batch runs in one transaction. No rows: no statement.
    /// Where a column is an array, it is one [`INSERT`](Self::INSERT) per row, in one transaction.
    ///
    /// Inside a transaction it fails as one statement does, however many it takes: the transaction can only be rolled back.
    /// What may fail belongs in an inner [`transaction`](crate::transaction()). Outside of one it is tried again where the
    /// database could not serialize it (SQLSTATE 40001) or broke a deadlock with it (40P01), as a `transaction` is.
    fn insert_many<'c>(
        db: impl ConnectionSource<'c>,
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
        db: impl ConnectionSource<'c>,
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

    /// Changes what `patch` names and returns the row as it is now; `None` where there is no such row.
    /// Runs [`UPDATE`](Update::UPDATE). `updated_at` becomes the transaction's time, even where `patch` names nothing.
    fn update<'e, P>(
        db: impl Executor<'e>,
        key: Self::Key,
        patch: P,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>>
    where
        Self: Update<Patch = P>,
    {
        Reply::row(db, name::<Self>("update"), update_of::<Self>(&key, &patch), written::<Self>)
    }

    /// Changes many rows, all or none: each by its key and its own patch. Returns how many there were; a key
    /// without a row changes nothing. Runs [`UPDATE_MANY`](Update::UPDATE_MANY) once per batch, as
    /// [`insert_many`](Self::insert_many) does; where a column is an array, one [`UPDATE`](Update::UPDATE) per row.
    /// Two changes to the same row are an error, and nothing is sent.
    fn update_many<'c, P>(
        db: impl ConnectionSource<'c>,
        changes: &[(Self::Key, P)],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send
    where
        Self: Update<Patch = P>,
    {
        trace::within(name::<Self>("update_many"), batch::update::<Self, _>(db, changes))
    }

    /// Changes the row that was read as `seen`, unless it was changed or deleted since: then it is `None`, nothing is
    /// changed, and the program reads it again. Runs [`UPDATE_IF_UNCHANGED`](Versioned::UPDATE_IF_UNCHANGED). By `updated_at`
    /// it does not see a change by a statement that leaves that column alone, nor one within the same transaction.
    fn update_if_unchanged<'e>(
        db: impl Executor<'e>,
        seen: &Self,
        patch: <Self as Update>::Patch,
    ) -> Reply<'e, Result<Option<Self>, Error<Self::Constraint>>>
    where
        Self: Versioned,
    {
        let statement = Statement::new(Self::UPDATE_IF_UNCHANGED, |arguments| {
            bind::bind_each(Self::KEY_COLUMNS + 1, arguments, |column, cell| seen.put_seen(column, cell))?;
            bind::bind_row(&patch, arguments)
        });
        Reply::row(db, name::<Self>("update_if_unchanged"), statement, written::<Self>)
    }

    /// Deletes the row; false where there is no such (live) row. Runs [`DELETE`](Delete::DELETE).
    fn delete<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>>
    where
        Self: Delete,
    {
        Reply::done(db, name::<Self>("delete"), keyed::<Self>(Self::DELETE, &key), affected::<Self>)
    }

    /// Deletes rows, all or none, and returns how many there were. Runs [`DELETE_MANY`](Delete::DELETE_MANY) once per batch
    /// of at most [`BATCH_ROWS`](crate::BATCH_ROWS) keys, as [`insert_many`](Self::insert_many) does.
    fn delete_many<'c>(
        db: impl ConnectionSource<'c>,
        keys: &[Self::Key],
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send
    where
        Self: Delete,
    {
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
    ) -> impl Future<Output = Result<u64, Error<Self::Constraint>>> + Send
    where
        Self: Delete,
    {
        trace::within(name::<Self>("delete_in_batches"), batch::delete_in_batches::<Self>(db, keys, limit, progress))
    }

    /// Restores a deleted row; false if there is none. Runs [`RESTORE`](SoftDelete::RESTORE). It violates a unique
    /// constraint if a live row has taken its place.
    fn restore<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>>
    where
        Self: SoftDelete,
    {
        Reply::done(db, name::<Self>("restore"), keyed::<Self>(Self::RESTORE, &key), affected::<Self>)
    }

    /// Removes a **deleted** row for good; false if there is none, or if the row is live: delete it first.
    /// Runs [`PURGE`](SoftDelete::PURGE).
    fn purge<'e>(db: impl Executor<'e>, key: Self::Key) -> Reply<'e, Result<bool, Error<Self::Constraint>>>
    where
        Self: SoftDelete,
    {
        Reply::done(db, name::<Self>("purge"), keyed::<Self>(Self::PURGE, &key), affected::<Self>)
    }
}

/// A table that no tenant scopes: all its rows may be counted.
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
/// async fn share<T: tablewright::Unscoped>(pool: &PgPool) -> sqlx::Result<bool> {
///     Ok(T::count(pool).await? > T::estimate(pool).await?.unwrap_or(0))
/// }
///
/// async fn grows(pool: &PgPool) -> sqlx::Result<bool> {
///     share::<User>(pool).await
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` belong to tenants, so they are not counted all together",
    note = "`{Self}::count(db, tenant)` counts those of one tenant"
)]
pub trait Unscoped: Table {}

/// A row that is inserted once per idempotency key, however often that is tried.
///
/// ```no_run
/// use tablewright::prelude::*;
/// use tablewright::{Error, Once, sqlx};
///
/// #[derive(Table)]
/// pub struct Payment {
///     pub id: Uuid,
///     #[column(unique)]
///     pub idempotency_key: String,
///     pub created_at: DateTime<Utc>,
///     pub updated_at: DateTime<Utc>,
/// }
///
/// async fn pay(db: &mut sqlx::PgConnection, new: NewPayment) -> Result<Payment, Error<PaymentConstraint>> {
///     let once = Payment::insert_once(db, new).await?;
///     if let Once::Found(earlier) = &once {
///         println!("paid at {}", earlier.created_at);
///     }
///     Ok(once.into_row())
/// }
/// ```
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
