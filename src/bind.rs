//! From Rust values to parameters: one emitted function per struct serves a single row and whole arrays of rows.

use std::cell::Cell as Counter;

use crate::sql_type::SqlType;
use sqlx::encode::{Encode, IsNull};
use sqlx::error::BoxDynError;
use sqlx::postgres::types::Oid;
use sqlx::postgres::{PgArgumentBuffer, PgArguments, PgTypeInfo};
use sqlx::{Arguments as _, Postgres, SqlSafeStr as _, SqlStr, Type};

/// What putting one value returns: nothing, or why the value cannot be encoded.
pub type Put = Result<(), BoxDynError>;

/// The parameter type 0: the server takes the one that the statement's own cast (`$1::uuid[]`) states.
pub(crate) const UNSPECIFIED: PgTypeInfo = PgTypeInfo::with_oid(Oid(0));

/// A struct whose values can be put into a statement, column by column.
///
/// The columns are parameters, not table columns: a nullable column with a default takes two, a flag and the value.
pub trait Row {
    /// How many parameters one row takes.
    const COLUMNS: usize;

    /// Puts the value of the parameter `column` (from 0) into `cell`, once.
    fn put(&self, column: usize, cell: &mut Cell<'_>) -> Put;
}

/// Where one value goes: the next argument of a statement, or the next element of an array argument.
pub struct Cell<'a>(Target<'a>);

enum Target<'a> {
    Argument(&'a mut PgArguments),
    Element {
        buffer: &'a mut PgArgumentBuffer,
        started: bool,
    },
    /// A field of COPY: its length and its bytes.
    Field {
        buffer: &'a mut PgArgumentBuffer,
        given: bool,
    },
}

impl Cell<'_> {
    /// Encodes `value` here.
    ///
    /// # Errors
    /// What the value's own encoding returns, or that it is larger than the protocol's 2 GiB.
    #[inline]
    pub fn put<T: SqlType>(&mut self, value: &T) -> Put {
        self.encode(value)
    }

    fn encode<'q, T>(&mut self, value: &T) -> Put
    where
        T: Encode<'q, Postgres> + Type<Postgres>,
    {
        match &mut self.0 {
            Target::Argument(arguments) => arguments.add(value),
            Target::Element { buffer, started } => {
                if !*started {
                    // An empty slice writes the array's header, and a type that is known by name only (a native
                    // enumeration) gets its number there when the statement is sent. The length follows in `Column`.
                    let none: &[T] = &[];
                    let _ = none.encode_by_ref(buffer)?;
                    *started = true;
                }
                encode_sized(value, buffer)?;
                Ok(())
            }
            Target::Field { buffer, given } => {
                *given = encode_sized(value, buffer)?;
                Ok(())
            }
        }
    }
}

/// The value's length and its bytes; false where it is NULL, whose length is -1.
fn encode_sized<'q, T: Encode<'q, Postgres>>(value: &T, buffer: &mut PgArgumentBuffer) -> Result<bool, BoxDynError> {
    let start = buffer.len();
    buffer.extend_from_slice(&[0; 4]);
    let (length, given) = match value.encode_by_ref(buffer)? {
        IsNull::Yes => (-1, false),
        IsNull::No => (i32::try_from(buffer.len() - start - 4)?, true),
    };
    buffer[start..start + 4].copy_from_slice(&length.to_be_bytes());
    Ok(given)
}

/// The bytes of `columns` values, to compare them.
pub(crate) fn bytes(columns: usize, mut put: impl FnMut(usize, &mut Cell<'_>) -> Put) -> Result<Vec<u8>, BoxDynError> {
    let mut buffer = PgArgumentBuffer::default();
    for column in 0..columns {
        put(column, &mut Cell(Target::Field { buffer: &mut buffer, given: false }))?;
    }
    Ok(std::mem::take(&mut *buffer))
}

/// Writes one row of a binary COPY. `columns` has a letter for each parameter of the INSERT: `v` is a value, `g` a value
/// whose NULL means "left out", `f` the flag before a value that may be NULL.
///
/// The error is the number of the column that is left out, which COPY cannot say of one row, or what encoding returned.
pub(crate) fn copy_row<R: Row>(columns: &str, row: &R, buffer: &mut PgArgumentBuffer) -> Result<(), CopyError> {
    let fields = columns.bytes().filter(|column| *column != b'f').count();
    buffer.extend_from_slice(&i16::try_from(fields).map_err(|error| CopyError::Encode(error.into()))?.to_be_bytes());
    let mut written = 0;
    for (parameter, column) in columns.bytes().enumerate() {
        let start = buffer.len();
        let mut cell = Cell(Target::Field { buffer, given: false });
        row.put(parameter, &mut cell).map_err(CopyError::Encode)?;
        let Cell(Target::Field { buffer, given }) = cell else {
            return Err(CopyError::Encode("a cell changed its target".into()));
        };
        if column == b'f' {
            // A boolean: its length, then one byte.
            if buffer.get(start + 4) != Some(&1) {
                return Err(CopyError::LeftOut(written));
            }
            buffer.truncate(start);
        } else if column == b'g' && !given {
            return Err(CopyError::LeftOut(written));
        } else {
            written += 1;
        }
    }
    Ok(())
}

/// Why a row cannot be copied.
pub(crate) enum CopyError {
    /// This column (from 0) is left out.
    LeftOut(usize),
    Encode(BoxDynError),
}

/// Borrowed values side by side: a tuple of up to sixteen, or two such with [`Then`].
///
/// An option of an option is put without its outer one: what is left out and what is NULL are both NULL.
#[diagnostic::on_unimplemented(
    message = "not all of these are values of columns",
    label = "one of them has no SQL type"
)]
pub trait Values {
    /// How many.
    const COUNT: usize;

