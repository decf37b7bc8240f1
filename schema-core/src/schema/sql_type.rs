//! SQL types.

use std::fmt;
use std::str::FromStr;

/// The SQL type of a column.
///
/// Serialised as the text that [`fmt::Display`] gives, in PostgreSQL's spelling: `NUMERIC(12, 2)`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(into = "String", try_from = "String"))]
pub enum SqlType {
    /// `UUID`
    Uuid,
    /// `TEXT`
    #[default]
    Text,
    /// `VARCHAR(n)`
    Varchar(u32),
    /// `CHAR(n)`
    Char(u32),
    /// `BOOLEAN`
    Boolean,
    /// `SMALLINT`: 16 bits.
    SmallInt,
    /// `INTEGER`: 32 bits.
    Integer,
    /// `BIGINT`: 64 bits.
    BigInt,
    /// `REAL`
    Real,
    /// `DOUBLE PRECISION`
    Double,
    /// `NUMERIC`, with precision and scale where they are stated.
    Numeric(Option<(u32, u32)>),
    /// `TIMESTAMPTZ`
    Timestamptz,
    /// `TIMESTAMP`, without a time zone.
    Timestamp,
    /// `DATE`
    Date,
    /// `TIME`
    Time,
    /// `INTERVAL`
    Interval,
    /// `JSONB`
    Jsonb,
    /// `JSON`
    Json,
    /// `BYTEA`
    Bytea,
    /// `INET`
    Inet,
    /// A range type.
    Range(RangeKind),
    /// An array.
    Array(Box<SqlType>),
    /// A type of the database or of an extension, as SQL: `CITEXT`, `VECTOR(384)`, `order_status`.
    Other(String),
    /// A Rust type that one struct alone cannot resolve: an enumeration or a newtype of the program.
    /// The scan replaces it; the derive lets the compiler fill it in.
    Rust(String),
}

/// The built-in range types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RangeKind {
    /// `INT4RANGE`
    Int4,
    /// `INT8RANGE`
    Int8,
    /// `NUMRANGE`
    Num,
    /// `TSTZRANGE`
    Tstz,
    /// `TSRANGE`
    Ts,
    /// `DATERANGE`
    Date,
}

impl RangeKind {
    const ALL: [Self; 6] = [Self::Int4, Self::Int8, Self::Num, Self::Tstz, Self::Ts, Self::Date];

    /// The name of the type.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Int4 => "INT4RANGE",
            Self::Int8 => "INT8RANGE",
            Self::Num => "NUMRANGE",
            Self::Tstz => "TSTZRANGE",
            Self::Ts => "TSRANGE",
            Self::Date => "DATERANGE",
        }
    }

    /// The range over values of that type.
    #[must_use]
    pub fn over(element: &SqlType) -> Option<Self> {
        Some(match element {
            SqlType::Integer => Self::Int4,
            SqlType::BigInt => Self::Int8,
            SqlType::Numeric(_) => Self::Num,
            SqlType::Timestamptz => Self::Tstz,
            SqlType::Timestamp => Self::Ts,
            SqlType::Date => Self::Date,
            _ => return None,
        })
    }
}

/// Marks, in text, a Rust type that has not been resolved.
const RUST_MARK: &str = "rust:";

/// The names without parameters, canonical spelling first, then what else PostgreSQL accepts.
const SIMPLE: &[(SqlType, &[&str])] = &[
    (SqlType::Uuid, &["UUID"]),
    (SqlType::Text, &["TEXT"]),
    (SqlType::Boolean, &["BOOLEAN", "BOOL"]),
    (SqlType::SmallInt, &["SMALLINT", "INT2"]),
    (SqlType::Integer, &["INTEGER", "INT4", "INT"]),
    (SqlType::BigInt, &["BIGINT", "INT8"]),
    (SqlType::Real, &["REAL", "FLOAT4"]),
    (SqlType::Double, &["DOUBLE PRECISION", "FLOAT8", "FLOAT"]),
    (SqlType::Numeric(None), &["NUMERIC", "DECIMAL"]),
    (SqlType::Timestamptz, &["TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"]),
    (SqlType::Timestamp, &["TIMESTAMP", "TIMESTAMP WITHOUT TIME ZONE"]),
    (SqlType::Date, &["DATE"]),
    (SqlType::Time, &["TIME", "TIME WITHOUT TIME ZONE"]),
    (SqlType::Interval, &["INTERVAL"]),
    (SqlType::Jsonb, &["JSONB"]),
    (SqlType::Json, &["JSON"]),
    (SqlType::Bytea, &["BYTEA"]),
    (SqlType::Inet, &["INET"]),
];

