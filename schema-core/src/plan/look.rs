//! What a file looks for before it locks anything: rows that would make it fail, found while everything goes on.
//!
//! The look stands in the file, so whoever runs it has it; the runner runs the looks of all pending files before the first
//! of them. It is bounded by `statement_timeout`: what decides is the constraint itself.

use super::Script;
use super::planner::Planner;
use crate::schema::{Column, Index, KeyTarget, Table};
use crate::sql::{ddl, quote};

/// A look at the rows of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The table.
    pub table: String,
    /// The statement, which raises an exception with the rows that it finds.
    pub statement: String,
}

/// How a row is named in a message.
struct RowName {
    /// As a text, as SQL over the row.
    text: String,
    /// As the columns of a query.
    columns: String,
    /// In words.
    words: String,
}

impl Script {
    /// The same, which looks before it locks anything.
    #[must_use]
    pub fn look(mut self, look: Option<Look>) -> Self {
        self.looks.extend(look);
        self
    }
}

impl Planner<'_> {
    /// A look for rows that meet a condition; nothing where the table is new, or no block of code can look.
    pub(super) fn look_for(&self, table: &str, condition: &str, found: &str, cure: &str) -> Option<Look> {
        let row = self.row_name(table)?;
        let name = quote(table);
        let query = format!("SELECT {} AS found FROM {name} WHERE {condition}", row.text);
        let all = format!("{cure}: SELECT {} FROM {name} WHERE {condition};", row.columns);
        Some(of(table, &query, found, &format!("the first of them, by {}: ", row.words), &all))
    }

    /// A look for rows that a unique index would refuse.
    pub(super) fn look_for_twins(&self, table: &Table, index: &Index) -> Option<Look> {
        let row = self.row_name(&table.name)?;
        let empty = |column: &Column| {
            let key = (table.name.clone(), column.name.clone());
            let new = self.added.contains(&key) && !self.filled.contains(&key);
            new && column.default.is_none() && column.generated.is_none() && !index.nulls_not_distinct
        };
        let keys: Vec<(String, bool)> = index
            .key
            .iter()
            .map(|key| match &key.target {
                KeyTarget::Column(name) => (quote(name), table.column(name).is_some_and(empty)),
                KeyTarget::Expression(text) => (format!("({text})"), false),
            })
            .collect();
        if !index.unique || keys.iter().any(|(_, is_empty)| *is_empty) {
            return None;
        }
        let list = keys.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(", ");
        let mut conditions: Vec<String> = index.predicate.iter().map(|text| format!("({text})")).collect();
        if !index.nulls_not_distinct {
            conditions.extend(keys.iter().map(|(key, _)| format!("{key} IS NOT NULL")));
        }
        let rows = if conditions.is_empty() { String::new() } else { format!(" WHERE {}", conditions.join(" AND ")) };
        let (name, text) = (quote(&table.name), &row.text);
        let twins = format!("FROM {name}{rows} GROUP BY {list} HAVING count(*) > 1");
        let query = format!("SELECT min({text}) || ' and ' || max({text}) AS found {twins}");
        let message =
            format!("some rows of {} have the same values in {}, which is to be unique", table.name, words(index));
        let all = format!("change or delete all but one of each: SELECT {list}, count(*) {twins};");
        Some(of(&table.name, &query, &message, &format!("the first pairs, by {}: ", row.words), &all))
    }

    /// By its key, where that is the same before and after, and is nobody's name or address.
    fn row_name(&self, table: &str) -> Option<RowName> {
        if !self.dialect.anonymous_loops {
            return None;
        }
        let was = self.moved.iter().find(|(_, new)| *new == table).map_or(table, |(old, _)| old);
        let was = self.called.get(table).map_or(was, String::as_str);
        let old = self.old().tables.get(table).or_else(|| self.old().tables.get(was))?;
        let new = self.new_schema().tables.get(table);
        let is_known = |name: &String| {
            let both = [Some(old), new].into_iter().flatten();
            let columns: Vec<Option<&Column>> = both.map(|table| table.column(name)).collect();
            columns.iter().all(|column| column.is_some_and(|it| !it.pii))
                && !self.filled.contains(&(table.to_owned(), name.clone()))
        };
        let key = &old.primary_key.columns;
        let known = !key.is_empty() && key.iter().all(is_known);
        let names: Vec<String> =
            if known { key.iter().map(|name| quote(name)).collect() } else { vec!["ctid".to_owned()] };
        let columns = names.join(", ");
        Some(RowName {
            text: if let [one] = names.as_slice() { format!("{one}::TEXT") } else { format!("ROW({columns})::TEXT") },
            columns: columns.clone(),
            words: if known { columns } else { "their place in the table (ctid)".to_owned() },
        })
    }
}

fn of(table: &str, query: &str, found: &str, which: &str, all: &str) -> Look {
    let partly = format!("there was no time to look at every row of {table}: what follows looks at the others");
    Look { table: table.to_owned(), statement: ddl::look(query, found, which, all, &partly) }
}

/// What an index is over.
fn words(index: &Index) -> String {
    let keys = index.key.iter().map(|key| match &key.target {
        KeyTarget::Column(name) => name.clone(),
        KeyTarget::Expression(text) => text.clone(),
    });
    format!("({})", keys.collect::<Vec<_>>().join(", "))
}