    /// Puts the value at `column`, from 0; none after the last.
    ///
    /// # Errors
    /// What the value's own encoding returns.
    fn put(self, column: usize, cell: &mut Cell<'_>) -> Put;
}

/// More columns than a tuple has.
pub struct Then<A, B>(pub A, pub B);

impl<A: Values, B: Values> Values for Then<A, B> {
    const COUNT: usize = A::COUNT + B::COUNT;

    #[inline]
    fn put(self, column: usize, cell: &mut Cell<'_>) -> Put {
        if column < A::COUNT { self.0.put(column, cell) } else { self.1.put(column - A::COUNT, cell) }
    }
}

/// Calls a macro with `A 0`, with `A 0 B 1`, and so on up to sixteen.
macro_rules! tuples {
    ($each:ident) => {
        $crate::bind::tuples!($each [] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);
    };
    ($each:ident [$($done:tt)*]) => {};
    ($each:ident [$($done:tt)*] $name:ident $index:tt $($rest:tt)*) => {
        $each!($($done)* $name $index);
        $crate::bind::tuples!($each [$($done)* $name $index] $($rest)*);
    };
}
pub(crate) use tuples;

macro_rules! values {
    ($($name:ident $index:tt)+) => {
        // Without it the compiler lists tuples of every length, which says nothing about the type that is wrong.
        #[diagnostic::do_not_recommend]
        impl<$($name: SqlType),+> Values for ($(&$name,)+) {
            const COUNT: usize = [$($index),+].len();

            #[inline]
            fn put(self, column: usize, cell: &mut Cell<'_>) -> Put {
                match column {
                    $($index => cell.put(self.$index),)+
                    _ => Ok(()),
                }
            }
        }
    };
}
tuples!(values);

/// Binds one row: its parameters, in order.
pub(crate) fn bind_row<R: Row>(row: &R, arguments: &mut PgArguments) -> Put {
    bind_each(R::COLUMNS, arguments, |column, cell| row.put(column, cell))
}

/// Binds `columns` values that `put` gives one by one.
pub(crate) fn bind_each(
    columns: usize,
    arguments: &mut PgArguments,
    mut put: impl FnMut(usize, &mut Cell<'_>) -> Put,
) -> Put {
    arguments.reserve(columns, columns * 16);
    for column in 0..columns {
        put(column, &mut Cell(Target::Argument(arguments)))?;
    }
    Ok(())
}

/// Binds `columns` array parameters, one element per row, encoded in place: no intermediate `Vec` is made.
///
/// `budget` is the number of bytes that may be written; more is the error [`OverBudget`] (a single row always passes).
pub(crate) fn bind_arrays<R, P>(rows: &[R], columns: usize, put: P, budget: usize, arguments: &mut PgArguments) -> Put
where
    P: Fn(&R, usize, &mut Cell<'_>) -> Put + Copy,
{
    let left = Counter::new(if rows.len() > 1 { budget } else { usize::MAX });
    for column in 0..columns {
        arguments.add(Column { rows, index: column, put, left: &left })?;
    }
    Ok(())
}

/// The rows of one batch take more bytes than a statement may have.
#[derive(Debug)]
pub(crate) struct OverBudget;

impl std::fmt::Display for OverBudget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the batch is larger than one statement may be")
    }
}

impl std::error::Error for OverBudget {}

struct Column<'a, R, P> {
    rows: &'a [R],
    index: usize,
    put: P,
    left: &'a Counter<usize>,
}

