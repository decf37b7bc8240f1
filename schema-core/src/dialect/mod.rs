//! What each database can do and how it spells what the others spell differently. Databases are named only here.

mod cockroach;
mod postgres;



use crate::schema::SqlType;

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

    /// Whether this version emits files for it.
    #[must_use]
    pub fn supported(self) -> bool {
        self == Self::Postgres
    }

    /// What the database can do, and how it spells it.
    #[must_use]
    pub fn dialect(self) -> &'static Dialect {
        match self {
            Self::Postgres => &postgres::DIALECT,
            Self::Cockroach => &cockroach::DIALECT,
        }
    }

    /// The one dialect that the emitted files are written in: the most restricted of the targets, so that one file
    /// runs on all of them.
    #[must_use]
    pub fn common(targets: &[Self]) -> &'static Dialect {
        targets.iter().max().copied().unwrap_or_default().dialect()
    }
}

/// What a database can do, and how it spells it.
#[derive(Debug)]
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
}
