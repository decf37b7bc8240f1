//! SQL types to Rust types.

use std::collections::BTreeSet;

use tablewright_core::schema::{RangeKind, SqlType};

/// The Rust type of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rust {
    pub(super) path: String,
    /// `type = "…"`, where the Rust type alone does not determine it.
    pub(super) declared: Option<String>,
    /// `numeric(p, s)`.
    pub(super) numeric: Option<(u32, u32)>,
    /// Whether values of the column cannot be read as this type: it only stands in for one.
    pub(super) stand_in: bool,
}

/// The types of extensions that sqlx reads as text.
const TEXTUAL: &[&str] = &["citext", "name", "varchar", "character varying", "bpchar", "character"];

pub(super) fn rust(sql_type: &SqlType) -> Rust {
    let plain = |path: &str| Rust { path: path.to_owned(), declared: None, numeric: None, stand_in: false };
    let declared = |path: &str| Rust { declared: Some(sql_type.to_string()), ..plain(path) };
    match sql_type {
        SqlType::Uuid => plain("Uuid"),
        SqlType::Text => plain("String"),
        SqlType::Varchar(_) | SqlType::Char(_) => declared("String"),
        SqlType::Boolean => plain("bool"),
        SqlType::SmallInt => plain("i16"),
        SqlType::Integer => plain("i32"),
        SqlType::BigInt => plain("i64"),
        SqlType::Real => plain("f32"),
        SqlType::Double => plain("f64"),
        SqlType::Numeric(digits) => Rust { numeric: *digits, ..plain("Decimal") },
        SqlType::Timestamptz => plain("DateTime<Utc>"),
        SqlType::Timestamp => plain("chrono::NaiveDateTime"),
        SqlType::Date => plain("NaiveDate"),
        SqlType::Time => plain("NaiveTime"),
        SqlType::Interval => plain("sqlx::postgres::types::PgInterval"),
        SqlType::Jsonb => plain("serde_json::Value"),
        SqlType::Json => declared("serde_json::Value"),
        SqlType::Bytea => plain("Vec<u8>"),
        SqlType::Inet => plain("IpNetwork"),
        SqlType::Range(kind) => {
            let element = match kind {
                RangeKind::Int4 => "i32",
                RangeKind::Int8 => "i64",
                RangeKind::Num => "Decimal",
                RangeKind::Tstz => "DateTime<Utc>",
                RangeKind::Ts => "chrono::NaiveDateTime",
                RangeKind::Date => "NaiveDate",
            };
            plain(&format!("sqlx::postgres::types::PgRange<{element}>"))
        }
        SqlType::Array(element) => {
            let inner = rust(element);
            let nested = matches!(element.as_ref(), SqlType::Array(_) | SqlType::Bytea);
            if nested {
                return Rust { stand_in: true, ..declared("Vec<String>") };
            }
            let declared = inner.declared.map(|declared| format!("{declared}[]"));
            Rust { path: format!("Vec<{}>", inner.path), declared, ..inner }
        }
        SqlType::Other(text) => other(text),
        SqlType::Rust(name) => plain(name),
    }
}

fn other(text: &str) -> Rust {
    let lower = text.to_ascii_lowercase();
    let base = lower.split('(').next().unwrap_or_default().trim();
    let path = match base {
        "smallserial" => "i16",
        "serial" => "i32",
        "bigserial" => "i64",
        "timestamp" if lower.contains("with time zone") => "DateTime<Utc>",
        "timestamp" => "chrono::NaiveDateTime",
        "time" if !lower.contains("with time zone") => "NaiveTime",
        "interval" => "sqlx::postgres::types::PgInterval",
        "cidr" => "IpNetwork",
        _ if TEXTUAL.contains(&base) => "String",
        _ => {
            return Rust { path: "String".to_owned(), declared: Some(text.to_owned()), numeric: None, stand_in: true };
        }
    };
    Rust { path: path.to_owned(), declared: Some(text.to_owned()), numeric: None, stand_in: false }
}

/// What a package needs besides the features that are on by default, as lines to type, each with the types that need it.
pub(super) fn needs<'a>(paths: impl Iterator<Item = &'a str>) -> Vec<String> {
    let paths: BTreeSet<&str> = paths.collect();
    let of = |mark: &str| -> Vec<&str> { paths.iter().copied().filter(|path| path.contains(mark)).collect() };
    let line = |(mark, line): &(&str, &str)| {
        let types = of(mark);
        (!types.is_empty()).then(|| format!("{line}    for {}", types.join(", ")))
    };
    NEEDED.iter().filter_map(line).collect()
}

/// What is in the path of a type, and what brings it.
const NEEDED: &[(&str, &str)] = &[
    ("IpNetwork", "cargo add tablewright --features ipnetwork"),
    ("chrono::", "cargo add chrono"),
    ("serde_json::", "cargo add serde_json"),
    ("sqlx::", "cargo add sqlx --no-default-features --features postgres"),
];

#[cfg(test)]
mod tests {
    use super::needs;

    #[test]
    fn what_a_type_needs_is_said_once() {
        let paths = ["IpNetwork", "String", "chrono::NaiveDateTime", "chrono::NaiveDateTime", "DateTime<Utc>"];
        assert_eq!(
            needs(paths.into_iter()),
            [
                "cargo add tablewright --features ipnetwork    for IpNetwork",
                "cargo add chrono    for chrono::NaiveDateTime"
            ]
        );
    }
}
