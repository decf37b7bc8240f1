//! Tables.

use std::collections::BTreeMap;

use super::{Check, Column, Exclusion, ForeignKey, Index, Partitioning, Policy, PrimaryKey, Query, Trigger, Unique};

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Table {
    /// The table's name, unquoted.
    pub name: String,
    /// What kind of table it is; each kind has rules of its own.
    pub kind: TableKind,
    /// The text of COMMENT ON TABLE.
    pub comment: Option<String>,
    /// The name that the table had before, for a rename.
    pub renamed_from: Option<String>,
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: PrimaryKey,
    /// The foreign keys.
    pub foreign_keys: Vec<ForeignKey>,
    /// The unique constraints and partial unique indexes.
    pub uniques: Vec<Unique>,
    /// The check constraints.
    pub checks: Vec<Check>,
    /// The exclusion constraints.
    pub exclusions: Vec<Exclusion>,
    /// The indexes, declared ones first.
    pub indexes: Vec<Index>,
    /// The declared queries.
    pub queries: Vec<Query>,
    /// How the table is partitioned.
    pub partitioning: Option<Partitioning>,
    /// The storage parameters (`WITH (fillfactor = 80)`), each value in its one spelling.
    #[cfg_attr(feature = "lock", serde(skip_serializing_if = "BTreeMap::is_empty"))]
    pub storage: BTreeMap<String, String>,
    /// Whether changes are not logged (`UNLOGGED`): the table is empty after a crash.
    #[cfg_attr(feature = "lock", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub unlogged: bool,
    /// The triggers.
    pub triggers: Vec<Trigger>,
    /// The row-level-security policies.
    pub policies: Vec<Policy>,
    /// How rows are deleted softly, where they are.
    pub soft_delete: Option<SoftDelete>,
    /// The tenant column, where the table is scoped by one.
    pub tenant: Option<String>,
    /// What the model expects of the table's size.
    pub expectation: Option<Expectation>,
    /// The rules that the model waives.
    pub waivers: Vec<Waiver>,
}

impl Table {
    /// The column of that name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether the primary key, a unique key or an index serves a foreign key.
    #[must_use]
    pub fn serves_foreign_key(&self, foreign_key: &ForeignKey) -> bool {
        fn names(columns: &[String]) -> Vec<Option<&str>> {
            columns.iter().map(|column| Some(column.as_str())).collect()
        }
        foreign_key.is_served_by(&names(&self.primary_key.columns), None)
            || self
                .uniques
                .iter()
                .any(|unique| foreign_key.is_served_by(&names(&unique.columns), unique.predicate.as_deref()))
            || self.indexes.iter().any(|index| index.serves_foreign_key(foreign_key))
    }

    /// The condition that a live row meets, where rows are deleted softly.
    #[must_use]
    pub fn live_predicate(&self) -> Option<&'static str> {
        self.soft_delete.map(SoftDelete::live_predicate)
    }
}

/// What kind of table it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum TableKind {
    /// A table with `id`, `created_at` and `updated_at`.
    #[default]
    Standard,
    /// A many-to-many table: the key is its foreign keys.
    Junction,
    /// A table whose rows are never changed.
    AppendOnly,
}

/// How rows are deleted softly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum SoftDelete {
    /// `deleted_at TIMESTAMPTZ`, NULL while the row lives.
    DeletedAt,
    /// `is_deleted BOOLEAN NOT NULL DEFAULT false`.
    IsDeleted,
}

impl SoftDelete {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::DeletedAt, Self::IsDeleted];

    /// The column.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::DeletedAt => "deleted_at",
            Self::IsDeleted => "is_deleted",
        }
    }

    /// The condition that a live row meets.
    #[must_use]
    pub fn live_predicate(self) -> &'static str {
        match self {
            Self::DeletedAt => "deleted_at IS NULL",
            Self::IsDeleted => "NOT is_deleted",
        }
    }
}

/// What a model expects of its table's size.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Expectation {
    /// Rows.
    pub rows: Option<u64>,
    /// Growth, as the model words it: `40k/month`.
    pub growth: Option<String>,
}

/// A rule that a model waives, in the open and with its reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Waiver {
    /// The rule's id.
    pub rule: String,
    /// The column it is waived for; the whole table when absent.
    pub column: Option<String>,
    /// Why.
    pub reason: String,
}
