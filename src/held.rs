//! What the server holds and no Rust type does: `infinity`, years beyond those of the type, the end of a day, an empty range.
//! sqlx's decoders panic at the first two, make midnight of `24:00:00` and an unbounded range of an empty one, so a value is
//! looked at before it is decoded.

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgRow, PgValueFormat};
use sqlx::{ColumnIndex, Row as _, TypeInfo as _, ValueRef as _};

use crate::sql_type::SqlType;

/// A value as the server sends it; moments are counted from 2000-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// `TIMESTAMP` and `TIMESTAMPTZ`.
    Micros(i64),
    /// `DATE`.
    Days(i32),
    /// `TIME`, in microseconds from midnight.
    OfDay(i64),
    /// A range without a value.
    EmptyRange,
}

/// Whether a Rust type holds a value.
pub type Holds = fn(Sent) -> bool;

/// The value of a column.
#[inline]
pub(crate) fn read<V: SqlType>(row: &PgRow, index: impl ColumnIndex<PgRow> + Copy) -> sqlx::Result<V> {
    if let Some(holds) = V::HOLDS {
        look(row, index.index(row)?, holds)?;
    }
    row.try_get(index).map_err(|error| by_name(row, index.index(row), error))
}

/// An error of a column that calls it by its name.
#[cold]
fn by_name(row: &PgRow, index: sqlx::Result<usize>, error: sqlx::Error) -> sqlx::Error {
    match (error, index) {
        (sqlx::Error::ColumnDecode { source, .. }, Ok(index)) => refused(row, index, source),
        (error, _) => error,
    }
}

fn look(row: &PgRow, index: usize, holds: Holds) -> sqlx::Result<()> {
    let value = row.try_get_raw(index)?;
    // As text it is parsed, which is no panic.
    if value.is_null() || value.format() != PgValueFormat::Binary {
        return Ok(());
    }
    let of = value.type_info();
    let Some(kind) = Kind::of(of.name()) else { return Ok(()) };
    let bytes = value.as_bytes().map_err(|source| refused(row, index, source))?;
    match kind.unheld(bytes, holds) {
        Some(sent) => Err(refused(row, index, said(sent).into())),
        None => Ok(()),
    }
}

fn refused(row: &PgRow, index: usize, source: BoxDynError) -> sqlx::Error {
    let name = sqlx::Column::name(row.column(index));
    sqlx::Error::ColumnDecode { index: format!("{name:?}"), source }
}

fn said(sent: Sent) -> String {
    let what = match sent {
        Sent::Micros(i64::MAX) | Sent::Days(i32::MAX) => "infinity",
        Sent::Micros(i64::MIN) | Sent::Days(i32::MIN) => "-infinity",
        Sent::OfDay(_) => "24:00:00",
        Sent::EmptyRange => "an empty range",
        _ => "a moment out of its range",
    };
    format!(
        "the value is {what}, which the Rust type does not hold: a CHECK keeps it out, and SQL of your own reads it as text"
    )
}

