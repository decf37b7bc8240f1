//! Where a part of a model is: a name for it that rules, differences and refusals share with the source map.
//!
//! The constructors that take a table (`Place::of_index`) are the one authority on where an object of a table is.

use std::fmt;

use crate::expression::Fragment;
use crate::schema::{Table, derived_name, enumeration_check_name};

/// A symbolic place in a model.
///
/// Rules know the schema, not the source; a [source map](crate::attribute::SourceMap) turns a place into a span. A place
/// that has no span of its own is shown at the nearest one around it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A table, or another item that stands alone: an enumeration, a file of your own SQL.
    Item(String),
    /// A column: its field.
    Column {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A part of another place.
    Part(Box<Self>, Part),
}

/// What is typed at a table, at a column, or within an attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// An argument of an attribute, or what represents it.
    Key(Key),
    /// A column that an attribute names.
    Named(String),
    /// The waiver of the rule of that id.
    Waiver(String),
    /// A check constraint, counted from 0 among those that are typed.
    Check(usize),
    /// An exclusion constraint, counted from 0 in declaration order, as all that follow.
    Exclusion(usize),
    /// A foreign key that has an attribute of its own; the number counts these alone.
    ForeignKey(usize),
    /// An index.
    Index(usize),
    /// A policy.
    Policy(usize),
    /// A declared query.
    Query(usize),
    /// A trigger.
    Trigger(usize),
    /// A unique key.
    Unique(usize),
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// An argument of an attribute.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $($(#[$doc])* $name,)*
        }

        impl Key {
            /// Every key.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word as it is typed.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                }
            }
        }
    };
}

keys! {
    /// `append_only`
    AppendOnly = "append_only",
    /// `backfill`
    Backfill = "backfill",
    /// `batch`
    Batch = "batch",
    /// `check`
    Check = "check",
    /// `collation`
    Collation = "collation",
    /// `columns`
    Columns = "columns",
    /// `default`
    Default = "default",
    /// `external`
    External = "external",
    /// `generated`
    Generated = "generated",
    /// `identity`
    Identity = "identity",
    /// `include_deleted`
    IncludeDeleted = "include_deleted",
    /// `junction`
    Junction = "junction",
    /// `name`
    Name = "name",
    /// `numeric`
    Numeric = "numeric",
    /// `order`
    Order = "order",
    /// `partition_by`
    PartitionBy = "partition_by",
    /// `primary_key`
    PrimaryKey = "primary_key",
    /// `reason`
    Reason = "reason",
    /// `#[references(…)]`
    References = "references",
    /// `renamed_from`
    RenamedFrom = "renamed_from",
    /// The columns that `update(…)` sets.
    Set = "set",
    /// What a query gives: `page`, `all(100)`.
    Shape = "shape",
    /// `small`
    Small = "small",
    /// `soft_delete`
    SoftDelete = "soft_delete",
    /// `type`, or the field's Rust type.
    Type = "type",
    /// `unindexed`
    Unindexed = "unindexed",
    /// `unique`
    Unique = "unique",
    /// A variant of an enumeration, as the constant of a condition.
    Variant = "variant",
    /// `where`
    Where = "where",
}

impl Place {
    /// A table, or another item that stands alone.
    #[must_use]
    pub fn table(table: &str) -> Self {
        Self::Item(table.to_owned())
    }

    /// A column.
    #[must_use]
    pub fn column(table: &str, column: &str) -> Self {
        Self::Column { table: table.to_owned(), column: column.to_owned() }
    }

    /// A part of this place.
    #[must_use]
    pub fn part(&self, part: Part) -> Self {
        Self::Part(Box::new(self.clone()), part)
    }

    /// An argument of the attribute that is here.
    #[must_use]
    pub fn key(&self, key: Key) -> Self {
        self.part(Part::Key(key))
    }

    /// A column that the attribute here names.
    #[must_use]
    pub fn named(&self, column: &str) -> Self {
        self.part(Part::Named(column.to_owned()))
    }

    /// The waiver of a rule.
    #[must_use]
    pub fn waiver(&self, rule: &str) -> Self {
        self.part(Part::Waiver(rule.to_owned()))
    }

    /// The type of a column.
    #[must_use]
    pub fn of_type(table: &Table, column: &str) -> Self {
        Self::column(&table.name, column).key(Key::Type)
    }

    /// The primary key: its attribute, or the field where one of a single column is not stated.
    #[must_use]
    pub fn of_primary_key(table: &Table) -> Self {
        Self::table(&table.name).key(Key::PrimaryKey)
    }

