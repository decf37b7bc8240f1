//! Rust types to SQL types: the one table that the derive and the scan share.

use syn::{GenericArgument, PathArguments, Type, TypePath};

use crate::schema::{RangeKind, SqlType};

/// What a field's Rust type says about its column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldType {
    /// The SQL type.
    pub sql_type: SqlType,
    /// Whether it is an `Option`.
    pub nullable: bool,
    /// Whether a JSON column has a Rust type of its own (`Json<T>`, not `Value`).
    pub typed_json: bool,
}

/// Why a Rust type is not a column.
#[derive(Debug)]
pub struct TypeProblem {
    /// What is wrong.
    pub message: String,
    /// What to type.
    pub help: String,
}

fn problem(message: impl Into<String>, help: impl Into<String>) -> TypeProblem {
    TypeProblem { message: message.into(), help: help.into() }
}

/// Rust types that programs use and that have no SQL type, and what to use in their place.
const REPLACED: &[(&str, &str)] = &[
    ("u8", "use `i16`, or `i64` where it may grow"),
    ("u16", "use `i32`, or `i64` where it may grow"),
    ("u32", "use `i64`"),
    ("u64", "use `i64`, or `Decimal` where the values pass 9.2e18"),
    ("usize", "use `i64`"),
    ("i8", "use `i16`"),
    ("isize", "use `i64`"),
    ("i128", "use `Decimal` with `#[column(numeric(38, 0))]`"),
    ("u128", "use `Decimal` with `#[column(numeric(39, 0))]`, or `Uuid`"),
    ("char", "use `String` with `#[column(check = \"length(…) = 1\")]`"),
    ("str", "use `String`"),
    ("HashMap", "use `Json<…>` around it"),
    ("BTreeMap", "use `Json<…>` around it"),
    ("HashSet", "use `Vec<…>`, or `Json<…>` around it"),
    ("BTreeSet", "use `Vec<…>`, or `Json<…>` around it"),
    ("Box", "name the type itself"),
    ("Arc", "name the type itself"),
    ("Rc", "name the type itself"),
    ("Cow", "use `String`"),
    ("SystemTime", "use `DateTime<Utc>` or `OffsetDateTime`"),
    ("Instant", "use `DateTime<Utc>` or `OffsetDateTime`"),
    ("Result", "use `Option<…>`"),
];

/// The types of columns: the Rust type, the SQL type, and the feature of `tablewright` that brings it.
///
/// The documentation's table; a test checks it against [`field_type`].
pub const COLUMN_TYPES: &[(&str, &str, &str)] = &[
    ("String", "TEXT", ""),
    ("bool", "BOOLEAN", ""),
    ("i16", "SMALLINT", ""),
    ("i32", "INTEGER", ""),
    ("i64", "BIGINT", ""),
    ("f32", "REAL", ""),
    ("f64", "DOUBLE PRECISION", ""),
    ("Vec<u8>", "BYTEA", ""),
    ("Vec<String>", "TEXT[]", ""),
    ("Uuid", "UUID", "uuid"),
    ("Decimal", "NUMERIC", "rust_decimal"),
    ("DateTime<Utc>", "TIMESTAMPTZ", "chrono"),
    ("NaiveDate", "DATE", "chrono"),
    ("NaiveTime", "TIME", "chrono"),
    ("OffsetDateTime", "TIMESTAMPTZ", "time"),
    ("time::Date", "DATE", "time"),
    ("time::Time", "TIME", "time"),
    ("Json<T>", "JSONB", "json"),
    ("serde_json::Value", "JSONB", "json"),
    ("IpNetwork", "INET", "ipnetwork"),
    ("IpAddr", "INET", "ipnetwork"),
    ("PgInterval", "INTERVAL", ""),
    ("PgRange<i64>", "INT8RANGE", ""),
    ("PgRange<Decimal>", "NUMRANGE", "rust_decimal"),
    ("PgRange<DateTime<Utc>>", "TSTZRANGE", "chrono"),
    ("PgRange<NaiveDate>", "DATERANGE", "chrono"),
];

