//! The statements of a declared query: constants with numbered parameters. The conditions' parameters come first, then the
//! columns that are set, then the cursor's values, then the limit.

use super::batches::{self, Batches};
use super::{Resolved, equals, keyset, live};
use crate::expression::operand_of_and;
use crate::schema::{Assignment, Limit, Nulls, OrderColumn, QueryShape, Value};
use crate::sql::dml::{Parameters, given_back, mark, touch, touched, without_modifier};
use crate::sql::{quote, quote_list};

/// The statements of a list that is read page by page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The first page.
    pub first: String,
    /// The page after a row: one for each set of order columns that are NULL in it. Bit 0 of the place stands for the
    /// first order column that is nullable.
    pub after: Vec<String>,
    /// The page before a row, from its end; as `after`.
    pub before: Vec<String>,
}

/// The columns that a query reads: the row's, then the order columns that a page's cursor needs besides; of a batch that
/// continues after a row, the order columns.
#[must_use]
pub fn selected(resolved: &Resolved<'_>) -> Vec<String> {
    let query = resolved.query;
    if query.batch.is_some() {
        return resolved.order.iter().map(|column| column.column.clone()).collect();
    }
    if query.columns.is_empty() {
        return resolved.table.columns.iter().map(|column| column.name.clone()).collect();
    }
    let mut columns = query.columns.clone();
    if query.shape == QueryShape::Page {
        let more = resolved.order.iter().map(|column| &column.column).filter(|column| !query.columns.contains(column));
        columns.extend(more.cloned());
    }
    columns
}

pub(super) fn conditions(resolved: &Resolved<'_>, parameters: &mut Parameters) -> Vec<String> {
    let Resolved { table, query, .. } = resolved;
    let mut conditions: Vec<String> = query
        .parameters
        .iter()
        .map(|parameter| {
            let column = quote(&parameter.column);
            match &parameter.value {
                Value::Equal => format!("{column} = {}", parameters.next()),
                Value::Any { .. } => format!("{column} = ANY ({})", parameters.next()),
                Value::Bound { comparison, .. } => format!("{column} {} {}", comparison.operator(), parameters.next()),
                Value::Constant(constant) => equals(table, &parameter.column, constant),
            }
        })
        .collect();
    conditions.extend(query.predicate.as_deref().map(operand_of_and));
    conditions.extend(live(table, query).map(str::to_owned));
    conditions
}

pub(super) fn filter(conditions: &[String]) -> String {
    if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) }
}

/// ` ORDER BY …`, with the place of NULLs where there can be any: databases differ in what they do unasked.
pub(super) fn order_by(resolved: &Resolved<'_>, order: &[OrderColumn]) -> String {
    order_of(resolved, order, &quote(&resolved.table.name))
}

/// The same of rows that have another name. A bare name would mean what the statement gives back under it, and an index is
/// not in the order of that where it is a cast.
fn order_of(resolved: &Resolved<'_>, order: &[OrderColumn], rows: &str) -> String {
    if order.is_empty() {
        return String::new();
    }
    let columns: Vec<String> = order
        .iter()
        .map(|column| {
            let direction = if column.direction == crate::schema::SortDirection::Descending { " DESC" } else { "" };
            // Whether or not there are any, an index is read only in the order that it states.
            let nullable = resolved.table.column(&column.column).is_some_and(|column| column.nullable);
            let stated = column.nulls.is_some() || nullable;
            let nulls = match column.nulls() {
                _ if !stated => "",
                Nulls::First => " NULLS FIRST",
                Nulls::Last => " NULLS LAST",
            };
            let is_cast = !rows.is_empty() && !without_modifier(resolved.table, &column.column).is_empty();
            let of = if is_cast { format!("{rows}.") } else { String::new() };
            format!("{of}{}{direction}{nulls}", quote(&column.column))
        })
        .collect();
    format!(" ORDER BY {}", columns.join(", "))
}

pub(super) fn limit(limit: Limit, parameters: &mut Parameters) -> String {
    match limit {
        Limit::Rows(rows) => format!(" LIMIT {rows}"),
        Limit::Given => format!(" LIMIT {}", parameters.next()),
    }
}

/// The statement of a query; a page's is its first.
#[must_use]
pub fn statement(resolved: &Resolved<'_>) -> String {
    let Resolved { table, query, .. } = resolved;
    let name = quote(&table.name);
    match resolved.batches() {
        Some(Batches::Again) => return batches::again(resolved),
        Some(Batches::Behind) => return batch_pages(resolved).first,
        None => {}
    }
    let mut parameters = Parameters::default();
    let filter = filter(&conditions(resolved, &mut parameters));
    let rows = || format!("SELECT {} FROM {name}{filter}", given_back(table, &selected(resolved)));
    let order = || order_by(resolved, &resolved.order);
    match &query.shape {
        QueryShape::One | QueryShape::Optional if resolved.is_unique => rows(),
        QueryShape::One | QueryShape::Optional => format!("{}{} LIMIT 1", rows(), order()),
        QueryShape::All(most) => format!("{}{}{}", rows(), order(), limit(*most, &mut parameters)),
        QueryShape::Page => pages(resolved).first,
        QueryShape::Count => format!("SELECT count(*) FROM {name}{filter}"),
        QueryShape::Exists => format!("SELECT EXISTS (SELECT 1 FROM {name}{filter})"),
        QueryShape::Update(_) | QueryShape::Delete => format!("{}{filter}", written(resolved, &mut parameters).0),
        QueryShape::Claim(most) => {
            format!("{}{}{} FOR UPDATE SKIP LOCKED", rows(), order(), limit(*most, &mut parameters))
        }
    }
}

