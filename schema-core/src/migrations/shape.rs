//! What a table consists of, in a form that the models and a database give alike: a hash for each part, by name.
//!
//! The lock records it after each migration for the tables that the migration changes, so that a database can be asked whether
//! it is still what its last migration left. A server spells expressions in its own way, so of a check, a default or a
//! predicate only the presence counts here; `cargo schema drift` compares the texts too.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::checksum;
use crate::schema::{Column, Generated, Index, KeyTarget, Schema, SqlType, Table};
use crate::sql::ddl;

/// The digits of a part's hash: enough that no two forms of one part are alike by chance.
const DIGITS: usize = 8;

/// A table at one point of its history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<String>", into = "Vec<String>")]
pub enum Shape {
    /// Its parts, each with its hash.
    Parts(BTreeMap<String, String>),
    /// The table is not there any more.
    Gone,
    /// Two branches changed it, and it was never written down how it was in between.
    Unknown,
}

/// How a part of a table is not what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unlike {
    /// It should be there: `the column note`.
    Missing(String),
    /// Nothing made it.
    New(String),
    /// It is another one.
    Different(String),
    /// The table itself is not there.
    NoTable,
    /// The table is there, and should not.
    Table,
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(part) => write!(f, "the {part} is missing"),
            Self::New(part) => write!(f, "the {part} is there, and no migration made it"),
            Self::Different(part) => write!(f, "the {part} is different"),
            Self::NoTable => f.write_str("the table is missing"),
            Self::Table => f.write_str("the table is there, and a migration dropped it"),
        }
    }
}

impl Shape {
    /// That of a table.
    #[must_use]
    pub fn of(table: &Table) -> Self {
        let mut parts = BTreeMap::new();
        let mut add = |name: String, form: String| {
            let sum = checksum(form.as_bytes());
            let digits = sum.rsplit(':').next().unwrap_or_default();
            parts.insert(name, digits.chars().take(DIGITS).collect());
        };
        for column in &table.columns {
            add(format!("column {}", column.name), of_column(column));
        }
        if !table.primary_key.columns.is_empty() {
            add("primary key".to_owned(), table.primary_key.columns.join(","));
        }
        for key in &table.foreign_keys {
            add(format!("foreign key {}", key.name), ddl::foreign_key_body(key));
        }
        // A unique key is a constraint or an index, and the server may say the one of the other.
        for index in table.uniques.iter().map(ddl::unique_index).chain(table.indexes.iter().cloned()) {
            add(format!("index {}", index.name), of_index(&index));
        }
        for check in &table.checks {
            add(format!("check {}", check.name), String::new());
        }
        for exclusion in &table.exclusions {
            add(format!("exclusion constraint {}", exclusion.name), exclusion.elements.len().to_string());
        }
        for trigger in &table.triggers {
            add(
                format!("trigger {}", trigger.name),
                (if trigger.for_each_row { "row" } else { "statement" }).to_owned(),
            );
        }
        for policy in &table.policies {
            add(format!("policy {}", policy.name), format!("{} {}", policy.command, policy.permissive));
        }
        Self::Parts(parts)
    }

    /// How a table of a database differs from it; `None` where there is no such table.
    #[must_use]
    pub fn unlike(&self, found: Option<&Self>) -> Vec<Unlike> {
        let (was, is) = match (self, found) {
            (Self::Unknown, _) | (_, Some(Self::Unknown)) | (Self::Gone, None | Some(Self::Gone)) => return Vec::new(),
            (Self::Gone, Some(Self::Parts(_))) => return vec![Unlike::Table],
            (Self::Parts(_), None | Some(Self::Gone)) => return vec![Unlike::NoTable],
            (Self::Parts(was), Some(Self::Parts(is))) => (was, is),
        };
        let missing = was.keys().filter(|part| !is.contains_key(*part)).cloned().map(Unlike::Missing);
        let new = is.keys().filter(|part| !was.contains_key(*part)).cloned().map(Unlike::New);
        let other = was.iter().filter(|(part, sum)| is.get(*part).is_some_and(|found| found != *sum));
        missing.chain(new).chain(other.map(|(part, _)| Unlike::Different(part.clone()))).collect()
    }
}