/// Further types that take one number, each with its bare name.
const MODIFIED: &[(&str, &str)] = &[
    ("TIMESTAMP", "TIMESTAMP"),
    ("TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP"),
    ("TIMESTAMPTZ", "TIMESTAMPTZ"),
    ("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ"),
    ("TIME", "TIME"),
    ("TIME WITHOUT TIME ZONE", "TIME"),
    ("TIMETZ", "TIMETZ"),
    ("TIME WITH TIME ZONE", "TIMETZ"),
    ("INTERVAL", "INTERVAL"),
    ("VARBIT", "VARBIT"),
    ("BIT VARYING", "VARBIT"),
];

impl SqlType {
    /// The type without its parameters: what the Rust type of a field stands for. Of a `SERIAL`, the integer.
    #[must_use]
    pub fn base(&self) -> Self {
        match self {
            Self::Other(_) => self.value(),
            Self::Numeric(_) => Self::Numeric(None),
            Self::Array(element) => Self::Array(Box::new(element.base())),
            other => other.clone(),
        }
    }

    /// The type that stays the same when the type is widened: no length, precision or scale. `None` where there is none to
    /// take off, or where the bare name means a length of its own (`CHAR`, `BIT`) or another type.
    #[must_use]
    pub fn without_modifier(&self) -> Option<Self> {
        match self {
            // A VARCHAR may become TEXT without a look at the rows too.
            Self::Varchar(_) => Some(Self::Text),
            Self::Numeric(Some(_)) => Some(Self::Numeric(None)),
            Self::Array(element) => Some(Self::Array(Box::new(element.without_modifier()?))),
            Self::Other(text) => {
                let (name, rest) = text.split_once('(')?;
                let (modifier, zone) = rest.split_once(')')?;
                let is_number = !modifier.trim().is_empty() && modifier.trim().bytes().all(|it| it.is_ascii_digit());
                let bare = format!("{} {}", name.trim(), zone.trim()).trim().to_ascii_uppercase();
                let (_, sql_type) = MODIFIED.iter().find(|(known, _)| is_number && *known == bare)?;
                sql_type.parse().ok()
            }
            _ => None,
        }
    }

    /// The integer that a `SERIAL` is stored as: it is not a type, but an integer with a sequence of its own.
    #[must_use]
    pub fn numbered(&self) -> Option<Self> {
        let Self::Other(name) = self else { return None };
        match name.to_ascii_lowercase().as_str() {
            "smallserial" | "serial2" => Some(Self::SmallInt),
            "serial" | "serial4" => Some(Self::Integer),
            "bigserial" | "serial8" => Some(Self::BigInt),
            _ => None,
        }
    }

    /// The type of its values: an integer for a `SERIAL`, otherwise itself.
    #[must_use]
    pub fn value(&self) -> Self {
        self.numbered().unwrap_or_else(|| self.clone())
    }

    /// Whether the type, or its element, is a Rust type that has not been resolved.
    #[must_use]
    pub fn unresolved(&self) -> Option<&str> {
        match self {
            Self::Rust(name) => Some(name),
            Self::Array(element) => element.unresolved(),
            _ => None,
        }
    }
}