/// Reads a field's type. Types are known by their last path segment: the compiler, which sees through aliases, holds
/// the belief against the type (`SqlType::NAME`).
pub fn field_type(ty: &Type) -> Result<FieldType, TypeProblem> {
    let Some((name, arguments)) = last_segment(ty) else { return Err(not_a_path(ty)) };
    if name == "Option" {
        let inner = only(&arguments).ok_or_else(|| problem("`Option` wants one type", "Option<String>"))?;
        let inner = field_type(inner)?;
        if inner.nullable {
            return Err(problem("a column is NULL or not: `Option<Option<…>>` has no meaning", "use one `Option`"));
        }
        return Ok(FieldType { nullable: true, ..inner });
    }
    let (sql_type, typed_json) = named(&name, &arguments)?;
    Ok(FieldType { sql_type, nullable: false, typed_json })
}

fn named(name: &str, arguments: &[&Type]) -> Result<(SqlType, bool), TypeProblem> {
    if let Some((_, help)) = REPLACED.iter().find(|(replaced, _)| *replaced == name) {
        return Err(problem(format!("`{name}` has no SQL type"), *help));
    }
    let plain = arguments.is_empty();
    Ok((
        match name {
            "Uuid" if plain => SqlType::Uuid,
            "String" if plain => SqlType::Text,
            "bool" => SqlType::Boolean,
            "i16" => SqlType::SmallInt,
            "i32" => SqlType::Integer,
            "i64" => SqlType::BigInt,
            "f32" => SqlType::Real,
            "f64" => SqlType::Double,
            "Decimal" if plain => SqlType::Numeric(None),
            "DateTime" => match only(arguments).and_then(last_segment).map(|(zone, _)| zone).as_deref() {
                Some("Utc" | "Local" | "FixedOffset") => SqlType::Timestamptz,
                _ => return Err(problem("`DateTime` names its time zone", "DateTime<Utc>")),
            },
            "OffsetDateTime" if plain => SqlType::Timestamptz,
            "NaiveDateTime" | "PrimitiveDateTime" if plain => SqlType::Timestamp,
            "NaiveDate" | "Date" if plain => SqlType::Date,
            "NaiveTime" | "Time" if plain => SqlType::Time,
            "PgInterval" if plain => SqlType::Interval,
            "IpNetwork" | "IpAddr" if plain => SqlType::Inet,
            "Value" | "JsonValue" if plain => SqlType::Jsonb,
            "Json" => return Ok((SqlType::Jsonb, only(arguments).is_some())),
            "PgRange" => {
                let element =
                    only(arguments).ok_or_else(|| problem("`PgRange` wants one type", "PgRange<DateTime<Utc>>"))?;
                let element = field_type(element)?.sql_type;
                let kind = RangeKind::over(&element).ok_or_else(|| {
                    problem(
                        format!("there is no range over `{element}`"),
                        "ranges go over i32, i64, Decimal, dates and timestamps",
                    )
                })?;
                SqlType::Range(kind)
            }
            "Vec" => {
                let element = only(arguments)
                    .ok_or_else(|| problem("`Vec` wants one type", "Vec<String>, or Vec<u8> for bytes"))?;
                return Ok((vec(element)?, false));
            }
            _ if plain => SqlType::Rust(name.to_owned()),
            _ => {
                return Err(problem(
                    format!("`{name}<…>` has no SQL type that a column could take"),
                    "wrap it in `Json<…>`, or make a newtype: #[derive(SqlType)] struct Name(…);",
                ));
            }
        },
        false,
    ))
}

fn vec(element: &Type) -> Result<SqlType, TypeProblem> {
    if last_segment(element).is_some_and(|(name, _)| name == "u8") {
        return Ok(SqlType::Bytea);
    }
    let element = field_type(element)?;
    if element.nullable {
        return Err(problem("an array whose elements may be NULL is not supported", "Vec<T> without `Option`"));
    }
    match element.sql_type {
        SqlType::Array(_) | SqlType::Bytea => Err(problem("an array of arrays is not supported", "use `Json<Vec<…>>`")),
        element => Ok(SqlType::Array(Box::new(element))),
    }
}

