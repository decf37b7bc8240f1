//! Values of a type: a different one for each number.

use crate::schema::{RangeKind, SqlType};

/// The day from which sample moments count.
const EPOCH_YEAR: usize = 2024;

/// A value of a type as the server reads it, or `None` where the type is not known here.
pub(super) fn of_type(sql_type: &SqlType, number: usize) -> Option<String> {
    Some(match sql_type.value() {
        SqlType::Uuid => format!("00000000-0000-4000-8000-{number:012}"),
        SqlType::Boolean => number.is_multiple_of(2).to_string(),
        SqlType::SmallInt => (number % 32_000).to_string(),
        SqlType::Integer | SqlType::BigInt | SqlType::Real | SqlType::Double | SqlType::Numeric(None) => {
            number.to_string()
        }
        SqlType::Numeric(Some((precision, scale))) => match precision.saturating_sub(scale) {
            0 => "0".to_owned(),
            digits => (number % 10_usize.saturating_pow(digits.min(12))).to_string(),
        },
        SqlType::Timestamptz => format!("{}+00", moment(number)),
        SqlType::Timestamp => moment(number),
        SqlType::Date => day(number),
        SqlType::Time => {
            format!("{:02}:{:02}:{:02}", number / 3600 % 24, number / 60 % 60, number % 60)
        }
        SqlType::Interval => format!("{number} seconds"),
        SqlType::Jsonb | SqlType::Json => format!("{{\"row\": {number}}}"),
        SqlType::Bytea => format!("\\x{number:08x}"),
        SqlType::Inet => format!("10.{}.{}.{}", number / 65_536 % 256, number / 256 % 256, number % 256),
        SqlType::Range(RangeKind::Tstz) => format!("[{}+00,{}+00)", moment(number), moment(number + 1)),
        SqlType::Range(RangeKind::Ts) => format!("[{},{})", moment(number), moment(number + 1)),
        SqlType::Range(RangeKind::Date) => format!("[{},{})", day(number), day(number + 1)),
        SqlType::Range(_) => format!("[{number},{})", number + 1),
        SqlType::Array(element) => format!("{{{}}}", quoted(&of_type(&element, number)?)),
        SqlType::Text => format!("text {number}"),
        SqlType::Varchar(length) | SqlType::Char(length) => fitted(&format!("text {number}"), length),
        SqlType::Other(name) => return other(&name, number),
        SqlType::Rust(_) => return None,
    })
}

/// The end of a text, which is where the number is, in so many letters.
pub(super) fn fitted(text: &str, length: u32) -> String {
    let all = text.chars().count();
    let length = usize::try_from(length).unwrap_or(usize::MAX);
    text.chars().skip(all.saturating_sub(length)).collect::<String>().trim().to_owned()
}

/// A text of exactly so many letters, which ends with the number as far as it has room.
pub(super) fn long(length: usize, number: usize) -> String {
    let digits = number.to_string();
    let kept = digits.len().saturating_sub(length);
    format!("{}{}", "x".repeat(length.saturating_sub(digits.len())), &digits[kept..])
}

/// An hour for each number.
pub(super) fn moment(number: usize) -> String {
    format!("{} {:02}:00:00", day(number / 24), number % 24)
}

fn day(number: usize) -> String {
    // Months of 28 days: every one of them is in the calendar.
    let (month, day) = (number / 28, number % 28 + 1);
    format!("{:04}-{:02}-{day:02}", EPOCH_YEAR + month / 12, month % 12 + 1)
}

/// An element of an array, in quotes.
fn quoted(element: &str) -> String {
    format!("\"{}\"", element.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Types of the server and of extensions, by name.
fn other(name: &str, number: usize) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    let (bare, size) = lower.split_once('(').map_or((lower.as_str(), None), |(bare, rest)| {
        (bare.trim(), rest.split([',', ')']).next().and_then(|size| size.trim().parse::<usize>().ok()))
    });
    Some(match bare {
        "citext" | "tsvector" | "xml" | "name" | "bpchar" => format!("text {number}"),
        "ltree" | "tsquery" => format!("text{number}"),
        "hstore" => format!("row => {number}"),
        "vector" | "halfvec" => {
            let part = |place: usize| if place == 0 { number.to_string() } else { "0".to_owned() };
            format!("[{}]", (0..size?).map(part).collect::<Vec<_>>().join(","))
        }
        "bit" => {
            format!("{number:0width$b}", width = size.unwrap_or(1)).chars().rev().take(size.unwrap_or(1)).collect()
        }
        "varbit" | "bit varying" => {
            format!("{:b}", number % 2_usize.pow(u32::try_from(size.unwrap_or(16).min(30)).ok()?))
        }
        "timestamp" if lower.ends_with("with time zone") => format!("{}+00", moment(number)),
        "timestamptz" => format!("{}+00", moment(number)),
        "timestamp" => moment(number),
        "timetz" => format!("{:02}:{:02}:00+00", number / 60 % 24, number % 60),
        "time" => format!("{:02}:{:02}:00", number / 60 % 24, number % 60),
        "interval" => format!("{number} seconds"),
        "cidr" => format!("10.{}.{}.{}/32", number / 65_536 % 256, number / 256 % 256, number % 256),
        "macaddr" => format!("08:00:2b:{:02x}:{:02x}:{:02x}", number / 65_536 % 256, number / 256 % 256, number % 256),
        "money" | "oid" | "float4" | "float8" => number.to_string(),
        "point" => format!("({number},0)"),
        "int4multirange" | "int8multirange" | "nummultirange" => format!("{{[{number},{})}}", number + 1),
        "geography" | "geometry" => format!("SRID=4326;POINT({} {})", number % 180, number / 180 % 90),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fit_their_type_and_differ() {
        let types =
            ["uuid", "bigint", "numeric(6,2)", "timestamptz", "date", "varchar(6)", "tstzrange", "bit(12)", "inet"];
        for name in types {
            let sql_type: SqlType = name.parse().unwrap();
            let all: std::collections::BTreeSet<_> =
                (0..500).map(|number| of_type(&sql_type, number).unwrap()).collect();
            assert_eq!(all.len(), 500, "{name}");
        }
        assert_eq!(of_type(&SqlType::Varchar(3), 12).as_deref(), Some("12"));
        assert_eq!(of_type(&"text[]".parse().unwrap(), 1).as_deref(), Some("{\"text 1\"}"));
        assert_eq!(of_type(&"vector(3)".parse().unwrap(), 7).as_deref(), Some("[7,0,0]"));
        assert_eq!(long(5, 123), "xx123");
        assert_eq!(long(2, 123), "23");
        assert_eq!(of_type(&"a_domain".parse().unwrap(), 1), None);
    }
}
