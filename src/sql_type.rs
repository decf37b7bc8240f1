//! Which SQL type a Rust type is stored as.

use sqlx::postgres::types::{PgInterval, PgRange};
use sqlx::{Decode, Encode, Postgres, Type};

/// A Rust type that a column can have, and the SQL type that stores it.
///
/// The derives believe the *name* of a field's type; with this trait the compiler checks that belief. Newtypes get
/// it by `#[derive(SqlType)]`, enumerations by `#[derive(Enumeration)]`.
///
/// ```
/// use tablewright::prelude::*;
///
/// #[derive(SqlType)]
/// struct Email(String);
///
/// #[derive(SqlType)]
/// #[sql_type(type = "NUMERIC(12, 2)")]
/// struct Price(Decimal);
///
/// #[derive(Enumeration)]
/// enum Status { Open, InTransit }
///
/// assert_eq!((Email::NAME, Price::NAME, Price::DDL), ("TEXT", "NUMERIC", "NUMERIC(12, 2)"));
/// assert_eq!(Status::VALUES, Some("'open', 'in_transit'"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column type",
    label = "no SQL type is known for this",
    note = "for a newtype write `#[derive(SqlType)] struct Email(String);`, for a fixed set of values `#[derive(Enumeration)] enum Status {{ … }}`, for a document `Json<T>`",
    note = "types of other crates need a feature of tablewright: `uuid`, `chrono`, `time`, `rust_decimal`, `json`, `ipnetwork`"
)]
pub trait SqlType: Type<Postgres> + for<'q> Encode<'q, Postgres> + for<'r> Decode<'r, Postgres> + 'static {
    /// The server's own spelling, upper-case and without parameters: `TIMESTAMPTZ`, `DOUBLE PRECISION`, `TEXT[]`.
    const NAME: &'static str;
    /// The type as CREATE TABLE spells it: with the parameters that a newtype states, `NUMERIC(12, 2)`.
    const DDL: &'static str = Self::NAME;
    /// For an enumeration that is stored as text: its values as an SQL list, `'pending', 'paid'`.
    const VALUES: Option<&'static str> = None;
    /// The values of an enumeration, however it is stored, each with its variant's number.
    #[doc(hidden)]
    const STORED: &'static [(isize, &'static str)] = &[];
    #[doc(hidden)]
    const ID: u64 = crate::rt::hash(Self::NAME);
    /// Which of the server's values it does not hold, where there are any.
    #[doc(hidden)]
    const HELD: Option<crate::rt::Held> = None;
}

/// A [`SqlType`] of which a column can hold an array.
///
/// ```
/// use tablewright::ArrayElement;
///
/// assert_eq!((<i64>::ARRAY, <Vec<u8>>::ARRAY), ("BIGINT[]", "BYTEA[]"));
/// ```
#[diagnostic::on_unimplemented(
    message = "a column cannot hold an array of `{Self}`",
    note = "arrays hold plain values; a relation is a separate table"
)]
pub trait ArrayElement {
    /// The array's type: `TEXT[]`; for bytes it is `BYTEA`.
    const ARRAY: &'static str;
    #[doc(hidden)]
    const HELD: Option<crate::rt::Held> = None;
}

/// A fixed set of values, stored as text. Implemented by `#[derive(Enumeration)]`.
///
/// ```
/// use tablewright::prelude::*;
///
/// #[derive(Clone, Copy, Debug, Enumeration, PartialEq)]
/// enum Status { Open, InTransit }
///
/// assert_eq!(Status::InTransit.as_str(), "in_transit");
/// assert_eq!(Status::from_text("open"), Some(Status::Open));
/// assert_eq!(Status::ALL.len(), 2);
/// ```
pub trait Enumeration: Sized + 'static {
    /// Every value, in the order of declaration.
    const ALL: &'static [Self];

    /// The text that is stored.
    fn as_str(&self) -> &'static str;

    /// The value with this text.
    fn from_text(text: &str) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: SqlType> SqlType for Option<T> {
    const NAME: &'static str = T::NAME;
    const DDL: &'static str = T::DDL;
    const VALUES: Option<&'static str> = T::VALUES;
    const STORED: &'static [(isize, &'static str)] = T::STORED;
    const ID: u64 = T::ID;
    const HELD: Option<crate::rt::Held> = T::HELD;
}

