//! Rows as tuples: what the compiler checks once per tuple, it need not check in a body per column.

use sqlx::postgres::PgRow;

use crate::bind::Then;
use crate::held::read;
use crate::sql_type::SqlType;

/// Values side by side in a row: a tuple of up to sixteen, or two such with [`Then`].
#[diagnostic::on_unimplemented(
    message = "not all of these are types of columns",
    label = "one of them has no SQL type"
)]
pub trait Columns: Sized {
    /// How many.
    const COUNT: usize;

    /// Reads them, from the column `start` on.
    ///
    /// # Errors
    /// There is no such column, or it has another type or value.
    fn decode(row: &PgRow, start: usize) -> sqlx::Result<Self>;

    /// Reads them by the names of the columns, of which those from `start` on are its own.
    ///
    /// # Errors
    /// There is no such column, or it has another type or value.
    fn named(row: &PgRow, names: &[&str], start: usize) -> sqlx::Result<Self>;
}

impl<A: Columns, B: Columns> Columns for Then<A, B> {
    const COUNT: usize = A::COUNT + B::COUNT;

    #[inline]
    fn decode(row: &PgRow, start: usize) -> sqlx::Result<Self> {
        Ok(Self(A::decode(row, start)?, B::decode(row, start + A::COUNT)?))
    }

    fn named(row: &PgRow, names: &[&str], start: usize) -> sqlx::Result<Self> {
        Ok(Self(A::named(row, names, start)?, B::named(row, names, start + A::COUNT)?))
    }
}

macro_rules! columns {
    ($($name:ident $index:literal)+) => {
        #[diagnostic::do_not_recommend]
        impl<$($name: SqlType),+> Columns for ($($name,)+) {
            const COUNT: usize = [$($index),+].len();

            #[inline]
            fn decode(row: &PgRow, start: usize) -> sqlx::Result<Self> {
                Ok(($(read::<$name>(row, start + $index)?,)+))
            }

            fn named(row: &PgRow, names: &[&str], start: usize) -> sqlx::Result<Self> {
                Ok(($(read::<$name>(row, names[start + $index])?,)+))
            }
        }
    };
}
crate::bind::tuples!(columns);
