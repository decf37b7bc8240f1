//! A change as one can describe it: where it is, which object it is about, and how that object differs.
//!
//! A difference is read in two directions, and each has its words: what the new schema has that no migration makes, and
//! what a database has that the models do not state.

use std::collections::BTreeMap;
use std::fmt;

use super::{Change, Clause, Item, Pair, TableChange};
use crate::attribute::storage;
use crate::place::Place;
use crate::schema::{Column, Enumeration, Generated, Schema, SqlType, Table};

/// One difference between two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it is in the new schema; the nearest that is left, where something is gone.
    pub place: Option<Place>,
    /// What differs.
    pub thing: Thing,
    /// How.
    pub how: How,
}

/// An object of a schema, as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: Kind,
    /// Its name: `orders.total_amount`. That of the table, for a primary key.
    pub name: String,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Kind {
    Check,
    Column,
    CustomSql,
    Exclusion,
    Extension,
    ForeignKey,
    Index,
    Policy,
    PrimaryKey,
    Table,
    Trigger,
    Type,
    UniqueKey,
}

impl Kind {
    /// The words of a message.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Column => "column",
            Self::CustomSql => "custom SQL",
            Self::Exclusion => "exclusion constraint",
            Self::Extension => "extension",
            Self::ForeignKey => "foreign key",
            Self::Index => "index",
            Self::Policy => "policy",
            Self::PrimaryKey => "primary key of",
            Self::Table => "table",
            Self::Trigger => "trigger",
            Self::Type => "type",
            Self::UniqueKey => "unique key",
        }
    }
}

/// How an object differs from what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// It is new.
    New,
    /// It is gone.
    Gone,
    /// It has the same name, and something else of it differs.
    Changed,
    /// It has another comment, which no program notices.
    Comment,
    /// It has another collation.
    Collation,
    /// It is partitioned differently.
    Partitioning,
    /// It has other storage parameters.
    Storage {
        /// As they are.
        now: BTreeMap<String, String>,
        /// As they were.
        was: BTreeMap<String, String>,
    },
    /// Its changes are not logged, or they are.
    Unlogged(bool),
    /// It had another name.
    Renamed {
        /// The name that it had.
        was: String,
    },
    /// A primary key has other columns.
    Key {
        /// The columns that it has.
        columns: Vec<String>,
    },
    /// A native enumeration has other values.
    Values {
        /// As it is.
        now: Vec<String>,
        /// As it was.
        was: Vec<String>,
    },
    /// A column has another type.
    Type {
        /// As it is.
        now: SqlType,
        /// As it was.
        was: SqlType,
    },
    /// A column is now nullable, or is NOT NULL now.
    Nullable(bool),
    /// A column has another default.
    Default {
        /// As it is.
        now: Option<String>,
        /// As it was.
        was: Option<String>,
    },
    /// A column gets its values from somewhere else.
    Generated {
        /// As it is.
        now: Option<Generated>,
        /// As it was.
        was: Option<Generated>,
    },
}

impl Difference {
    fn new(place: Option<Place>, kind: Kind, name: impl Into<String>, how: How) -> Self {
        Self { place, thing: Thing { kind, name: name.into() }, how }
    }