/// The shapes of the tables that differ between two schemas, as the later one has them.
#[must_use]
pub fn changed(earlier: &Schema, later: &Schema) -> BTreeMap<String, Shape> {
    let gone = earlier.tables.keys().filter(|name| !later.tables.contains_key(*name));
    let changed = later.tables.iter().filter(|(name, table)| earlier.tables.get(*name) != Some(*table));
    gone.map(|name| (name.clone(), Shape::Gone))
        .chain(changed.map(|(name, table)| (name.clone(), Shape::of(table))))
        .collect()
}

fn of_column(column: &Column) -> String {
    let kind = match &column.generated {
        None if column.default.is_some() => "default",
        None => "",
        Some(Generated::Stored(_)) => "stored",
        Some(Generated::IdentityAlways) => "identity always",
        Some(Generated::IdentityByDefault) => "identity by default",
    };
    format!("{} {} {kind}", of_type(&column.sql_type), if column.nullable { "null" } else { "not null" })
}

fn of_type(sql_type: &SqlType) -> String {
    sql_type.to_string().to_lowercase().replace('"', "")
}

fn of_index(index: &Index) -> String {
    let keys = index.key.iter().map(|key| match &key.target {
        KeyTarget::Column(name) => name.as_str(),
        KeyTarget::Expression(_) => "()",
    });
    let keys: Vec<&str> = keys.collect();
    format!("{} {} {} {}", index.method, keys.join(","), index.unique, index.predicate.is_some())
}

const GONE: &str = "gone";
const UNKNOWN: &str = "unknown";

/// On one line of the lock: each part's name, and its hash behind it.
impl From<Shape> for Vec<String> {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Parts(parts) => parts.into_iter().flat_map(|(part, sum)| [part, sum]).collect(),
            Shape::Gone => vec![GONE.to_owned()],
            Shape::Unknown => vec![UNKNOWN.to_owned()],
        }
    }
}

impl TryFrom<Vec<String>> for Shape {
    type Error = String;

    fn try_from(list: Vec<String>) -> Result<Self, String> {
        match list.as_slice() {
            [one] if one == GONE => Ok(Self::Gone),
            [one] if one == UNKNOWN => Ok(Self::Unknown),
            list if list.len().is_multiple_of(2) => {
                let pairs = list.chunks_exact(2).map(|pair| (pair[0].clone(), pair[1].clone()));
                Ok(Self::Parts(pairs.collect()))
            }
            _ => Err("the parts of a table come with a hash each".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::PrimaryKey;

    fn table(columns: &[(&str, SqlType)]) -> Table {
        let columns = columns.iter().map(|(name, sql_type)| Column::new(name, sql_type.clone())).collect();
        let primary_key = PrimaryKey { name: "a_pkey".to_owned(), columns: vec!["id".to_owned()] };
        Table { name: "a".to_owned(), columns, primary_key, ..Table::default() }
    }

    #[test]
    fn parts_are_told_apart_by_name_and_form() {
        let was = Shape::of(&table(&[("id", SqlType::Uuid), ("note", SqlType::Text), ("size", SqlType::BigInt)]));
        let is = Shape::of(&table(&[("id", SqlType::Uuid), ("size", SqlType::Integer), ("extra", SqlType::Text)]));
        let words: Vec<String> = was.unlike(Some(&is)).iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                "the column note is missing",
                "the column extra is there, and no migration made it",
                "the column size is different"
            ]
        );
        assert_eq!(was.unlike(Some(&was)), []);
        assert_eq!(was.unlike(None), [Unlike::NoTable]);
        assert_eq!(Shape::Gone.unlike(Some(&was)), [Unlike::Table]);
        assert_eq!(Shape::Unknown.unlike(Some(&was)), []);
    }

    #[test]
    fn a_shape_is_read_back() {
        for shape in [Shape::of(&table(&[("id", SqlType::Uuid)])), Shape::Gone, Shape::Unknown] {
            let list: Vec<String> = shape.clone().into();
            assert_eq!(Shape::try_from(list), Ok(shape));
        }
        assert!(Shape::try_from(vec!["a".to_owned()]).is_err());
    }
}
