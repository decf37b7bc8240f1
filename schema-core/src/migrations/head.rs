//! The migration that is not sealed yet, and what existed before it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::plan::Allowed;
use crate::schema::{Custom, Enumeration, Schema, Table};

/// What is needed to rewrite the unsealed migration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The migration's name, without number and without the words of its steps.
    pub name: String,
    /// What was acknowledged when it was written.
    #[serde(default)]
    pub allowed: Allowed,
    /// The schema after the last sealed migration, as far as it differs from that after the unsealed one.
    #[serde(default)]
    pub before: Before,
}

/// How an earlier schema differs from a later one: whole tables, so that the file stays short and can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Before {
    extensions: Names,
    enumerations: Part<Enumeration>,
    tables: Part<Table>,
    customs: Part<Custom>,
}

/// The names that existed and no longer do, and those that did not exist. Two lists, since the lock file does
/// not distinguish an empty one from none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Names {
    were: BTreeSet<String>,
    absent: BTreeSet<String>,
}

/// The entries of a map that were different, and the names of those that did not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, bound(serialize = "T: Serialize", deserialize = "T: Deserialize<'de>"))]
struct Part<T> {
    were: BTreeMap<String, T>,
    absent: BTreeSet<String>,
}

impl<T> Default for Part<T> {
    fn default() -> Self {
        Self { were: BTreeMap::new(), absent: BTreeSet::new() }
    }
}

impl<T: Clone + PartialEq> Part<T> {
    fn between(earlier: &BTreeMap<String, T>, later: &BTreeMap<String, T>) -> Self {
        Self {
            were: earlier
                .iter()
                .filter(|(name, value)| later.get(*name) != Some(*value))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
            absent: later.keys().filter(|name| !earlier.contains_key(*name)).cloned().collect(),
        }
    }

    fn apply(&self, later: &BTreeMap<String, T>) -> BTreeMap<String, T> {
        let mut earlier = later.clone();
        earlier.retain(|name, _| !self.absent.contains(name));
        earlier.extend(self.were.iter().map(|(name, value)| (name.clone(), value.clone())));
        earlier
    }
}

impl Before {
    /// What leads from a later schema back to an earlier one.
    #[must_use]
    pub fn between(earlier: &Schema, later: &Schema) -> Self {
        Self {
            extensions: Names {
                were: earlier.extensions.difference(&later.extensions).cloned().collect(),
                absent: later.extensions.difference(&earlier.extensions).cloned().collect(),
            },
            enumerations: Part::between(&earlier.enumerations, &later.enumerations),
            tables: Part::between(&earlier.tables, &later.tables),
            customs: Part::between(&earlier.customs, &later.customs),
        }
    }

    /// The earlier schema.
    #[must_use]
    pub fn apply(&self, later: &Schema) -> Schema {
        Schema {
            service: later.service.clone(),
            extensions: later
                .extensions
                .difference(&self.extensions.absent)
                .chain(&self.extensions.were)
                .cloned()
                .collect(),
            enumerations: self.enumerations.apply(&later.enumerations),
            tables: self.tables.apply(&later.tables),
            customs: self.customs.apply(&later.customs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(tables: &[(&str, Option<&str>)], extensions: &[&str]) -> Schema {
        let table = |(name, comment): &(&str, Option<&str>)| {
            let comment = comment.map(str::to_owned);
            ((*name).to_owned(), Table { name: (*name).to_owned(), comment, ..Table::default() })
        };
        Schema {
            tables: tables.iter().map(table).collect(),
            extensions: extensions.iter().map(|name| (*name).to_owned()).collect(),
            ..Schema::default()
        }
    }

    #[test]
    fn the_earlier_schema_comes_back() {
        let states = [
            schema(&[], &[]),
            schema(&[("a", None), ("b", None)], &["citext"]),
            schema(&[("b", Some("other")), ("c", None)], &[]),
        ];
        for earlier in &states {
            for later in &states {
                let before = Before::between(earlier, later);
                assert_eq!(before.apply(later), *earlier);
                let head = Head { name: "a".to_owned(), allowed: Allowed::default(), before: before.clone() };
                let mut lock = crate::migrations::Lock::new(Vec::new(), later);
                lock.head = Some(head);
                assert!(lock.text().is_ok());
                assert_eq!(before == Before::default(), earlier == later);
            }
        }
    }
}
