//! What the derives' output calls. Not for programs: it changes with the derives.
#![allow(clippy::must_use_candidate, reason = "only emitted code calls these")]
#![allow(clippy::needless_pass_by_value, reason = "so that emitted code moves and does not borrow")]

mod model;
pub(crate) mod reply;
mod text;
mod witness;

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgRow, PgTypeInfo, PgValueRef};
use sqlx::{Acquire, Decode, PgConnection, PgExecutor, Postgres, Type};

pub use self::model::Model;
pub use self::text::{concat, length, only_with_values, text, values};
pub use self::witness::{KeyOf, hash, one_of, references, target, value, witness};
pub use crate::__tablewright_join as join;
pub use crate::bind::{Args, Cell, Put, Row, Then, Values};
pub use crate::columns::Columns;
pub use crate::held::Held;
pub use crate::page::OrderColumn;

use self::reply::{Reply, Rows};
use crate::batch;
use crate::batches::Batches;
use crate::bind::Statement;
use crate::error::Error;
use crate::page::{PageQuery, PageRequest, Paged};
use crate::sql_type::{Enumeration, SqlType};
use crate::statements;
use crate::table::{Once, Table};
use crate::trace::{self, Name};

/// The value of the column at `index`.
///
/// # Errors
/// There is no such column, or it has another type or value than `V` can hold.
pub fn column<V: SqlType>(row: &PgRow, index: usize) -> sqlx::Result<V> {
    crate::held::read(row, index)
}

/// The values of a row by position: `columns::<(Uuid, String)>(row)`.
///
/// # Errors
/// There is no such column, or it has another type or value than the tuple can hold.
#[inline]
pub fn columns<C: Columns>(row: &PgRow) -> sqlx::Result<C> {
    C::decode(row, 0)
}

/// The values of a row by the names of its columns: what `#[table(from_row)]` reads a row of any statement by.
///
/// # Errors
/// There is no column of such a name, or it has another type or value than the tuple can hold.
pub fn named<C: Columns>(row: &PgRow, names: &[&str]) -> sqlx::Result<C> {
    C::named(row, names, 0)
}

/// Puts the value at `column` of a tuple of references; after the last it returns the last, and nothing is put.
///
/// # Errors
/// What the value's own encoding returns.
#[inline]
pub fn put(values: impl Values, column: usize, cell: &mut Cell<'_>) -> Put {
    values.put(column, cell)
}

/// What a row of a statement is decoded into: a table's row, or the struct of a query that reads some columns.
pub trait Record: Sized + Send + Unpin + 'static {
    /// Reads the row by position.
    ///
    /// # Errors
    /// A missing column, or one whose type or value does not fit.
    fn record(row: &PgRow) -> sqlx::Result<Self>;
}

impl<T: Table> Record for T {
    fn record(row: &PgRow) -> sqlx::Result<Self> {
        T::decode(row)
    }
}

/// A query of at most one row: `find_by_…`.
pub fn optional<'e, T: Record>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    args: impl Args,
    name: &'static str,
) -> Reply<'e, sqlx::Result<Option<T>>> {
    Reply::row(db, Name::of(name), statement(sql, args), |row| row?.as_ref().map(T::record).transpose())
}

/// A query of exactly one row.
pub fn one<'e, T: Record>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    args: impl Args,
    name: &'static str,
) -> Reply<'e, sqlx::Result<T>> {
    Reply::row(db, Name::of(name), statement(sql, args), |row| T::record(&row?.ok_or(sqlx::Error::RowNotFound)?))
}

/// A query of several rows, bounded by its own `LIMIT` or its keys.
pub fn all<'e, T: Record>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    args: impl Args,
    name: &'static str,
) -> Rows<'e, T> {
    Rows::new(db, Name::of(name), statement(sql, args))
}

/// A list by pages.
pub fn page<'e, T: Record>(
    db: impl PgExecutor<'e>,
    query: &'static PageQuery,
    args: impl Args,
    request: PageRequest,
) -> Paged<'e, T> {
    Paged::new(db, query, args, &request)
}

/// A query of one value in one row: `count`, `exists`.
pub fn scalar<'e, V>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    args: impl Args,
    name: &'static str,
) -> Reply<'e, sqlx::Result<V>>
where
    V: for<'r> Decode<'r, Postgres> + Type<Postgres>,
{
    Reply::row(db, Name::of(name), statement(sql, args), statements::scalar::<V>)
}

