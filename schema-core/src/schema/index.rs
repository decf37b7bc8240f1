//! Indexes.

use std::collections::BTreeMap;

use super::words::words;
use super::{ForeignKey, Predicate};

/// An index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Index {
    /// The index's name.
    pub name: String,
    /// The access method.
    pub method: Method,
    /// The key columns, in order.
    pub key: Vec<KeyColumn>,
    /// The columns that the index only carries (`INCLUDE`).
    pub include: Vec<String>,
    /// The rows that it covers; all of them when absent.
    pub predicate: Option<Predicate>,
    /// Whether it refuses duplicates.
    pub unique: bool,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// Storage parameters (`WITH (m = 16)`).
    pub with: BTreeMap<String, String>,
    /// Made by the foreign-key rule, not declared.
    pub generated: bool,
}

impl Index {
    /// Whether it finds the rows that a foreign key's columns name: it leads with them and covers every row that
    /// references something. The server looks for deleted rows too, so an index of live rows does not count.
    #[must_use]
    pub fn serves_foreign_key(&self, foreign_key: &ForeignKey) -> bool {
        let key: Vec<Option<&str>> = self.key.iter().map(KeyColumn::name).collect();
        self.method == Method::Btree && foreign_key.is_served_by(&key, self.predicate.as_deref())
    }
}

/// One key column of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct KeyColumn {
    /// What is indexed.
    pub target: KeyTarget,
    /// The direction.
    pub direction: SortDirection,
    /// Where NULLs sort, where that is not the default of the direction.
    pub nulls: Option<Nulls>,
    /// The operator class, where it is not the type's default.
    pub operator_class: Option<String>,
    /// The COLLATE clause, unquoted.
    pub collation: Option<String>,
}

impl KeyColumn {
    /// An ascending key column with every default.
    #[must_use]
    pub fn column(name: &str) -> Self {
        Self {
            target: KeyTarget::Column(name.to_owned()),
            direction: SortDirection::Ascending,
            nulls: None,
            operator_class: None,
            collation: None,
        }
    }

    /// The column's name, unless an expression is indexed.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match &self.target {
            KeyTarget::Column(name) => Some(name),
            KeyTarget::Expression(_) => None,
        }
    }
}

/// What a key column indexes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum KeyTarget {
    /// A column, by name.
    Column(String),
    /// An expression, as SQL.
    Expression(String),
}

impl Default for KeyTarget {
    fn default() -> Self {
        Self::Column(String::new())
    }
}

/// The access method of an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Method {
    /// B-tree.
    #[default]
    Btree,
    /// Generalised inverted index.
    Gin,
    /// Generalised search tree.
    Gist,
    /// Space-partitioned `GiST`.
    Spgist,
    /// Block range index.
    Brin,
    /// Hash.
    Hash,
    /// pgvector's graph index.
    Hnsw,
    /// pgvector's inverted file index.
    Ivfflat,
}

words!(Method {
    Btree => "btree",
    Gin => "gin",
    Gist => "gist",
    Spgist => "spgist",
    Brin => "brin",
    Hash => "hash",
    Hnsw => "hnsw",
    Ivfflat => "ivfflat",
});

/// The direction of a key column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum SortDirection {
    /// `ASC`
    #[default]
    Ascending,
    /// `DESC`
    Descending,
}

impl SortDirection {
    /// Where NULLs sort unless it is said otherwise: they count as larger than every value.
    #[must_use]
    pub fn nulls(self) -> Nulls {
        match self {
            Self::Ascending => Nulls::Last,
            Self::Descending => Nulls::First,
        }
    }

    /// The other direction.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

/// Where NULLs sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Nulls {
    /// `NULLS FIRST`
    First,
    /// `NULLS LAST`
    Last,
}

impl Nulls {
    /// The other end.
    #[must_use]
    pub fn reversed(self) -> Self {
        match self {
            Self::First => Self::Last,
            Self::Last => Self::First,
        }
    }
}