impl<R, P> Type<Postgres> for Column<'_, R, P> {
    fn type_info() -> PgTypeInfo {
        UNSPECIFIED
    }
}

impl<R, P> Encode<'_, Postgres> for Column<'_, R, P>
where
    P: Fn(&R, usize, &mut Cell<'_>) -> Put,
{
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        // An array: dimensions (1), flags, element type, length, lower bound, each of 4 bytes; then the elements.
        const LENGTH: std::ops::Range<usize> = 12..16;
        let start = buffer.len();
        let left = self.left.get();
        let mut started = false;
        for row in self.rows {
            let mut cell = Cell(Target::Element { buffer, started });
            (self.put)(row, self.index, &mut cell)?;
            let Cell(Target::Element { started: now, .. }) = cell else {
                return Err("a cell changed its target".into());
            };
            started = now;
            if buffer.len() - start > left {
                return Err(Box::new(OverBudget));
            }
        }
        if !started {
            return Err("a row put no value for a column".into());
        }
        let length = i32::try_from(self.rows.len())?;
        buffer[start + LENGTH.start..start + LENGTH.end].copy_from_slice(&length.to_be_bytes());
        self.left.set(left.saturating_sub(buffer.len() - start));
        Ok(IsNull::No)
    }

    fn size_hint(&self) -> usize {
        0
    }
}

/// A value that is in the binary format already, with its type.
pub(crate) struct Raw<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) type_info: PgTypeInfo,
}

impl Type<Postgres> for Raw<'_> {
    fn type_info() -> PgTypeInfo {
        UNSPECIFIED
    }
}

impl Encode<'_, Postgres> for Raw<'_> {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        buffer.extend_from_slice(self.bytes);
        Ok(IsNull::No)
    }

    fn produces(&self) -> Option<PgTypeInfo> {
        Some(self.type_info.clone())
    }

    fn size_hint(&self) -> usize {
        self.bytes.len()
    }
}

/// The arguments of a declared query: a tuple of up to sixteen values, each borrowed or owned.
#[diagnostic::on_unimplemented(
    message = "not all of these are arguments of a query",
    label = "one of them has no SQL type"
)]
pub trait Args {
    /// Adds the values in order.
    ///
    /// # Errors
    /// What a value's own encoding returns.
    fn bind(self, arguments: &mut PgArguments) -> Put;
}

impl Args for () {
    fn bind(self, _: &mut PgArguments) -> Put {
        Ok(())
    }
}

macro_rules! args {
    ($($lifetime:lifetime $name:ident)+) => {
        #[diagnostic::do_not_recommend]
        impl<$($lifetime,)+ $($name),+> Args for ($($name,)+)
        where
            $($name: Encode<$lifetime, Postgres> + Type<Postgres>),+
        {
            #[allow(non_snake_case)]
            fn bind(self, arguments: &mut PgArguments) -> Put {
                let ($($name,)+) = self;
                $(arguments.add($name)?;)+
                Ok(())
            }
        }
    };
}
args!('a A);
args!('a A 'b B);
args!('a A 'b B 'c C);
args!('a A 'b B 'c C 'd D);
args!('a A 'b B 'c C 'd D 'e E);
args!('a A 'b B 'c C 'd D 'e E 'f F);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K 'l L);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K 'l L 'm M);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K 'l L 'm M 'n N);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K 'l L 'm M 'n N 'o O);
args!('a A 'b B 'c C 'd D 'e E 'f F 'g G 'h H 'i I 'j J 'k K 'l L 'm M 'n N 'o O 'p P);

/// A constant statement with its arguments, ready for an executor; a value that did not encode is reported there.
pub(crate) struct Statement {
    sql: &'static str,
    arguments: Option<Result<PgArguments, BoxDynError>>,
}

impl Statement {
    pub(crate) fn new(sql: &'static str, bind: impl FnOnce(&mut PgArguments) -> Put) -> Self {
        let mut arguments = PgArguments::default();
        let bound = bind(&mut arguments);
        Self { sql, arguments: Some(bound.map(|()| arguments)) }
    }

    pub(crate) fn bound(sql: &'static str, arguments: PgArguments) -> Self {
        Self { sql, arguments: Some(Ok(arguments)) }
    }
}

impl sqlx::Execute<'_, Postgres> for Statement {
    fn sql(self) -> SqlStr {
        self.sql.into_sql_str()
    }

    fn statement(&self) -> Option<&sqlx::postgres::PgStatement> {
        None
    }

    fn take_arguments(&mut self) -> Result<Option<PgArguments>, BoxDynError> {
        self.arguments.take().transpose()
    }

    /// Every statement is a constant: prepared once per connection and kept.
    fn persistent(&self) -> bool {
        true
    }
}