fn not_a_path(ty: &Type) -> TypeProblem {
    match ty {
        Type::Reference(_) => problem(
            "a borrowed field cannot be read from a row",
            "use the owned type: `String` for `&str`, `Vec<u8>` for `&[u8]`",
        ),
        Type::Tuple(_) => problem("a tuple is not a column", "use one field for each part, or `Json<…>` around it"),
        Type::Array(_) => problem("a fixed-size array is not a column", "use `Vec<…>`"),
        _ => problem("this type is not a column", "use a type of docs/attributes.md, or `Json<…>` around it"),
    }
}

/// The type inside an `Option`, or the type itself.
#[must_use]
pub fn without_option(ty: &Type) -> &Type {
    match last_segment(ty) {
        Some((name, arguments)) if name == "Option" => only(&arguments).unwrap_or(ty),
        _ => ty,
    }
}

/// The name and the type arguments of a path's last segment.
fn last_segment(ty: &Type) -> Option<(String, Vec<&Type>)> {
    match ty {
        Type::Path(TypePath { qself: None, path, .. }) => {
            let segment = path.segments.last()?;
            let arguments = match &segment.arguments {
                PathArguments::AngleBracketed(list) => list
                    .args
                    .iter()
                    .filter_map(|argument| match argument {
                        GenericArgument::Type(ty) => Some(ty),
                        _ => None,
                    })
                    .collect(),
                _ => Vec::new(),
            };
            Some((crate::attribute::args::ident_text(&segment.ident), arguments))
        }
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

fn only<'a>(arguments: &[&'a Type]) -> Option<&'a Type> {
    match arguments {
        [one] => Some(one),
        _ => None,
    }
}

/// Whether a SQL type can hold what a Rust type of another SQL type writes: they are of one family on the wire.
#[must_use]
pub fn compatible(rust: &SqlType, declared: &SqlType) -> bool {
    use SqlType as T;
    match (rust, declared) {
        (T::Rust(_), _)
        | (_, T::Other(_))
        | (T::Text, T::Text | T::Varchar(_) | T::Char(_))
        | (T::Jsonb, T::Jsonb | T::Json) => true,
        (T::Array(rust), T::Array(declared)) => compatible(rust, declared),
        (rust, declared) => rust.base() == declared.base(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sql(text: &str) -> String {
        match field_type(&syn::parse_str(text).unwrap()) {
            Ok(found) => format!("{}{}", found.sql_type, if found.nullable { " NULL" } else { "" }),
            Err(problem) => format!("{} -> {}", problem.message, problem.help),
        }
    }

    #[test]
    fn paths_and_options_are_seen_through() {
        assert_eq!(sql("uuid::Uuid"), "UUID");
        assert_eq!(sql("::std::option::Option<chrono::DateTime<chrono::Utc>>"), "TIMESTAMPTZ NULL");
        assert_eq!(sql("Vec<u8>"), "BYTEA");
        assert_eq!(sql("Vec<String>"), "TEXT[]");
        assert_eq!(sql("Json<std::collections::HashMap<String, i64>>"), "JSONB");
        assert_eq!(sql("PgRange<OffsetDateTime>"), "TSTZRANGE");
        assert_eq!(sql("crate::model::OrderStatus"), "rust:OrderStatus");
        assert_eq!(sql("Vec<Role>"), "rust:Role[]");
    }

    #[test]
    fn the_documented_types_are_the_ones_that_are_read() {
        for (rust, sql_type, _) in COLUMN_TYPES {
            assert_eq!(sql(rust), *sql_type, "{rust}");
        }
    }

    #[test]
    fn types_without_a_column_say_what_to_use() {
        assert_eq!(sql("u32"), "`u32` has no SQL type -> use `i64`");
        assert!(sql("&'a str").contains("String"));
        assert!(sql("Option<Option<i64>>").contains("use one `Option`"));
        assert!(sql("Vec<Vec<i64>>").contains("Json<Vec<…>>"));
        assert!(sql("Wrapper<String>").contains("#[derive(SqlType)]"));
        assert!(sql("(i64, i64)").contains("one field for each part"));
    }
}