    /// The difference in words: `the column orders.total_amount is new`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{} {}", self.thing, self.how)
    }

    /// Whether only a comment differs, which no program notices.
    #[must_use]
    pub fn is_comment(&self) -> bool {
        self.how == How::Comment
    }

    /// The same after the path of its place: `the column is new`.
    #[must_use]
    pub fn brief(&self) -> String {
        format!("{} {}", self.subject(), self.how)
    }

    /// The object, without its name where the path of the place says it already.
    fn subject(&self) -> String {
        match &self.place {
            Some(place) if place.path() == self.thing.name => format!("the {}", self.thing.kind.words()),
            _ => self.thing.to_string(),
        }
    }

    /// The difference from a database to the models, as their author reads it after the path of its place. The
    /// definition is what the database has, as SQL, where there is a short form of it.
    #[must_use]
    pub fn in_database(&self, definition: Option<&str>) -> String {
        let thing = self.subject();
        let there = definition.map(|definition| format!(": {definition}")).unwrap_or_default();
        match &self.how {
            How::New => format!("the database lacks {thing}"),
            How::Gone => format!("the database has {}, which no model states{there}", self.thing),
            How::Changed => format!("{thing} is different in the database{there}"),
            How::Comment => format!("{thing} has another comment in the database"),
            How::Collation => format!("{thing} has another collation in the database"),
            How::Partitioning => format!("{thing} is partitioned differently in the database"),
            How::Storage { now, was } => {
                format!(
                    "{thing} has the storage parameters {}; in the database it has {}",
                    parameters(now),
                    parameters(was)
                )
            }
            How::Unlogged(true) => format!("{thing} is unlogged, and is logged in the database"),
            How::Unlogged(false) => format!("{thing} is logged, and is unlogged in the database"),
            How::Renamed { was } => format!("{thing} is called {was} in the database"),
            How::Key { .. } => format!("{thing} {}, which differs in the database{there}", self.how),
            How::Values { now, was } => {
                format!("{thing} has the values {}; in the database it has {}", now.join(", "), was.join(", "))
            }
            How::Type { now, was } => format!("{thing} is {now}; in the database it is {was}"),
            How::Nullable(true) => format!("{thing} is nullable, and is NOT NULL in the database"),
            How::Nullable(false) => format!("{thing} is NOT NULL, and is nullable in the database"),
            How::Default { now, was } => {
                format!(
                    "{thing} has the default {}; in the database it has {}",
                    default(now.as_deref()),
                    default(was.as_deref())
                )
            }
            How::Generated { now, was } => {
                format!("{thing} is {}; in the database it is {}", generated(now.as_ref()), generated(was.as_ref()))
            }
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the {} {}", self.kind.words(), self.name)
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New => f.write_str("is new"),
            Self::Gone => f.write_str("is gone"),
            Self::Changed => f.write_str("has changed"),
            Self::Comment => f.write_str("has another comment"),
            Self::Collation => f.write_str("has another collation"),
            Self::Partitioning => f.write_str("is partitioned differently"),
            Self::Storage { now, was } => {
                write!(f, "has the storage parameters {}, it had {}", parameters(now), parameters(was))
            }
            Self::Unlogged(true) => f.write_str("is now unlogged"),
            Self::Unlogged(false) => f.write_str("is now logged"),
            Self::Renamed { was } => write!(f, "was {was}"),
            Self::Key { columns } => write!(f, "is ({})", columns.join(", ")),
            Self::Values { now, was } => write!(f, "has the values {}, it had {}", now.join(", "), was.join(", ")),
            Self::Type { now, was } => write!(f, "is {now}, it was {was}"),
            Self::Nullable(true) => f.write_str("is now nullable"),
            Self::Nullable(false) => f.write_str("is now NOT NULL"),
            Self::Default { now, was } => {
                write!(f, "has the default {}, it had {}", default(now.as_deref()), default(was.as_deref()))
            }
            Self::Generated { now, was } => {
                write!(f, "is {}, it was {}", generated(now.as_ref()), generated(was.as_ref()))
            }
        }
    }
}

fn parameters(parameters: &BTreeMap<String, String>) -> String {
    if parameters.is_empty() { "none".to_owned() } else { storage::print(parameters).join(", ") }
}

fn default(default: Option<&str>) -> &str {
    default.unwrap_or("none")
}

fn generated(generated: Option<&Generated>) -> String {
    match generated {
        None => "given by the program".to_owned(),
        Some(Generated::Stored(expression)) => format!("generated as {expression}"),
        Some(Generated::IdentityAlways) => "numbered by the server always".to_owned(),
        Some(Generated::IdentityByDefault) => "numbered by the server by default".to_owned(),
    }
}

/// How a schema differs from an earlier one, as far as a database would show it. Nothing where no migration is needed.
#[must_use]
pub fn differences(old: &Schema, new: &Schema) -> Vec<Difference> {
    Pair::new(old, new).changes().iter().map(Change::difference).collect()
}

impl Change<'_> {
    /// The change as a difference.
    #[must_use]
    pub fn difference(&self) -> Difference {
        let of = |kind: Kind, name: &str, how: How| Difference::new(Some(Place::table(name)), kind, name, how);
        match self {
            Self::AddExtension(name) => Difference::new(None, Kind::Extension, *name, How::New),
            Self::AddCustom(new) => of(Kind::CustomSql, &new.name, How::New),
            Self::DropCustom(old) => Difference::new(None, Kind::CustomSql, &old.name, How::Gone),
            Self::ChangeCustom { new, .. } => of(Kind::CustomSql, &new.name, How::Changed),
            Self::AddType(new) => of(Kind::Type, &new.name, How::New),
            Self::DropType(old) => Difference::new(None, Kind::Type, &old.name, How::Gone),
            Self::ChangeType { old, new } => {
                of(Kind::Type, &new.name, How::Values { now: values(new), was: values(old) })
            }
            Self::AddTable(new) => of(Kind::Table, &new.name, How::New),
            Self::DropTable(old) => Difference::new(None, Kind::Table, &old.name, How::Gone),
            Self::Table { old, new, change } => change.difference(old, new),
        }
    }
}

