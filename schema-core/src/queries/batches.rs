//! The statements of an update or delete that runs in batches: each changes a bounded number of rows, independently of the others.
//!
//! Rows that a batch has changed are not to be met again. Deleted ones are gone, and so is a row that no longer meets the
//! conditions; then every batch is the same statement. Otherwise a batch continues after the last row of the one before,
//! in the order of a page.

use super::statements::{conditions, filter, limit, order_by, written};
use super::{Resolved, conjuncts, equals, keyset};
use crate::expression::Fact;
use crate::schema::{Assignment, QueryShape};
use crate::sql::dml::{Parameters, without_modifier};
use crate::sql::quote;

/// How a query goes from batch to batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batches {
    /// The changed rows are not found again: the same statement again.
    Again,
    /// Behind the last row: a first statement, and one for the rest.
    Behind,
}

impl Resolved<'_> {
    /// How the query goes from batch to batch; `None` where it does not run in batches.
    #[must_use]
    pub fn batches(&self) -> Option<Batches> {
        self.query.batch?;
        Some(match &self.query.shape {
            QueryShape::Update(set) if !set.iter().any(|set| self.lets_go(set)) => Batches::Behind,
            QueryShape::Update(_) | QueryShape::Delete => Batches::Again,
            _ => return None,
        })
    }

    /// Whether a row that has this value is no longer found.
    fn lets_go(&self, set: &Assignment) -> bool {
        let Some(value) = &set.value else { return false };
        let becomes = match value.sql.trim().to_ascii_lowercase().as_str() {
            // Constants are compared; of these it is known that they are something.
            "now()" | "current_timestamp" | "clock_timestamp()" | "statement_timestamp()" | "gen_random_uuid()" => {
                vec![Fact::NotNull(set.column.clone())]
            }
            _ => conjuncts(&equals(self.table, &set.column, value)).into_iter().map(|it| it.fact).collect(),
        };
        self.facts.iter().any(|said| becomes.iter().any(|becomes| said.fact.excludes(becomes, self.table)))
    }
}

/// The statement of a batch that leaves none of its rows behind.
pub(super) fn again(resolved: &Resolved<'_>) -> String {
    let table = resolved.table;
    let (name, key) = (quote(&table.name), &table.primary_key.columns);
    let mut parameters = Parameters::default();
    let conditions = filter(&conditions(resolved, &mut parameters));
    let (change, lock) = written(resolved, &mut parameters);
    let most = resolved.query.batch.map(|most| limit(most, &mut parameters)).unwrap_or_default();
    let rows = |columns: &str| {
        format!("SELECT {columns} FROM {name}{conditions}{}{most} FOR {lock}", order_by(resolved, &resolved.order))
    };
    // Not `IN (SELECT …)`, which the planner may run more than once and then changes more rows than the limit.
    if let [key] = key.as_slice() {
        let key = quote(key);
        return format!("{change} WHERE {key} = ANY (ARRAY({}))", rows(&key));
    }
    let from = if change.starts_with("DELETE") { "USING" } else { "FROM" };
    let picked = picked(key);
    format!(
        "WITH picked AS MATERIALIZED ({}) {change} {from} picked WHERE {}",
        rows(&named(key, &picked)),
        same(resolved, key, &picked)
    )
}

/// The first statement, and the one that continues after a row.
pub(super) fn behind(resolved: &Resolved<'_>) -> [String; 2] {
    [false, true].map(|goes_on| batch_behind(resolved, goes_on))
}

fn batch_behind(resolved: &Resolved<'_>, goes_on: bool) -> String {
    let (table, order) = (resolved.table, &resolved.order);
    let (name, key) = (quote(&table.name), &table.primary_key.columns);
    let mut parameters = Parameters::default();
    let mut conditions = conditions(resolved, &mut parameters);
    let (change, lock) = written(resolved, &mut parameters);
    if goes_on {
        let values = order.iter().filter_map(|ordered| table.column(&ordered.column));
        let values: Vec<String> = values.map(|column| parameters.typed(column)).collect();
        conditions.extend(keyset::behind(order, &values));
    }
    // The order, then what is missing of the key: what is pinned is in no order.
    let mut columns: Vec<String> = order.iter().map(|ordered| ordered.column.clone()).collect();
    let rest: Vec<String> = key.iter().filter(|column| !columns.contains(column)).cloned().collect();
    columns.extend(rest);
    let names = picked(&columns);
    let last: Vec<String> = order
        .iter()
        .zip(&names)
        .map(|(ordered, name)| match ordered.direction {
            crate::schema::SortDirection::Ascending => format!("{name} DESC"),
            crate::schema::SortDirection::Descending => name.clone(),
        })
        .collect();
    let given = order.iter().zip(&names);
    let given: Vec<String> =
        given.map(|(ordered, name)| format!("{name}{}", without_modifier(table, &ordered.column))).collect();
    let key_names: Vec<String> = key
        .iter()
        .filter_map(|column| columns.iter().position(|it| it == column))
        .map(|at| names[at].clone())
        .collect();
    let found = match key.as_slice() {
        [one] => format!("WHERE {name}.{} = ANY (ARRAY(SELECT {} FROM picked))", quote(one), key_names.concat()),
        key => format!("FROM picked WHERE {}", same(resolved, key, &key_names)),
    };
    format!(
        "WITH picked AS MATERIALIZED (SELECT {} FROM {name}{}{} LIMIT {} FOR {lock}), changed AS ({change} {found}) \
         SELECT {}, (SELECT count(*) FROM picked) FROM picked ORDER BY {} LIMIT 1",
        named(&columns, &names),
        filter(&conditions),
        order_by(resolved, order),
        parameters.next(),
        given.join(", "),
        last.join(", ")
    )
}

/// Names that are none of the table's columns, which the change may name bare.
fn picked(columns: &[String]) -> Vec<String> {
    (1..=columns.len()).map(|number| format!("picked_{number}")).collect()
}

fn named(columns: &[String], names: &[String]) -> String {
    columns
        .iter()
        .zip(names)
        .map(|(column, name)| format!("{} AS {name}", quote(column)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn same(resolved: &Resolved<'_>, key: &[String], names: &[String]) -> String {
    let table = quote(&resolved.table.name);
    let same = key.iter().zip(names).map(|(column, name)| format!("{table}.{} = picked.{name}", quote(column)));
    same.collect::<Vec<_>>().join(" AND ")
}
