//! What a proof could not try.

use std::fmt;

use tablewright_core::samples::Unfilled;

/// Something that was not tried, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Untried {
    /// No one recorded what the old release sends.
    OldRelease,
    /// A table without rows.
    Table(Unfilled),
    /// A statement that fails before anything changed, or for lack of rows.
    Statement {
        /// Whose it is.
        release: Whose,
        /// Its name.
        name: String,
        /// What the server said.
        message: String,
    },
    /// A file that says that it loses values: they were not looked for after its way down.
    Loss {
        /// The migration.
        migration: String,
    },
    /// A file whose way down refuses to run over rows.
    Back {
        /// The migration.
        migration: String,
        /// The tables that must have none.
        tables: Vec<String>,
    },
    /// The rows are left in the tables while plans are asked for.
    Emptied {
        /// What the server said.
        message: String,
    },
}

/// Which release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The one that runs while the migrations are applied.
    Old,
    /// The one that is started then.
    New,
}

impl Whose {
    /// The word of reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

impl Untried {
    /// The word of reports.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::OldRelease => "old_release",
            Self::Table(_) => "table",
            Self::Statement { .. } => "statement",
            Self::Loss { .. } => "loss",
            Self::Back { .. } => "back",
            Self::Emptied { .. } => "emptied",
        }
    }
}

impl fmt::Display for Untried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OldRelease => f.write_str(
                "the statements of the old release were not tried: schema.statements does not have them (cargo schema seal \
                 writes it)",
            ),
            Self::Table(unfilled) => unfilled.fmt(f),
            Self::Statement { release, name, message } => {
                write!(f, "{name} of the {} release was not tried: {message}", release.word())
            }
            Self::Loss { migration } => {
                write!(f, "{migration} says what it loses, so its rows were not compared after the way down")
            }
            Self::Back { migration, tables } => write!(
                f,
                "the way down of {migration} refuses to run while there are rows in {}, so it was tried without rows",
                tables.join(", ")
            ),
            Self::Emptied { message } => write!(f, "the plans were checked on tables with rows: {message}"),
        }
    }
}