impl<T: ArrayElement> ArrayElement for Option<T> {
    const ARRAY: &'static str = T::ARRAY;
    const HELD: Option<crate::rt::Held> = T::HELD;
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> SqlType for Vec<T>
where
    Self: Type<Postgres> + for<'q> Encode<'q, Postgres> + for<'r> Decode<'r, Postgres> + 'static,
{
    const NAME: &'static str = T::ARRAY;
    const HELD: Option<crate::rt::Held> = crate::rt::Held::array(T::HELD);
}

impl ArrayElement for u8 {
    const ARRAY: &'static str = "BYTEA";
}

impl ArrayElement for Vec<u8> {
    const ARRAY: &'static str = "BYTEA[]";
}

macro_rules! stored_as {
    ($($rust:ty => $name:literal $(, held: $held:expr)?;)+) => {
        $(
            // The list of all of them does not help to find a missing one, and changes with the features.
            #[diagnostic::do_not_recommend]
            impl SqlType for $rust {
                const NAME: &'static str = $name;
                $(const HELD: Option<crate::rt::Held> = Some($held);)?
            }

            #[diagnostic::do_not_recommend]
            impl ArrayElement for $rust {
                const ARRAY: &'static str = concat!($name, "[]");
                $(const HELD: Option<crate::rt::Held> = Some($held);)?
            }
        )+
    };
}

stored_as! {
    String => "TEXT";
    bool => "BOOLEAN";
    i16 => "SMALLINT";
    i32 => "INTEGER";
    i64 => "BIGINT";
    f32 => "REAL";
    f64 => "DOUBLE PRECISION";
    PgInterval => "INTERVAL";
    PgRange<i32> => "INT4RANGE", held: crate::held::NUMBER.range();
    PgRange<i64> => "INT8RANGE", held: crate::held::NUMBER.range();
}

#[cfg(feature = "uuid")]
stored_as! { sqlx::types::Uuid => "UUID"; }

#[cfg(feature = "rust_decimal")]
stored_as! {
    sqlx::types::Decimal => "NUMERIC";
    PgRange<sqlx::types::Decimal> => "NUMRANGE", held: crate::held::NUMBER.range();
}

#[cfg(feature = "chrono")]
mod chrono {
    use super::{ArrayElement, PgRange, SqlType};
    use crate::held::chrono::{DAYS, MICROS, OF_DAY};
    use sqlx::types::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    stored_as! {
        DateTime<Utc> => "TIMESTAMPTZ", held: MICROS;
        NaiveDateTime => "TIMESTAMP", held: MICROS;
        NaiveDate => "DATE", held: DAYS;
        NaiveTime => "TIME", held: OF_DAY;
        PgRange<DateTime<Utc>> => "TSTZRANGE", held: MICROS.range();
        PgRange<NaiveDateTime> => "TSRANGE", held: MICROS.range();
        PgRange<NaiveDate> => "DATERANGE", held: DAYS.range();
    }
}

#[cfg(feature = "time")]
mod time {
    use super::{ArrayElement, PgRange, SqlType};
    use crate::held::time::{DAYS, MICROS, OF_DAY};
    use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

    stored_as! {
        OffsetDateTime => "TIMESTAMPTZ", held: MICROS;
        PrimitiveDateTime => "TIMESTAMP", held: MICROS;
        Date => "DATE", held: DAYS;
        Time => "TIME", held: OF_DAY;
        PgRange<OffsetDateTime> => "TSTZRANGE", held: MICROS.range();
        PgRange<PrimitiveDateTime> => "TSRANGE", held: MICROS.range();
        PgRange<Date> => "DATERANGE", held: DAYS.range();
    }
}

#[cfg(feature = "json")]
mod json {
    use super::{ArrayElement, Decode, Encode, Postgres, SqlType, Type};
    use sqlx::types::{Json, JsonValue};

    stored_as! { JsonValue => "JSONB"; }

    #[diagnostic::do_not_recommend]
    impl<T> SqlType for Json<T>
    where
        Self: Type<Postgres> + for<'q> Encode<'q, Postgres> + for<'r> Decode<'r, Postgres> + 'static,
    {
        const NAME: &'static str = "JSONB";
    }

    impl<T> ArrayElement for Json<T> {
        const ARRAY: &'static str = "JSONB[]";
    }
}

#[cfg(feature = "ipnetwork")]
stored_as! {
    sqlx::types::ipnetwork::IpNetwork => "INET";
    std::net::IpAddr => "INET";
}
