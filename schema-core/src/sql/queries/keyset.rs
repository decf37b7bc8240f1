//! The condition of a page: the rows behind one row, in an order of any columns and directions.

use super::super::ident::quote;
use super::Resolved;
use crate::schema::{Direction, Nulls, OrderColumn};

/// What the rows behind a row meet; `None` where no row can be. `values` are the row's: NULL where absent.
///
/// One direction and no NULL behind it is a comparison of rows, which is one range of an index. Otherwise the comparison
/// is taken apart, with a bound in front wherever there is one.
pub(super) fn behind(resolved: &Resolved<'_>, order: &[OrderColumn], values: &[Option<String>]) -> Option<String> {
    let (first, rest) = order.split_first()?;
    let (value, other_values) = values.split_first()?;
    let nulls_follow = |column: &OrderColumn| resolved.takes_null(&column.column) && column.nulls() == Nulls::Last;
    if let Some(values) = values.iter().cloned().collect::<Option<Vec<String>>>()
        && order.iter().all(|column| column.direction == first.direction && !nulls_follow(column))
    {
        let columns: Vec<String> = order.iter().map(|column| quote(&column.column)).collect();
        return Some(format!("{} {} {}", row(&columns), operator(first.direction), row(&values)));
    }
    let column = quote(&first.column);
    let tied = behind(resolved, rest, other_values);
    match value {
        None if first.nulls() == Nulls::First => Some(match tied {
            Some(tied) => format!("({column} IS NOT NULL OR {tied})"),
            None => format!("{column} IS NOT NULL"),
        }),
        None => tied.map(|tied| format!("{column} IS NULL AND {tied}")),
        Some(value) => {
            let operator = operator(first.direction);
            let with_value = match tied {
                Some(tied) => format!("{column} {operator}= {value} AND ({column} {operator} {value} OR {tied})"),
                None => format!("{column} {operator} {value}"),
            };
            Some(if nulls_follow(first) { format!("({with_value} OR {column} IS NULL)") } else { with_value })
        }
    }
}

fn operator(direction: Direction) -> char {
    match direction {
        Direction::Ascending => '>',
        Direction::Descending => '<',
    }
}

fn row(parts: &[String]) -> String {
    match parts {
        [part] => part.clone(),
        parts => format!("({})", parts.join(", ")),
    }
}
