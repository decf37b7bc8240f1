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
    /// Which of the server's values it holds, where it does not hold each.
    #[doc(hidden)]
    const HOLDS: Option<crate::rt::Holds> = None;
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
    const HOLDS: Option<crate::rt::Holds> = None;
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
    const HOLDS: Option<crate::rt::Holds> = T::HOLDS;
}

impl<T: ArrayElement> ArrayElement for Option<T> {
    const ARRAY: &'static str = T::ARRAY;
    const HOLDS: Option<crate::rt::Holds> = T::HOLDS;
}

#[diagnostic::do_not_recommend]
impl<T: ArrayElement> SqlType for Vec<T>
where
    Self: Type<Postgres> + for<'q> Encode<'q, Postgres> + for<'r> Decode<'r, Postgres> + 'static,
{
    const NAME: &'static str = T::ARRAY;
    const HOLDS: Option<crate::rt::Holds> = T::HOLDS;
}

impl ArrayElement for u8 {
    const ARRAY: &'static str = "BYTEA";
}

impl ArrayElement for Vec<u8> {
    const ARRAY: &'static str = "BYTEA[]";
}

macro_rules! stored_as {
    ($($rust:ty => $name:literal,)+) => {
        stored_as! { crate::held::ALL: $($rust => $name,)+ }
    };
    ($holds:path: $($rust:ty => $name:literal,)+) => {
        $(
            // The list of all of them does not help to find a missing one, and changes with the features.
            #[diagnostic::do_not_recommend]
            impl SqlType for $rust {
                const NAME: &'static str = $name;
                const HOLDS: Option<crate::rt::Holds> = $holds;
            }

            #[diagnostic::do_not_recommend]
            impl ArrayElement for $rust {
                const ARRAY: &'static str = concat!($name, "[]");
                const HOLDS: Option<crate::rt::Holds> = $holds;
            }
        )+
    };
}

stored_as! {
    String => "TEXT",
    bool => "BOOLEAN",
    i16 => "SMALLINT",
    i32 => "INTEGER",
    i64 => "BIGINT",
    f32 => "REAL",
    f64 => "DOUBLE PRECISION",
    PgInterval => "INTERVAL",
}

stored_as! { crate::held::RANGE:
    PgRange<i32> => "INT4RANGE",
    PgRange<i64> => "INT8RANGE",
}

#[cfg(feature = "uuid")]
stored_as! { sqlx::types::Uuid => "UUID", }

#[cfg(feature = "rust_decimal")]
stored_as! { sqlx::types::Decimal => "NUMERIC", }

#[cfg(feature = "rust_decimal")]
stored_as! { crate::held::RANGE: PgRange<sqlx::types::Decimal> => "NUMRANGE", }

#[cfg(feature = "chrono")]
mod chrono {
    use super::{ArrayElement, PgRange, SqlType};
    use sqlx::types::chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    stored_as! { crate::held::CHRONO:
        DateTime<Utc> => "TIMESTAMPTZ",
        NaiveDateTime => "TIMESTAMP",
        NaiveDate => "DATE",
        NaiveTime => "TIME",
        PgRange<DateTime<Utc>> => "TSTZRANGE",
        PgRange<NaiveDateTime> => "TSRANGE",
        PgRange<NaiveDate> => "DATERANGE",
    }
}

#[cfg(feature = "time")]
mod time {
    use super::{ArrayElement, PgRange, SqlType};
    use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

    stored_as! { crate::held::TIME:
        OffsetDateTime => "TIMESTAMPTZ",
        PrimitiveDateTime => "TIMESTAMP",
        Date => "DATE",
        Time => "TIME",
        PgRange<OffsetDateTime> => "TSTZRANGE",
        PgRange<PrimitiveDateTime> => "TSRANGE",
        PgRange<Date> => "DATERANGE",
    }
}

#[cfg(feature = "json")]
mod json {
    use super::{ArrayElement, Decode, Encode, Postgres, SqlType, Type};
    use sqlx::types::{Json, JsonValue};

    stored_as! { JsonValue => "JSONB", }

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
    sqlx::types::ipnetwork::IpNetwork => "INET",
    std::net::IpAddr => "INET",
}
