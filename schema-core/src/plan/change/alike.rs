//! Whether two values are the same: to the last bit, not as `=` of their type sees it. To an interval 30 days are a month, to a
//! number 1.0 is 1.00, and a release reads what the other wrote.

use super::conversion::{Family, family};
use crate::dialect::Dialect;
use crate::schema::{Column, RangeKind, SqlType};

/// A comparison of two values of a column's type, in which NULL is a value.
pub(super) fn differs(left: &str, right: &str, column: &Column, dialect: &Dialect) -> String {
    let bare = column.enumeration.is_some() && !matches!(column.sql_type, SqlType::Array(_));
    if column.collation.is_none() && (bare || is_identity(&column.sql_type)) {
        return format!("{left} IS DISTINCT FROM {right}");
    }
    // JSON is kept as it was written, and knows no equality. A collation may take one letter for another.
    let is_text = matches!(column.sql_type, SqlType::Json)
        || matches!(family(&column.sql_type), Family::Text { padded: false, .. });
    match (is_text, dialect.row_images) {
        (true, true) if column.collation.is_some() || matches!(column.sql_type, SqlType::Other(_)) => {
            format!("CAST({left} AS TEXT) COLLATE \"C\" IS DISTINCT FROM CAST({right} AS TEXT) COLLATE \"C\"")
        }
        (true, _) | (_, false) => format!("CAST({left} AS TEXT) IS DISTINCT FROM CAST({right} AS TEXT)"),
        (false, true) => format!("(SELECT r FROM (SELECT {left}) AS r) *<> (SELECT r FROM (SELECT {right}) AS r)"),
    }
}

/// Whether the `=` of a type holds for no two values that differ.
fn is_identity(sql_type: &SqlType) -> bool {
    match family(sql_type) {
        // CITEXT is another one.
        Family::Text { padded, .. } => !padded && !matches!(sql_type, SqlType::Other(_)),
        Family::Boolean | Family::Integer(_) | Family::Moment(_) | Family::Time | Family::Serial => true,
        Family::Opaque => !matches!(sql_type, SqlType::Range(RangeKind::Num)),
        // An array has bounds, which `=` sees.
        Family::Array(element) => is_identity(element),
        Family::Float(_) | Family::Numeric(_) | Family::Interval | Family::Document { .. } | Family::Foreign(_) => {
            false
        }
    }
}
