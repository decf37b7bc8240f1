//! Keys, foreign keys, unique keys, checks and exclusion constraints.

use std::fmt;

use super::{Method, Predicate, Table};

/// The primary key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct PrimaryKey {
    /// The constraint's name.
    pub name: String,
    /// The key columns, in order.
    pub columns: Vec<String>,
}

/// A foreign key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct ForeignKey {
    /// The constraint's name.
    pub name: String,
    /// The referencing columns.
    pub columns: Vec<String>,
    /// The referenced table.
    pub table: String,
    /// The referenced model, as the attribute names it; absent where the schema was read from elsewhere.
    #[cfg_attr(feature = "lock", serde(skip))]
    pub model: Option<String>,
    /// The referenced columns, as many as `columns`.
    pub target_columns: Vec<String>,
    /// What happens to the row when the referenced row is deleted.
    pub on_delete: Option<ReferentialAction>,
    /// The columns that `SET NULL` changes (`ON DELETE SET NULL (user_id)`), where it leaves others as they are.
    #[cfg_attr(feature = "lock", serde(skip_serializing_if = "Vec::is_empty"))]
    pub set_null: Vec<String>,
    /// What happens to the row when the referenced key changes.
    pub on_update: Option<ReferentialAction>,
    /// `DEFERRABLE INITIALLY DEFERRED`.
    pub deferrable: bool,
    /// Added after both tables exist, because the references form a cycle.
    pub cycle: bool,
}

impl ForeignKey {
    /// The columns that `SET NULL` changes: the nullable ones, where a key has others too. Empty where it changes every column.
    #[must_use]
    pub fn set_null_of(&self, table: &Table) -> Vec<String> {
        let nullable = |name: &&String| table.column(name).is_some_and(|column| column.nullable);
        let columns: Vec<String> = self.columns.iter().filter(nullable).cloned().collect();
        let some = self.on_delete == Some(ReferentialAction::SetNull) && columns.len() < self.columns.len();
        if some { columns } else { Vec::new() }
    }

    /// Whether an index with that key over the rows of that predicate finds the rows that reference something.
    #[must_use]
    pub fn is_served_by(&self, key: &[Option<&str>], predicate: Option<&str>) -> bool {
        let columns = &self.columns;
        let covers = predicate.is_none_or(|predicate| {
            columns.iter().any(|column| predicate.strip_suffix(" IS NOT NULL") == Some(column.as_str()))
        });
        covers
            && key.len() >= columns.len()
            && columns.iter().all(|column| key[..columns.len()].contains(&Some(column.as_str())))
    }
}

/// What a foreign key does when the row that it references changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ReferentialAction {
    /// `NO ACTION`
    NoAction,
    /// `RESTRICT`
    Restrict,
    /// `CASCADE`
    Cascade,
    /// `SET NULL`
    SetNull,
    /// `SET DEFAULT`
    SetDefault,
}

impl ReferentialAction {
    /// Every action, in the order in which messages list them.
    pub const ALL: [Self; 5] = [Self::Cascade, Self::Restrict, Self::SetNull, Self::SetDefault, Self::NoAction];

    /// Whether it deletes or changes the rows that reference the one that goes.
    #[must_use]
    pub fn changes_rows(self) -> bool {
        matches!(self, Self::Cascade | Self::SetNull | Self::SetDefault)
    }

    /// The word of the attribute: `on_delete = set_null`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NoAction => "no_action",
            Self::Restrict => "restrict",
            Self::Cascade => "cascade",
            Self::SetNull => "set_null",
            Self::SetDefault => "set_default",
        }
    }
}

impl fmt::Display for ReferentialAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoAction => "NO ACTION",
            Self::Restrict => "RESTRICT",
            Self::Cascade => "CASCADE",
            Self::SetNull => "SET NULL",
            Self::SetDefault => "SET DEFAULT",
        })
    }
}

/// A unique constraint, or a partial unique index where it has a predicate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Unique {
    /// The constraint's or index's name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<String>,
    /// The rows that it covers; all of them when absent.
    pub predicate: Option<Predicate>,
    /// `NULLS NOT DISTINCT`.
    pub nulls_not_distinct: bool,
    /// Made because other tables reference it within the tenant, and not declared: no helper is of it.
    #[cfg_attr(feature = "lock", serde(skip))]
    pub generated: bool,
}

/// A check constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Check {
    /// The constraint's name.
    pub name: String,
    /// The condition, as SQL.
    pub expression: String,
}

/// An exclusion constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct Exclusion {
    /// The constraint's name.
    pub name: String,
    /// The index method behind it.
    pub method: Method,
    /// What is compared, with which operator.
    pub elements: Vec<ExclusionElement>,
    /// The rows that it covers; all of them when absent.
    pub predicate: Option<Predicate>,
}

/// One `column WITH operator` of an exclusion constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(default))]
pub struct ExclusionElement {
    /// A column's name, or an expression in parentheses.
    pub expression: String,
    /// The operator, such as `=` or `&&`.
    pub operator: String,
}
