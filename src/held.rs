//! What the server holds and no Rust type does: `infinity`, years beyond those of the type, the end of a day, an empty range.
//! sqlx's decoders panic at the first two, make midnight of `24:00:00` and an unbounded range of an empty one, so a value is
//! looked at before it is decoded.

use sqlx::error::BoxDynError;
use sqlx::postgres::{PgRow, PgTypeInfo, PgValueFormat};
use sqlx::{ColumnIndex, Row as _, ValueRef as _};

use crate::sql_type::SqlType;

/// A value as the server sends it; moments are counted from 2000-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    /// `TIMESTAMP` and `TIMESTAMPTZ`.
    Micros(i64),
    /// `DATE`.
    Days(i32),
    /// `TIME`, in microseconds from midnight.
    OfDay(i64),
    /// A range without a value.
    EmptyRange,
}

/// What a Rust type does not hold of its SQL type, and where that lies in a value.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    part: Part,
    in_range: bool,
    in_array: bool,
    holds: fn(Sent) -> bool,
}

#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(any(feature = "chrono", feature = "time")), allow(dead_code, reason = "no type of a moment is there"))]
enum Part {
    Micros,
    Days,
    OfDay,
    /// Each of them is held.
    Number,
}

impl Held {
    const fn new(part: Part, holds: fn(Sent) -> bool) -> Self {
        Self { part, in_range: false, in_array: false, holds }
    }

    /// A range of such values.
    pub(crate) const fn range(self) -> Self {
        Self { in_range: true, ..self }
    }

    /// Of a type, that of an array of it.
    pub(crate) const fn array(of: Option<Self>) -> Option<Self> {
        match of {
            Some(of) => Some(Self { in_array: true, ..of }),
            None => None,
        }
    }

    /// The first part of a value that is not held. What is not read to its end is left to the decoder.
    fn refuses(self, bytes: &[u8]) -> Option<Sent> {
        if self.in_array { elements(bytes).find_map(|element| self.of_one(element)) } else { self.of_one(bytes) }
    }

    fn of_one(self, bytes: &[u8]) -> Option<Sent> {
        if !self.in_range {
            return self.of_part(bytes);
        }
        if bytes.first()? & EMPTY != 0 {
            return Some(Sent::EmptyRange);
        }
        bounds(bytes).find_map(|bound| self.of_part(bound))
    }

    fn of_part(self, bytes: &[u8]) -> Option<Sent> {
        let sent = match self.part {
            Part::Micros => Sent::Micros(i64::from_be_bytes(bytes.try_into().ok()?)),
            Part::Days => Sent::Days(i32::from_be_bytes(bytes.try_into().ok()?)),
            Part::OfDay => Sent::OfDay(i64::from_be_bytes(bytes.try_into().ok()?)),
            Part::Number => return None,
        };
        Some(sent).filter(|sent| !(self.holds)(*sent))
    }
}

/// The value of a column.
#[inline]
pub(crate) fn read<V: SqlType>(row: &PgRow, index: impl ColumnIndex<PgRow> + Copy) -> sqlx::Result<V> {
    if let Some(held) = V::HELD {
        look(row, index.index(row)?, V::compatible, held)?;
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

fn look(row: &PgRow, index: usize, is_of: fn(&PgTypeInfo) -> bool, held: Held) -> sqlx::Result<()> {
    let value = row.try_get_raw(index)?;
    // As text it is parsed, which is no panic; and another type is the decoder's to refuse.
    if value.is_null() || value.format() != PgValueFormat::Binary || !is_of(&value.type_info()) {
        return Ok(());
    }
    let bytes = value.as_bytes().map_err(|source| refused(row, index, source))?;
    match held.refuses(bytes) {
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

/// Numbers, all of which are held.
pub(crate) const NUMBER: Held = Held::new(Part::Number, |_| true);

#[cfg(feature = "chrono")]
pub(crate) mod chrono {
    use sqlx::types::chrono::{DateTime, NaiveDate};

    use super::{DAY, Held, Part, Sent};

    pub(crate) const MICROS: Held = Held::new(Part::Micros, holds);
    pub(crate) const DAYS: Held = Held::new(Part::Days, holds);
    pub(crate) const OF_DAY: Held = Held::new(Part::OfDay, holds);

    fn holds(sent: Sent) -> bool {
        match sent {
            Sent::Micros(micros) => {
                micros.checked_add(946_684_800_000_000).and_then(DateTime::from_timestamp_micros).is_some()
            }
            Sent::Days(days) => days.checked_add(730_120).and_then(NaiveDate::from_num_days_from_ce_opt).is_some(),
            Sent::OfDay(micros) => (0..DAY).contains(&micros),
            Sent::EmptyRange => false,
        }
    }
}

#[cfg(feature = "time")]
pub(crate) mod time {
    use sqlx::types::time::{Date, OffsetDateTime};

    use super::{DAY, Held, Part, Sent};

    pub(crate) const MICROS: Held = Held::new(Part::Micros, holds);
    pub(crate) const DAYS: Held = Held::new(Part::Days, holds);
    pub(crate) const OF_DAY: Held = Held::new(Part::OfDay, holds);

    fn holds(sent: Sent) -> bool {
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
}
