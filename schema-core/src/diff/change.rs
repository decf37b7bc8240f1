//! One change from an old schema to a new one, typed.

use crate::schema::{Check, Column, Custom, Enumeration, Exclusion, ForeignKey, Index, Policy, Table, Trigger, Unique};

/// One change that leads from an old schema to a new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// An extension is needed.
    AddExtension(&'a str),
    /// SQL of the user's own is new.
    AddCustom(&'a Custom),
    /// It is gone.
    DropCustom(&'a Custom),
    /// It is written differently.
    ChangeCustom {
        /// As it was.
        old: &'a Custom,
        /// As it is.
        new: &'a Custom,
    },
    /// A native enumeration is new.
    AddType(&'a Enumeration),
    /// A native enumeration is gone.
    DropType(&'a Enumeration),
    /// A native enumeration has other values.
    ChangeType {
        /// As it was.
        old: &'a Enumeration,
        /// As it is.
        new: &'a Enumeration,
    },
    /// A table is new.
    AddTable(&'a Table),
    /// A table is gone.
    DropTable(&'a Table),
    /// Something of a table that stays.
    Table {
        /// The table as it was; under another name where it is renamed.
        old: &'a Table,
        /// The table as it is.
        new: &'a Table,
        /// What is changed.
        change: TableChange<'a>,
    },
}

/// One change of a table that stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableChange<'a> {
    /// The table has another name.
    Rename,
    /// The table has another comment.
    Comment,
    /// The table is partitioned differently, or has other partitions.
    Partitioning,
    /// The table has other storage parameters.
    Storage,
    /// The changes of the table are now logged, or no longer logged.
    Logged,
    /// The primary key has another name or other columns.
    PrimaryKey,
    /// A column is new, gone, or has another name.
    Column(Item<'a, Column>),
    /// A clause of a column that stays.
    ColumnClause {
        /// The column as it was; under another name where it is renamed.
        old: &'a Column,
        /// The column as it is.
        new: &'a Column,
        /// Which.
        clause: Clause,
    },
    /// A foreign key.
    ForeignKey(Item<'a, ForeignKey>),
    /// A unique key.
    Unique(Item<'a, Unique>),
    /// A check.
    Check(Item<'a, Check>),
    /// An exclusion constraint.
    Exclusion(Item<'a, Exclusion>),
    /// An index.
    Index(Item<'a, Index>),
    /// A trigger.
    Trigger(Item<'a, Trigger>),
    /// A policy.
    Policy(Item<'a, Policy>),
}

/// What happens to one of the things that a table holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Item<'a, T> {
    /// It is new.
    Add(&'a T),
    /// It is gone.
    Drop(&'a T),
    /// It has the same name and is different.
    Change {
        /// As it was.
        old: &'a T,
        /// As it is.
        new: &'a T,
    },
    /// It is the same under another name.
    Rename {
        /// As it was.
        old: &'a T,
        /// As it is.
        new: &'a T,
    },
}

// Not derived: that would ask the same of `T`.
impl<T> Clone for Item<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Item<'_, T> {}

impl<'a, T> Item<'a, T> {
    /// The thing as it was, where it was.
    #[must_use]
    pub fn was(&self) -> Option<&'a T> {
        match self {
            Self::Add(_) => None,
            Self::Drop(old) | Self::Change { old, .. } | Self::Rename { old, .. } => Some(old),
        }
    }

    /// The thing as it is, where it is.
    #[must_use]
    pub fn now(&self) -> Option<&'a T> {
        match self {
            Self::Drop(_) => None,
            Self::Add(new) | Self::Change { new, .. } | Self::Rename { new, .. } => Some(new),
        }
    }
}

/// A clause of a column's definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clause {
    /// The type.
    Type,
    /// NOT NULL.
    Nullable,
    /// DEFAULT.
    Default,
    /// GENERATED.
    Generated,
    /// COLLATE.
    Collation,
    /// The comment.
    Comment,
}