/// What an update or delete does to the rows that it finds, and how strong a lock that takes.
pub(super) fn written(resolved: &Resolved<'_>, parameters: &mut Parameters) -> (String, &'static str) {
    let Resolved { table, query, .. } = resolved;
    let name = quote(&table.name);
    match (&query.shape, table.soft_delete.filter(|_| !query.include_deleted)) {
        (QueryShape::Update(set), _) => {
            let mut assignments: Vec<String> = set.iter().map(|set| assignment(set, parameters)).collect();
            let is_set = |column: &str| set.iter().any(|set| set.column == column);
            assignments.extend(touched(table).into_iter().filter(|(column, _)| !is_set(column)).map(|(_, sql)| sql));
            (format!("UPDATE {name} SET {}", assignments.join(", ")), "NO KEY UPDATE")
        }
        (_, Some(soft)) => (format!("UPDATE {name} SET {}{}", mark(soft), touch(table)), "NO KEY UPDATE"),
        (_, None) => (format!("DELETE FROM {name}"), "UPDATE"),
    }
}

fn assignment(set: &Assignment, parameters: &mut Parameters) -> String {
    match &set.value {
        Some(constant) => format!("{} = {}", quote(&set.column), constant.sql),
        None => format!("{} = {}", quote(&set.column), parameters.next()),
    }
}

/// The statements of a query that continues after rows: a page's, or a batch's.
#[must_use]
pub fn statements(resolved: &Resolved<'_>) -> Pages {
    if resolved.query.shape == QueryShape::Page { pages(resolved) } else { batch_pages(resolved) }
}

/// The statements of a query that is read page by page.
#[must_use]
pub fn pages(resolved: &Resolved<'_>) -> Pages {
    let forward = &resolved.order;
    let backward: Vec<OrderColumn> = forward.iter().map(OrderColumn::reversed).collect();
    let sets = 1_usize << resolved.nullable_order().len();
    let from = |order: &[OrderColumn]| (0..sets).map(|nulls| page(resolved, order, Some(nulls))).collect();
    Pages { first: page(resolved, forward, None), after: from(forward), before: from(&backward) }
}

/// The statements of an update that continues after the last row of its batch. Nothing leads back.
#[must_use]
pub fn batch_pages(resolved: &Resolved<'_>) -> Pages {
    let [first, behind] = batches::behind(resolved);
    Pages { first, after: vec![behind], before: Vec::new() }
}

/// One statement; `nulls` says which order columns are NULL in the row that it starts after.
///
/// Where the rows after it are several ranges of the index, each gives the first of its rows, and those are merged.
fn page(resolved: &Resolved<'_>, order: &[OrderColumn], nulls: Option<usize>) -> String {
    let table = resolved.table;
    let mut parameters = Parameters::default();
    let conditions = conditions(resolved, &mut parameters);
    let ranges = nulls.map(|nulls| {
        let mut bit = 1;
        let values: Vec<Option<String>> = order
            .iter()
            .filter_map(|ordered| table.column(&ordered.column))
            .map(|column| {
                let nullable = resolved.takes_null(&column.name);
                let is_null = nullable && nulls & bit != 0;
                if nullable {
                    bit <<= 1;
                }
                (!is_null).then(|| parameters.typed(column))
            })
            .collect();
        keyset::ranges(resolved, order, &values)
    });
    let limit = format!(" LIMIT {}", parameters.next());
    let end = format!("{}{limit}", order_by(resolved, order));
    let selected = selected(resolved);
    let given = given_back(table, &selected);
    let rows = |range: &[String], columns: &str| {
        let all: Vec<String> = conditions.iter().chain(range).cloned().collect();
        format!("SELECT {columns} FROM {}{}{end}", quote(&table.name), filter(&all))
    };
    match ranges.as_deref() {
        None => rows(&[], &given),
        Some([]) => rows(&["false".to_owned()], &given),
        Some([range]) => rows(range, &given),
        Some(ranges) => {
            let columns = quote_list(&selected);
            let ranges: Vec<String> = ranges.iter().map(|range| format!("({})", rows(range, &columns))).collect();
            let merged = format!("{}{}{limit}", ranges.join(" UNION ALL "), order_of(resolved, order, ""));
            if given == columns {
                return merged;
            }
            // Ranges are merged in the order of the index, before anything is cast.
            format!("SELECT {given} FROM ({merged}) AS page{}", order_of(resolved, order, "page"))
        }
    }
}
