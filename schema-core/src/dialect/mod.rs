//! What each database can do and how it spells what the others spell differently. Databases are named only here.

mod cockroach;
mod postgres;

use crate::schema::{Method, SqlType};

/// The line of `schema.toml` that names every target.
pub const EVERY_TARGET: &str = "targets = [\"postgres\", \"cockroach\"]";

/// What to do where the targets share no form.
pub const ONE_TARGET: &str = "a schema.toml and a folder of migrations for each target: targets = [\"postgres\"] in the one, \
                              targets = [\"cockroach\"] in the other, and the same `models`";

/// A database that the schema must run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
pub enum Target {
    /// PostgreSQL 15 and later.
    #[default]
    Postgres,
    /// CockroachDB 25.2 and later.
    Cockroach,
}

impl Target {
    /// Every target, in the order in which messages list them.
    pub const ALL: [Self; 2] = [Self::Postgres, Self::Cockroach];

    /// The word of `schema.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Cockroach => "cockroach",
        }
    }

    /// What the database can do, and how it spells it.
    #[must_use]
    pub fn dialect(self) -> &'static Dialect {
        match self {
            Self::Postgres => &postgres::DIALECT,
            Self::Cockroach => &cockroach::DIALECT,
        }
    }

    /// The one dialect that the emitted files are written in: what all of the targets can do, so that one file runs on
    /// each of them, and keeps no one waiting on any.
    #[must_use]
    pub fn common(targets: &[Self]) -> &'static Dialect {
        if Self::ALL.iter().all(|target| targets.contains(target)) {
            return &cockroach::AND_POSTGRES;
        }
        targets.iter().max().copied().unwrap_or_default().dialect()
    }
}

/// What a database can do, and how it spells it.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub struct Dialect {
    /// The database's name, for people.
    pub name: &'static str,
    /// The name of a type where it differs from PostgreSQL's.
    pub type_name: fn(&SqlType) -> Option<&'static str>,
    /// Whether a unique key is a constraint; otherwise it is a unique index, which can be dropped online.
    pub unique_constraints: bool,
    /// Whether several DDL statements may share a transaction.
    pub transactional_ddl: bool,
    /// Whether `SET LOCAL lock_timeout` has a meaning.
    pub lock_timeout: bool,
    /// Whether keys that follow each other are written as well as scattered ones; otherwise one range takes all writes.
    pub sequential_keys: bool,
    /// What to use in place of a type that it does not have.
    pub instead_of_type: fn(&SqlType) -> Option<&'static str>,
    /// The index methods that it has.
    pub methods: &'static [Method],
    /// Whether indexes take storage parameters (`WITH (m = 16)`).
    pub index_parameters: bool,
    /// Whether an index may name a collation.
    pub index_collation: bool,
    /// Whether an index may place NULLs elsewhere than the database does by itself.
    pub index_nulls: bool,
    /// Whether a unique key may count NULLs as equal.
    pub nulls_not_distinct: bool,
    /// Whether a foreign key may be checked at the end of the transaction.
    pub deferrable: bool,
    /// Whether `ON DELETE SET NULL` may name the columns that it sets.
    pub set_null_columns: bool,
    /// Whether it has exclusion constraints.
    pub exclusions: bool,
    /// Whether a table may be partitioned by declaration.
    pub partitions: bool,
    /// Whether a trigger may fire for a statement, and for named columns.
    pub statement_triggers: bool,
    /// Whether a constraint can take over a unique index that is there (`USING INDEX`).
    pub using_index: bool,
    /// Whether an index stays behind, invalid, where building it concurrently failed.
    pub invalid_indexes: bool,
    /// Whether the primary key is changed by one statement, while the program runs.
    pub alter_primary_key: bool,
    /// How a generated column becomes an ordinary one, where there is a way.
    pub drop_expression: Option<&'static str>,
    /// Whether a trigger can get another name.
    pub rename_triggers: bool,
    /// Whether NOT NULL, another type and a generated column are made while the program runs, by one statement.
    pub changes_online: bool,
    /// Whether a block of code without a name may commit.
    pub anonymous_loops: bool,
    /// Whether a role can ask if policies hide rows from it, and have what it reads fail where they do.
    pub row_security: bool,
    /// Whether a transaction and a function can have settings of their own, on which casts depend.
    pub settings: bool,
    /// Whether two rows are compared by their bytes (`*<>`).
    pub row_images: bool,
    /// Whether a trigger can fire for rows that another server sends.
    pub always_triggers: bool,
    /// The row that a trigger is given, as its fields are read.
    pub new_row: &'static str,
    /// The row as it was, as its fields are read.
    pub old_row: &'static str,
    /// Whether rows can be written through a view.
    pub writable_views: bool,
    /// How a native enumeration loses a value.
    pub values_go: ValuesGo,
    /// Functions of PostgreSQL that it does not have, sorted, and what to use instead.
    pub missing_functions: &'static [(&'static str, &'static str)],
}

/// How a native enumeration loses a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValuesGo {
    /// Only by being recreated, which writes its tables.
    Recreated,
    /// By `DROP VALUE`.
    Dropped,
    /// By no statement that every target knows.
    Never,
}

impl Dialect {
    /// What to use in place of a function that the database does not have.
    #[must_use]
    pub fn instead_of_function(&self, name: &str) -> Option<&'static str> {
        let position = self.missing_functions.binary_search_by_key(&name, |(missing, _)| missing).ok()?;
        Some(self.missing_functions[position].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_missing_functions_are_sorted() {
        for target in Target::ALL {
            assert!(target.dialect().missing_functions.is_sorted(), "{}", target.word());
        }
    }
}