/// How a value lies in what is sent.
#[derive(Clone, Copy)]
enum Kind {
    Micros,
    Days,
    OfDay,
    /// Of numbers, each of which is held.
    Range,
    RangeOfMicros,
    RangeOfDays,
    Array(&'static Self),
}

impl Kind {
    /// That of a type by its name.
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "TIMESTAMP" | "TIMESTAMPTZ" => Self::Micros,
            "DATE" => Self::Days,
            "TIME" => Self::OfDay,
            "INT4RANGE" | "INT8RANGE" | "NUMRANGE" => Self::Range,
            "TSRANGE" | "TSTZRANGE" => Self::RangeOfMicros,
            "DATERANGE" => Self::RangeOfDays,
            "TIMESTAMP[]" | "TIMESTAMPTZ[]" => Self::Array(&Self::Micros),
            "DATE[]" => Self::Array(&Self::Days),
            "TIME[]" => Self::Array(&Self::OfDay),
            "INT4RANGE[]" | "INT8RANGE[]" | "NUMRANGE[]" => Self::Array(&Self::Range),
            "TSRANGE[]" | "TSTZRANGE[]" => Self::Array(&Self::RangeOfMicros),
            "DATERANGE[]" => Self::Array(&Self::RangeOfDays),
            _ => return None,
        })
    }

    /// The first part of a value that is not held. What is not read to its end is left to the decoder.
    fn unheld(self, bytes: &[u8], holds: Holds) -> Option<Sent> {
        match self {
            Self::Micros => Some(Sent::Micros(i64::from_be_bytes(bytes.try_into().ok()?))).filter(|it| !holds(*it)),
            Self::Days => Some(Sent::Days(i32::from_be_bytes(bytes.try_into().ok()?))).filter(|it| !holds(*it)),
            Self::OfDay => Some(Sent::OfDay(i64::from_be_bytes(bytes.try_into().ok()?))).filter(|it| !holds(*it)),
            Self::Range | Self::RangeOfMicros | Self::RangeOfDays if bytes.first()? & EMPTY != 0 => {
                Some(Sent::EmptyRange).filter(|it| !holds(*it))
            }
            Self::Range => None,
            Self::RangeOfMicros => bounds(bytes).find_map(|bound| Self::Micros.unheld(bound, holds)),
            Self::RangeOfDays => bounds(bytes).find_map(|bound| Self::Days.unheld(bound, holds)),
            Self::Array(of) => elements(bytes).find_map(|element| of.unheld(element, holds)),
        }
    }
}

/// The bounds of a range: `range_send` of the server, a byte of flags before them.
fn bounds(bytes: &[u8]) -> Sized<'_> {
    Sized(bytes.get(1..).unwrap_or_default())
}

/// The elements of an array: `array_send` of the server, after its dimensions, each of which has two numbers.
fn elements(bytes: &[u8]) -> Sized<'_> {
    let dimensions = bytes.first_chunk().map_or(0, |count| u32::from_be_bytes(*count));
    let start = usize::try_from(dimensions).ok().and_then(|count| count.checked_mul(8)?.checked_add(12));
    Sized(start.and_then(|start| bytes.get(start..)).unwrap_or_default())
}

/// Values that follow each other, each after its length; NULL has none.
struct Sized<'a>(&'a [u8]);

impl<'a> Iterator for Sized<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk()?;
        let (value, rest) = rest.split_at_checked(usize::try_from(i32::from_be_bytes(*length)).unwrap_or(0))?;
        self.0 = rest;
        Some(value)
    }
}

/// The flag of a range without a value, `RANGE_EMPTY` of the server.
const EMPTY: u8 = 1;

/// The microseconds of a day.
#[cfg(any(feature = "chrono", feature = "time"))]
const DAY: i64 = 86_400_000_000;

/// Types that hold every value of theirs.
pub(crate) const ALL: Option<Holds> = None;
/// Ranges of numbers.
pub(crate) const RANGE: Option<Holds> = Some(|sent| sent != Sent::EmptyRange);
#[cfg(feature = "chrono")]
pub(crate) const CHRONO: Option<Holds> = Some(chrono);
#[cfg(feature = "time")]
pub(crate) const TIME: Option<Holds> = Some(time);

#[cfg(feature = "chrono")]
fn chrono(sent: Sent) -> bool {
    use sqlx::types::chrono::{DateTime, NaiveDate};
    match sent {
        Sent::Micros(micros) => {
            micros.checked_add(946_684_800_000_000).and_then(DateTime::from_timestamp_micros).is_some()
        }
        Sent::Days(days) => days.checked_add(730_120).and_then(NaiveDate::from_num_days_from_ce_opt).is_some(),
        Sent::OfDay(micros) => (0..DAY).contains(&micros),
        Sent::EmptyRange => false,
    }
}

#[cfg(feature = "time")]
fn time(sent: Sent) -> bool {
    use sqlx::types::time::{Date, OffsetDateTime};
    match sent {
        Sent::Micros(micros) => {
            let nanos = (i128::from(micros) + 946_684_800_000_000) * 1000;
            OffsetDateTime::from_unix_timestamp_nanos(nanos).is_ok()
        }
        Sent::Days(days) => days.checked_add(2_451_545).is_some_and(|day| Date::from_julian_day(day).is_ok()),
        Sent::OfDay(micros) => (0..DAY).contains(&micros),
        Sent::EmptyRange => false,
    }
}