impl fmt::Display for SqlType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Varchar(length) => write!(f, "VARCHAR({length})"),
            Self::Char(length) => write!(f, "CHAR({length})"),
            Self::Numeric(Some((precision, scale))) => write!(f, "NUMERIC({precision}, {scale})"),
            Self::Range(kind) => f.write_str(kind.name()),
            Self::Array(element) => write!(f, "{element}[]"),
            Self::Other(text) => f.write_str(text),
            Self::Rust(name) => write!(f, "{RUST_MARK}{name}"),
            simple => {
                let name = SIMPLE.iter().find(|(sql_type, _)| sql_type == simple).map(|(_, names)| names[0]);
                f.write_str(name.unwrap_or("TEXT"))
            }
        }
    }
}

impl From<SqlType> for String {
    fn from(sql_type: SqlType) -> Self {
        sql_type.to_string()
    }
}

impl TryFrom<String> for SqlType {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl FromStr for SqlType {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() {
            return Err("the type is empty".to_owned());
        }
        if let Some(name) = text.strip_prefix(RUST_MARK) {
            return Ok(Self::Rust(name.to_owned()));
        }
        if let Some(element) = text.strip_suffix("[]") {
            return Ok(Self::Array(Box::new(element.parse()?)));
        }
        let upper = text.split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_uppercase();
        if let Some((sql_type, _)) = SIMPLE.iter().find(|(_, names)| names.contains(&upper.as_str())) {
            return Ok(sql_type.clone());
        }
        if let Some(kind) = RangeKind::ALL.into_iter().find(|kind| kind.name() == upper) {
            return Ok(Self::Range(kind));
        }
        let Some((name, parameters)) = parameters(&upper) else { return Ok(Self::Other(text.to_owned())) };
        Ok(match (name, parameters.as_slice()) {
            ("VARCHAR" | "CHARACTER VARYING", [length]) => Self::Varchar(*length),
            ("CHAR" | "CHARACTER", [length]) => Self::Char(*length),
            ("NUMERIC" | "DECIMAL", [precision]) => Self::Numeric(Some((*precision, 0))),
            ("NUMERIC" | "DECIMAL", [precision, scale]) => Self::Numeric(Some((*precision, *scale))),
            _ => Self::Other(text.to_owned()),
        })
    }
}

/// Splits `NAME(1, 2)`; `None` where the parameters are not all numbers.
fn parameters(text: &str) -> Option<(&str, Vec<u32>)> {
    let (name, rest) = text.split_once('(')?;
    let list = rest.strip_suffix(')')?;
    let parameters = list.split(',').map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
    Some((name.trim_end(), parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_modifier_that_can_be_widened_is_taken_off() {
        for (text, bare) in [
            ("varchar(20)", Some("TEXT")),
            ("numeric(12,2)", Some("NUMERIC")),
            ("varchar(20)[]", Some("TEXT[]")),
            ("timestamp(3) with time zone", Some("TIMESTAMPTZ")),
            ("bit varying(8)", Some("VARBIT")),
            ("text", None),
            ("numeric", None),
            // These say something else without their number.
            ("char(3)", None),
            ("bit(8)", None),
            ("vector(384)", None),
            ("geography(Point, 4326)", None),
        ] {
            let found = text.parse::<SqlType>().unwrap().without_modifier();
            assert_eq!(found.map(|found| found.to_string()).as_deref(), bare, "{text}");
        }
    }

    #[test]
    fn every_spelling_reads_back_as_the_canonical_one() {
        for (text, canonical) in [
            ("uuid", "UUID"),
            ("int8", "BIGINT"),
            ("timestamp  with time zone", "TIMESTAMPTZ"),
            ("decimal(12,2)", "NUMERIC(12, 2)"),
            ("character varying(20)", "VARCHAR(20)"),
            ("text[]", "TEXT[]"),
            ("tstzrange", "TSTZRANGE"),
            ("vector(384)", "vector(384)"),
            ("geography(Point, 4326)", "geography(Point, 4326)"),
        ] {
            let parsed: SqlType = text.parse().unwrap();
            assert_eq!(parsed.to_string(), canonical);
            assert_eq!(canonical.parse::<SqlType>().unwrap(), parsed);
        }
    }
}
