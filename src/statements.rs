//! The statements of the common helpers, and how their answers are read.

use sqlx::postgres::PgRow;
use sqlx::{Postgres, Row as _};

use crate::bind::{self, Put, Row, Statement};
use crate::change::Update;
use crate::error::Error;
use crate::table::Table;
use crate::trace::Name;

/// The name of a helper that many tables have.
pub(crate) fn name<T: Table>(helper: &'static str) -> Name {
    Name::new(T::NAME, helper)
}

pub(crate) fn bind_key<T: Table>(key: &T::Key, arguments: &mut sqlx::postgres::PgArguments) -> Put {
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
