//! The rows after one row, in an order of any columns and directions: as ranges of an index.

use super::Resolved;
use crate::schema::{Nulls, OrderColumn, SortDirection};
use crate::sql::quote;

/// What the rows after a row meet, taken apart: each part is one range of the index that has the order, given by its
/// bounds, so that reading its first rows passes over no others. No row meets two of them. `values` are the row's: NULL
/// where absent. No part: no row is after it.
///
/// One direction and no NULL is a comparison of rows, which is one range. A condition with OR would not do: the server
/// reads from the first bound on, and drops what it finds.
pub(super) fn ranges(resolved: &Resolved<'_>, order: &[OrderColumn], values: &[Option<String>]) -> Vec<Vec<String>> {
    let (Some((first, rest)), Some((value, other_values))) = (order.split_first(), values.split_first()) else {
        return Vec::new();
    };
    let column = quote(&first.column);
    let nulls_follow = |column: &OrderColumn| resolved.takes_null(&column.column) && column.nulls() == Nulls::Last;
    let tied = |condition: String| {
        let parts = ranges(resolved, rest, other_values).into_iter();
        parts.map(move |part| [condition.clone()].into_iter().chain(part).collect::<Vec<String>>())
    };
    let Some(value) = value else {
        let mut parts: Vec<Vec<String>> = tied(format!("{column} IS NULL")).collect();
        if first.nulls() == Nulls::First {
            parts.push(vec![format!("{column} IS NOT NULL")]);
        }
        return parts;
    };
    let operator = operator(first.direction);
    let mut parts = match compared(order, values) {
        Some(comparison) if !rest.iter().any(nulls_follow) => vec![vec![comparison]],
        _ => {
            let mut parts: Vec<Vec<String>> = tied(format!("{column} = {value}")).collect();
            parts.push(vec![format!("{column} {operator} {value}")]);
            parts
        }
    };
    if nulls_follow(first) {
        parts.push(vec![format!("{column} IS NULL")]);
    }
    parts
}

/// The same as one condition, of columns without NULL: for rows that are locked, which those of a union cannot be. A bound
/// is in front.
pub(super) fn behind(order: &[OrderColumn], values: &[String]) -> Option<String> {
    let (first, rest) = order.split_first()?;
    let (value, other_values) = values.split_first()?;
    let all: Vec<Option<String>> = values.iter().cloned().map(Some).collect();
    if let Some(comparison) = compared(order, &all) {
        return Some(comparison);
    }
    let (column, operator) = (quote(&first.column), operator(first.direction));
    let tied = behind(rest, other_values)?;
    Some(format!("{column} {operator}= {value} AND ({column} {operator} {value} OR {tied})"))
}

/// `(a, b) > ($1, $2)`, where all columns have one direction and all values are present.
fn compared(order: &[OrderColumn], values: &[Option<String>]) -> Option<String> {
    let first = order.first()?;
    let values: Vec<String> = values.iter().cloned().collect::<Option<_>>()?;
    let columns: Vec<String> = order.iter().map(|column| quote(&column.column)).collect();
    let is_one_way = order.iter().all(|column| column.direction == first.direction);
    is_one_way.then(|| format!("{} {} {}", row(&columns), operator(first.direction), row(&values)))
}

fn operator(direction: SortDirection) -> char {
    match direction {
        SortDirection::Ascending => '>',
        SortDirection::Descending => '<',
    }
}

fn row(parts: &[String]) -> String {
    match parts {
        [part] => part.clone(),
        parts => format!("({})", parts.join(", ")),
    }
}
