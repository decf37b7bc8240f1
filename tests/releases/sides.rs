//! The table of the change as each release knows it, and how a value of one is read by the other.

use tablewright_core::plan::Allowed;
use tablewright_core::schema::{Column, Generated, Schema, SqlType, Table};
use tablewright_core::sql::{literal, quote};

use super::reference::{Held, View};
use crate::harness::values::{counterpart, counterpart_column};

/// A release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

impl Side {
    pub fn other(self) -> Self {
        if self == Self::Old { Self::New } else { Self::Old }
    }

    pub fn words(self) -> &'static str {
        if self == Self::Old { "the old release" } else { "the new release" }
    }
}

/// The table of the change, twice.
#[derive(Clone, Copy)]
pub struct Sides<'a> {
    pub schemas: [&'a Schema; 2],
    pub tables: [&'a Table; 2],
    pub allowed: &'a Allowed,
}

/// What each statement sets, or the server.
const NOT_COMPARED: [&str; 2] = ["created_at", "updated_at"];

impl<'a> Sides<'a> {
    pub fn new(old: &'a Schema, new: &'a Schema, allowed: &'a Allowed) -> Option<Self> {
        let table = old.tables.get("items")?;
        let now = counterpart(table, new)?;
        Some(Self { schemas: [old, new], tables: [table, now], allowed })
    }

    pub fn table(&self, side: Side) -> &'a Table {
        self.tables[side as usize]
    }

    pub fn schema(&self, side: Side) -> &'a Schema {
        self.schemas[side as usize]
    }

    /// The columns that are compared.
    pub fn columns(&self, side: Side) -> impl Iterator<Item = &'a Column> + use<'a> {
        self.table(side).columns.iter().filter(|column| !NOT_COMPARED.contains(&column.name.as_str()))
    }

    /// What a column of a release is to the other one.
    pub fn twin(&self, side: Side, column: &Column) -> Option<&'a Column> {
        // A column that the server computes on one side only holds another thing.
        let computed = |column: &Column| matches!(column.generated, Some(Generated::Stored(_)));
        counterpart_column(column, self.table(side.other())).filter(|twin| computed(twin) == computed(column))
    }

    /// Whether it was said that the values of a column may be lost.
    pub fn may_lose(&self, side: Side, column: &Column) -> bool {
        let names = [Some(column.name.as_str()), self.twin(side, column).map(|twin| twin.name.as_str())];
        let tables = self.tables.iter().map(|table| &table.name);
        let mut paths =
            tables.flat_map(|table| names.iter().flatten().map(move |name| format!("loses {table}.{name}")));
        paths.any(|path| self.allowed.acknowledged.contains(&path))
    }

    /// Both columns take NULL, so that each release may write it at any time.
    pub fn takes_null(&self, side: Side, column: &Column) -> bool {
        column.nullable && self.twin(side, column).is_none_or(|twin| twin.nullable)
    }

    /// How the release reads what the other one wrote, as SQL over the other's row; nothing where that is not said anywhere.
    pub fn read_by(&self, reader: Side, column: &Column) -> Option<String> {
        let twin = self.twin(reader, column)?;
        if self.may_lose(reader, column) {
            return None;
        }
        let name = quote(&twin.name);
        if let Some(enumeration) = self.renamed_values(reader, column, twin) {
            return Some(enumeration);
        }
        match (&column.backfill, reader) {
            // The author says how it becomes the other.
            (Some(backfill), Side::New) if column.sql_type != twin.sql_type => Some(backfill.clone()),
            (Some(backfill), Side::New) if !column.nullable && twin.nullable => {
                Some(format!("coalesce({name}, {backfill})"))
            }
            _ => Some(format!("CAST({name} AS {})", type_name(column))),
        }
    }

    /// The values of an enumeration under the names that they have for the reader.
    fn renamed_values(&self, reader: Side, column: &Column, twin: &Column) -> Option<String> {
        let named = if reader == Side::New { column } else { twin };
        let is = &self.schema(Side::New).enumerations.get(named.enumeration.as_ref()?)?.values;
        let whens: Vec<String> = is
            .iter()
            .filter_map(|value| Some((value.renamed_from.as_ref()?, &value.value)))
            .map(|(old, new)| {
                let (from, to) = if reader == Side::New { (old, new) } else { (new, old) };
                format!("WHEN {} THEN {}", literal(from), literal(to))
            })
            .collect();
        let name = quote(&twin.name);
        (!whens.is_empty()).then(|| format!("CASE {name} {} ELSE {name} END", whens.join(" ")))
    }

    /// What a column is in a row that the other release inserts, which does not know it.
    pub fn unknown(side: Side, column: &Column) -> Start {
        if let Some(Generated::Stored(expression)) = &column.generated {
            return Start::Expression(expression.clone());
        }
        if let (Some(backfill), Side::New) = (&column.backfill, side) {
            return Start::Expression(backfill.clone());
        }
        match &column.default {
            Some(default) if is_constant(default) => Start::Expression(default.clone()),
            None if column.nullable && column.generated.is_none() => Start::Null,
            _ => Start::Any,
        }
    }
}

/// What a column starts with.
pub enum Start {
    Null,
    Any,
    /// SQL over the row.
    Expression(String),
}

/// Whether a default has the same value each time.
pub fn is_constant(default: &str) -> bool {
    !default.contains('(')
}

/// The type as the scratch database knows it, which has no types of its own.
pub fn type_name(column: &Column) -> String {
    if column.enumeration.is_some() { "TEXT".to_owned() } else { as_plain(&column.sql_type).to_string() }
}

fn as_plain(sql_type: &SqlType) -> SqlType {
    match sql_type {
        SqlType::Other(_) => SqlType::Text,
        sql_type => sql_type.numbered().unwrap_or_else(|| sql_type.clone()),
    }
}

/// A row as SQL can read it: `(SELECT CAST('a' AS TEXT) AS note) AS items`. A column that nobody can say is NULL.
pub fn row<'a>(columns: impl Iterator<Item = &'a Column>, view: &View) -> String {
    let list: Vec<String> = columns
        .map(|column| {
            let value = match view.get(&column.name) {
                Some(Held::Is(Some(text))) => literal(text),
                _ => "NULL".to_owned(),
            };
            format!("CAST({value} AS {}) AS {}", type_name(column), quote(&column.name))
        })
        .collect();
    format!("(SELECT {}) AS items", list.join(", "))
}