    /// A foreign key: at the field where it is of one column, at its own attribute otherwise.
    #[must_use]
    pub fn of_foreign_key(table: &Table, number: usize) -> Self {
        if let [column] = table.foreign_keys[number].columns.as_slice() {
            return Self::column(&table.name, column).key(Key::References);
        }
        let composite = table.foreign_keys[..number].iter().filter(|key| key.columns.len() > 1).count();
        Self::table(&table.name).part(Part::ForeignKey(composite))
    }

    /// A unique key: at the field where it is of one column, at its own attribute otherwise.
    #[must_use]
    pub fn of_unique(table: &Table, number: usize) -> Self {
        let unique = &table.uniques[number];
        match unique.columns.as_slice() {
            [column] if unique.name == derived_name(&[&table.name, column, "unique"]) => {
                Self::column(&table.name, column).key(Key::Unique)
            }
            _ => Self::table(&table.name).part(Part::Unique(number)),
        }
    }

    /// A check: at the field if it is about one column, at its own attribute otherwise. One that limits a column to
    /// the values of its enumeration is not typed: it is at the field's type.
    #[must_use]
    pub fn of_check(table: &Table, number: usize) -> Self {
        let of_values = |name: &str| {
            let mut columns = table.columns.iter().filter(|column| column.enumeration.is_some());
            columns.find(|column| enumeration_check_name(&table.name, &column.name) == name)
        };
        let check = &table.checks[number];
        if let Some(column) = of_values(&check.name) {
            return Self::of_type(table, &column.name);
        }
        let typed = table.checks[..number].iter().filter(|check| of_values(&check.name).is_none()).count();
        let names = Fragment::parse(&check.expression).map(|it| it.column_names()).unwrap_or_default();
        match names.as_slice() {
            [column] if table.column(column).is_some() => Self::column(&table.name, column),
            _ => Self::table(&table.name),
        }
        .part(Part::Check(typed))
    }

    /// An exclusion constraint.
    #[must_use]
    pub fn of_exclusion(table: &Table, number: usize) -> Self {
        Self::table(&table.name).part(Part::Exclusion(number))
    }

    /// An index: its attribute, or that of the foreign key that it serves where no one declared it.
    #[must_use]
    pub fn of_index(table: &Table, number: usize) -> Self {
        Self::table(&table.name).part(Part::Index(number))
    }

    /// A declared query.
    #[must_use]
    pub fn of_query(table: &Table, number: usize) -> Self {
        Self::table(&table.name).part(Part::Query(number))
    }

    /// A trigger: its attribute, or the field that it keeps where the profile asks for it.
    #[must_use]
    pub fn of_trigger(table: &Table, number: usize) -> Self {
        Self::table(&table.name).part(Part::Trigger(number))
    }

    /// A policy: its attribute, or the tenant's field where the profile asks for it.
    #[must_use]
    pub fn of_policy(table: &Table, number: usize) -> Self {
        Self::table(&table.name).part(Part::Policy(number))
    }

    /// The place without its last part; `None` for a table.
    #[must_use]
    pub fn around(&self) -> Option<Self> {
        match self {
            Self::Item(_) => None,
            Self::Column { table, .. } => Some(Self::Item(table.clone())),
            Self::Part(of, _) => Some(of.as_ref().clone()),
        }
    }

    /// The name of the table, or of the other item, that it lies in.
    #[must_use]
    pub fn item(&self) -> &str {
        match self {
            Self::Item(name) | Self::Column { table: name, .. } => name,
            Self::Part(of, _) => of.item(),
        }
    }

    /// The table or column that the place lies in, without parts: the path that a message shows.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Item(name) => name.clone(),
            Self::Column { table, column } => format!("{table}.{column}"),
            Self::Part(of, _) => of.path(),
        }
    }
}

/// `orders.user_id#references`, `orders#index.0`: for tests and for debugging. Nothing reads it.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Part(of, part) = self else { return f.write_str(&self.path()) };
        write!(f, "{of}#")?;
        match part {
            Part::Key(key) => f.write_str(key.word()),
            Part::Named(column) => f.write_str(column),
            Part::Waiver(rule) => write!(f, "allow.{rule}"),
            Part::Check(number) => write!(f, "check.{number}"),
            Part::Exclusion(number) => write!(f, "exclude.{number}"),
            Part::ForeignKey(number) => write!(f, "foreign_key.{number}"),
            Part::Index(number) => write!(f, "index.{number}"),
            Part::Policy(number) => write!(f, "policy.{number}"),
            Part::Query(number) => write!(f, "query.{number}"),
            Part::Trigger(number) => write!(f, "trigger.{number}"),
            Part::Unique(number) => write!(f, "unique.{number}"),
        }
    }
}
