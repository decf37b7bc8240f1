//! Sample rows: rows that meet the types, keys and checks of a schema, the same for the same schema.
//!
//! What a check says is met by looking for it: values from its own constants and patterns are tried, and the check is
//! evaluated over them. What only a server can tell is left to it: the caller inserts a row, and asks for another one where
//! the server refuses. The rows that went in are told back, so that others can reference them.

mod candidates;
mod pattern;
mod search;
mod values;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::schema::{Column, Generated, Schema, Table};
use crate::sql::{literal, quote, quote_list};

pub use search::MOST_ATTEMPTS;

/// A row: the text of each column's value, as the server reads it. `None` is NULL; what the server gives is not in it.
pub type Row = BTreeMap<String, Option<String>>;

/// Why there is no row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Missing {
    /// No value of a type is known here.
    Type {
        /// The column.
        column: String,
        /// Its type, as SQL.
        sql_type: String,
    },
    /// No row was found that meets a check, a unique key or a foreign key.
    Constraint(String),
    /// The server took none of the rows.
    Refused(String),
}

/// A table for which there is no row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unfilled {
    /// The table.
    pub table: String,
    /// Why.
    pub why: Missing,
}

impl std::fmt::Display for Unfilled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { table, why } = self;
        match why {
            Missing::Type { column, sql_type } => {
                write!(f, "{table} has no sample rows: no value of {sql_type} is known for {column}")
            }
            Missing::Constraint(name) => write!(f, "{table} has no sample rows: none was found that meets {name}"),
            Missing::Refused(message) => write!(f, "{table} has no sample rows: the server took none ({message})"),
        }
    }
}

/// Makes rows of a schema, and knows those that there are.
#[derive(Clone, Debug)]
pub struct Samples<'a> {
    schema: &'a Schema,
    /// Schemas that the rows shall meet too, as far as they have the tables.
    also: Vec<&'a Schema>,
    rows: BTreeMap<String, Vec<Row>>,
}

impl<'a> Samples<'a> {
    /// Begins without rows. The rows meet other schemas too, as far as those have the same tables and columns: what a
    /// program writes while the database changes from one to the other.
    #[must_use]
    pub fn new(schema: &'a Schema, also: Vec<&'a Schema>) -> Self {
        Self { schema, also, rows: BTreeMap::new() }
    }

    /// The tables, each after those that it references, except where that is a cycle.
    #[must_use]
    pub fn tables(&self) -> Vec<&'a Table> {
        let mut order: Vec<&Table> = Vec::new();
        for table in self.schema.tables.values() {
            self.visit(table, &mut order, &mut Vec::new());
        }
        order
    }

    fn visit(&self, table: &'a Table, order: &mut Vec<&'a Table>, path: &mut Vec<&'a str>) {
        if order.iter().any(|done| done.name == table.name) || path.contains(&table.name.as_str()) {
            return;
        }
        path.push(&table.name);
        // What must be there comes first; a cycle is cut where a row may reference nothing.
        for required in [true, false] {
            for key in &table.foreign_keys {
                let is_required =
                    key.columns.iter().all(|name| table.column(name).is_some_and(|column| !column.nullable));
                if let Some(target) = self.schema.tables.get(&key.table).filter(|_| is_required == required) {
                    self.visit(target, order, path);
                }
            }
        }
        path.pop();
        if !order.iter().any(|done| done.name == table.name) {
            order.push(table);
        }
    }

    /// Takes note of a row that is in the database.
    pub fn learn(&mut self, table: &str, row: Row) {
        self.rows.entry(table.to_owned()).or_default().push(row);
    }

    /// The rows of a table that are known to be in the database.
    #[must_use]
    pub fn rows(&self, table: &str) -> &[Row] {
        self.rows.get(table).map_or(&[], Vec::as_slice)
    }

    /// A new row. Its values follow from the number, which no other row of the table should have; with further attempts,
    /// what only the server can judge is tried in other ways.
    ///
    /// # Errors
    /// What kept it from being made.
    pub fn row(&self, table: &Table, number: usize, attempt: usize) -> Result<Row, Unfilled> {
        search::row(self, table, number, attempt).map_err(|why| Unfilled { table: table.name.clone(), why })
    }

    /// What a table is in the other schemas.
    fn twins<'s>(&'s self, table: &'s Table) -> impl Iterator<Item = &'a Table> + 's {
        self.also.iter().filter_map(|schema| {
            let becomes = |other: &&Table| other.renamed_from.as_deref() == Some(&table.name);
            schema.tables.values().find(becomes).or_else(|| schema.tables.get(&table.name))
        })
    }
}

/// What a column is in another schema's table.
fn twin<'t>(column: &Column, table: &'t Table) -> Option<&'t Column> {
    let stays = table.column(&column.name).filter(|same| same.renamed_from.is_none());
    let becomes = |other: &&Column| other.renamed_from.as_deref() == Some(&column.name);
    stays.or_else(|| table.columns.iter().find(becomes)).or_else(|| table.column(&column.name))
}

/// Whether a row says the column's value: what the server numbers or computes is left to it.
fn is_given(column: &Column) -> bool {
    let numbered = column.sql_type.numbered().is_some()
        || column.generated == Some(Generated::IdentityByDefault)
        || column.default.as_ref().is_some_and(|default| default.to_ascii_lowercase().contains("nextval("));
    column.insertable() && !numbered
}

/// The statement that inserts a row, and gives every column back as text.
#[must_use]
pub fn insert(table: &Table, row: &Row) -> String {
    let back: Vec<String> = table.columns.iter().map(|column| as_text(&column.name)).collect();
    let name = quote(&table.name);
    let into = if row.is_empty() {
        format!("INSERT INTO {name} DEFAULT VALUES")
    } else {
        let columns: Vec<&String> = row.keys().collect();
        let values: Vec<String> = row.values().map(|value| value_sql(value.as_deref())).collect();
        format!("INSERT INTO {name} ({}) VALUES ({})", quote_list(&columns), values.join(", "))
    };
    format!("{into} RETURNING {}", back.join(", "))
}

/// The statement that reads the rows that there are, every column as text, in an order.
#[must_use]
pub fn select(table: &Table, most: usize) -> String {
    let columns: Vec<String> = table.columns.iter().map(|column| as_text(&column.name)).collect();
    format!("SELECT {} FROM {} ORDER BY {} LIMIT {most}", columns.join(", "), quote(&table.name), places(columns.len()))
}

/// `1, 2, 3`
fn places(count: usize) -> String {
    (1..=count).map(|place| place.to_string()).collect::<Vec<_>>().join(", ")
}

fn as_text(column: &str) -> String {
    format!("{0}::TEXT AS {0}", quote(column))
}

/// A value as SQL: a text that takes the type of where it stands.
#[must_use]
pub fn value_sql(value: Option<&str>) -> String {
    value.map_or_else(|| "NULL".to_owned(), literal)
}