/// A declared update or delete: how many rows it changed.
pub fn execute<'e, T: Table>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    args: impl Args,
    name: &'static str,
) -> Reply<'e, Result<u64, Error<T::Constraint>>> {
    Reply::done(db, Name::of(name), statement(sql, args), |rows| rows.map_err(Error::of::<T>))
}

/// A declared update or delete in batches, each the same statement. Its last parameter is the limit, where the caller
/// says it.
pub fn batches<T: Table>(
    sql: &'static str,
    args: impl Args,
    limit: Option<u32>,
    name: &'static str,
) -> Batches<T::Constraint> {
    Batches::again(Name::of(name), sql, args, limit, Error::of::<T>)
}

/// A declared update in batches, each of which continues after the last row of the one before.
pub fn batches_behind<T: Table>(query: &'static PageQuery, args: impl Args, limit: u32) -> Batches<T::Constraint> {
    Batches::behind(query, args, limit, Error::of::<T>)
}

/// An insert that returns its row: `upsert_by_…`. The parameters are those of the table's `INSERT`.
pub fn upsert<'e, T: Table>(
    db: impl PgExecutor<'e>,
    sql: &'static str,
    new: T::New,
    name: &'static str,
) -> Reply<'e, Result<T, Error<T::Constraint>>> {
    Reply::row(db, Name::of(name), statements::statement_of(sql, &new), statements::inserted::<T>)
}

/// Many inserts or changes: `upsert_many_by_…`. The statements are those of an update and of an insert over the arrays of
/// the table's `INSERT_MANY`.
pub fn upsert_many<'c, T: Table>(
    db: impl Acquire<'c, Database = Postgres, Connection: 'c>,
    sql: [&'static str; 2],
    rows: &'c [T::New],
    name: &'static str,
) -> Reply<'c, Result<u64, Error<T::Constraint>>> {
    Reply::several(trace::within(Name::of(name), batch::upsert::<T, _>(db, sql, rows)))
}

/// An insert that is done once for a key: `insert_once`. What comes back is the row, and whether this call made it.
pub fn insert_once<'c, T: Table>(
    db: &'c mut PgConnection,
    insert: &'static str,
    find: &'static str,
    new: T::New,
    key: impl Args,
) -> Reply<'c, Result<Once<T>, Error<T::Constraint>>> {
    let name = Name::new(T::NAME, "insert_once");
    let (insert, find) = (statements::statement_of(insert, &new), statement(find, key));
    Reply::several(async move {
        if let Some(row) = Reply::row(&mut *db, name, insert, statements::written::<T>).await? {
            return Ok(Once::Inserted(row));
        }
        let found = Reply::row(db, name, find, statements::optional::<T>).await?;
        // Deleted between the two: the next call inserts it.
        found.map(Once::Found).ok_or(Error::Sqlx(sqlx::Error::RowNotFound))
    })
}

/// The SQL type of `V` on the wire, for the order columns of a list.
pub fn type_info<V: Type<Postgres>>() -> PgTypeInfo {
    V::type_info()
}

/// Reads an enumeration that is stored as text.
///
/// # Errors
/// The text is none of its values.
pub fn decode_enumeration<E: Enumeration>(value: PgValueRef<'_>) -> Result<E, BoxDynError> {
    let text = value.as_str()?;
    E::from_text(text).ok_or_else(|| unknown_value::<E>(text).into())
}

/// What is wrong with a text that is not a value of `E`.
pub fn unknown_value<E: Enumeration>(text: &str) -> String {
    let name = std::any::type_name::<E>().rsplit("::").next().unwrap_or_default();
    let known: Vec<&str> = E::ALL.iter().map(E::as_str).collect();
    format!("`{text}` is not a value of {name}: {}", known.join(", "))
}

/// `Debug` of a struct: its name, and its fields with their names.
///
/// # Errors
/// What the formatter returns.
pub fn debug(f: &mut std::fmt::Formatter<'_>, name: &str, fields: &[(&str, &dyn std::fmt::Debug)]) -> std::fmt::Result {
    let mut debug = f.debug_struct(name);
    for (name, value) in fields {
        debug.field(name, value);
    }
    debug.finish()
}

/// What `Debug` shows for personal data.
pub struct Redacted;

impl std::fmt::Debug for Redacted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(personal data)")
    }
}

fn statement(sql: &'static str, args: impl Args) -> Statement {
    Statement::new(sql, |arguments| args.bind(arguments))
}
