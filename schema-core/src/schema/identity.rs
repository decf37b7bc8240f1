//! What a schema holds, by name: one id for each thing that a statement can create, change or drop.

use std::fmt;

/// One thing of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// An extension.
    Extension(String),
    /// A native enumeration.
    Type(String),
    /// The function of a trigger.
    Function(String),
    /// SQL of the user's own.
    Custom(String),
    /// A table.
    Table(String),
    /// A partition of a table.
    Partition(String),
    /// Something that belongs to a table.
    Of {
        /// The table.
        table: String,
        /// What of it.
        part: Part,
    },
    /// An index, whose name is one of the whole schema's.
    Index(String),
}

/// What belongs to a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A column.
    Column(String),
    /// That a column takes no NULL.
    NotNull(String),
    /// The default of a column.
    Default(String),
    /// A key, a foreign key, a check or an exclusion constraint: they share their names.
    Constraint(String),
    /// A trigger.
    Trigger(String),
    /// A policy.
    Policy(String),
    /// That policies apply.
    RowSecurity,
    /// That no two rows have the same values in these columns, which are sorted: what a foreign key asks of its target.
    Key(Vec<String>),
}

impl Object {
    fn of(table: &str, part: Part) -> Self {
        Self::Of { table: table.to_owned(), part }
    }

    /// A table.
    #[must_use]
    pub fn table(name: &str) -> Self {
        Self::Table(name.to_owned())
    }

    /// A column.
    #[must_use]
    pub fn column(table: &str, name: &str) -> Self {
        Self::of(table, Part::Column(name.to_owned()))
    }

    /// That a column takes no NULL.
    #[must_use]
    pub fn not_null(table: &str, column: &str) -> Self {
        Self::of(table, Part::NotNull(column.to_owned()))
    }

    /// The default of a column.
    #[must_use]
    pub fn default_of(table: &str, column: &str) -> Self {
        Self::of(table, Part::Default(column.to_owned()))
    }

    /// A constraint.
    #[must_use]
    pub fn constraint(table: &str, name: &str) -> Self {
        Self::of(table, Part::Constraint(name.to_owned()))
    }

    /// Something that holds rows to different values in these columns, in whatever order.
    #[must_use]
    pub fn key(table: &str, columns: &[String]) -> Self {
        let mut columns = columns.to_vec();
        columns.sort_unstable();
        Self::of(table, Part::Key(columns))
    }

    /// A trigger.
    #[must_use]
    pub fn trigger(table: &str, name: &str) -> Self {
        Self::of(table, Part::Trigger(name.to_owned()))
    }

    /// A policy.
    #[must_use]
    pub fn policy(table: &str, name: &str) -> Self {
        Self::of(table, Part::Policy(name.to_owned()))
    }

    /// That the policies of a table apply.
    #[must_use]
    pub fn row_security(table: &str) -> Self {
        Self::of(table, Part::RowSecurity)
    }

    /// An index.
    #[must_use]
    pub fn index(name: &str) -> Self {
        Self::Index(name.to_owned())
    }

    /// What creates and drops this with itself, where something does.
    #[must_use]
    pub fn container(&self) -> Option<Self> {
        match self {
            Self::Of { table, part: Part::NotNull(column) | Part::Default(column) } => {
                Some(Self::column(table, column))
            }
            Self::Of { table, .. } => Some(Self::table(table)),
            _ => None,
        }
    }
}

/// `the column orders.note`
impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Extension(name) => write!(f, "the extension {name}"),
            Self::Type(name) => write!(f, "the type {name}"),
            Self::Function(name) => write!(f, "the function {name}"),
            Self::Custom(name) => write!(f, "the SQL of {name}"),
            Self::Table(name) => write!(f, "the table {name}"),
            Self::Partition(name) => write!(f, "the partition {name}"),
            Self::Index(name) => write!(f, "the index {name}"),
            Self::Of { table, part } => match part {
                Part::Column(name) => write!(f, "the column {table}.{name}"),
                Part::NotNull(name) => write!(f, "the NOT NULL of {table}.{name}"),
                Part::Default(name) => write!(f, "the default of {table}.{name}"),
                Part::Constraint(name) => write!(f, "the constraint {name} of {table}"),
                Part::Trigger(name) => write!(f, "the trigger {name} of {table}"),
                Part::Policy(name) => write!(f, "the policy {name} of {table}"),
                Part::RowSecurity => write!(f, "the row security of {table}"),
                Part::Key(columns) => write!(f, "the key ({}) of {table}", columns.join(", ")),
            },
        }
    }
}