fn values(enumeration: &Enumeration) -> Vec<String> {
    enumeration.values.iter().map(|value| value.value.clone()).collect()
}

impl TableChange<'_> {
    fn difference(&self, old: &Table, new: &Table) -> Difference {
        let here = Place::table(&new.name);
        let table = |how: How| Difference::new(Some(here.clone()), Kind::Table, &new.name, how);
        match self {
            Self::Rename => table(How::Renamed { was: old.name.clone() }),
            Self::Comment => table(How::Comment),
            Self::Partitioning => table(How::Partitioning),
            Self::Storage => table(How::Storage { now: new.storage.clone(), was: old.storage.clone() }),
            Self::Logged => table(How::Unlogged(new.unlogged)),
            Self::PrimaryKey => {
                let how = How::Key { columns: new.primary_key.columns.clone() };
                Difference::new(Some(Place::of_primary_key(new)), Kind::PrimaryKey, &new.name, how)
            }
            Self::Column(item) => column(new, *item),
            Self::ColumnClause { old, new: column, clause } => {
                let place = Place::column(&new.name, &column.name);
                let name = place.path();
                Difference::new(Some(place), Kind::Column, name, clause.how(old, column))
            }
            Self::ForeignKey(item) => {
                named(new, Kind::ForeignKey, *item, &new.foreign_keys, |it| &it.name, Place::of_foreign_key)
            }
            Self::Unique(item) => named(new, Kind::UniqueKey, *item, &new.uniques, |it| &it.name, Place::of_unique),
            Self::Check(item) => named(new, Kind::Check, *item, &new.checks, |it| &it.name, Place::of_check),
            Self::Exclusion(item) => {
                named(new, Kind::Exclusion, *item, &new.exclusions, |it| &it.name, Place::of_exclusion)
            }
            Self::Index(item) => named(new, Kind::Index, *item, &new.indexes, |it| &it.name, Place::of_index),
            Self::Trigger(item) => named(new, Kind::Trigger, *item, &new.triggers, |it| &it.name, Place::of_trigger),
            Self::Policy(item) => named(new, Kind::Policy, *item, &new.policies, |it| &it.name, Place::of_policy),
        }
    }
}

fn column(table: &Table, item: Item<'_, Column>) -> Difference {
    let how = how(item, |column| &column.name);
    match (item.now(), item.was()) {
        (Some(column), _) => {
            let place = Place::column(&table.name, &column.name);
            let name = place.path();
            Difference::new(Some(place), Kind::Column, name, how)
        }
        (None, old) => {
            let name = format!("{}.{}", table.name, old.map_or("", |old| &old.name));
            Difference::new(Some(Place::table(&table.name)), Kind::Column, name, how)
        }
    }
}

impl Clause {
    fn how(self, old: &Column, new: &Column) -> How {
        match self {
            Self::Type => How::Type { now: new.sql_type.clone(), was: old.sql_type.clone() },
            Self::Nullable => How::Nullable(new.nullable),
            Self::Default => How::Default { now: new.default.clone(), was: old.default.clone() },
            Self::Generated => How::Generated { now: new.generated.clone(), was: old.generated.clone() },
            Self::Collation => How::Collation,
            Self::Comment => How::Comment,
        }
    }
}

fn how<'a, T>(item: Item<'a, T>, name: impl Fn(&'a T) -> &'a String) -> How {
    match item {
        Item::Add(_) => How::New,
        Item::Drop(_) => How::Gone,
        Item::Change { .. } => How::Changed,
        Item::Rename { old, .. } => How::Renamed { was: name(old).clone() },
    }
}

fn named<'a, T>(
    table: &Table,
    kind: Kind,
    item: Item<'a, T>,
    all: &'a [T],
    name: impl Fn(&'a T) -> &'a String,
    place: impl Fn(&Table, usize) -> Place,
) -> Difference {
    let here = item.now().or(item.was()).map(&name).cloned().unwrap_or_default();
    let at = item.now().and_then(|_| all.iter().position(|it| *name(it) == here));
    let at = at.map_or_else(|| Place::table(&table.name), |number| place(table, number));
    Difference::new(Some(at), kind, here, how(item, name))
}
