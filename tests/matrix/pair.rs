//! The two sides of a cell, and why a combination has none.

use tablewright_core::plan::Allowed;

use super::model::{Column, Model};

/// Why a combination says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The rows of the tests share values of such a column.
    Repeats,
    /// A key's column is never NULL, and the change is that it is or is not.
    NeverNull,
    /// The change states the same thing of the column.
    StatedByChange,
    /// The server gives the values, so nothing else can.
    GivenByServer,
    /// The type has no operator for it.
    NoOperator,
    /// The change takes the table away, and with it what else would change.
    TableGone,
    /// The column takes no NULL, or is not there before, so these rows are those of another cell.
    NoNulls,
    /// A model names no schema.
    NoSchemas,
    /// The rows break what the change needs acknowledged of them.
    RowsContradict,
    /// The server does not take the models, whatever leads to them.
    NoServer,
    /// The values that the change gives are in no row that could be referenced.
    Dangling,
    /// A partitioned table has no such key or constraint.
    NotPartitioned,
}

impl Reason {
    pub const ALL: [Self; 12] = [
        Self::Repeats,
        Self::NeverNull,
        Self::StatedByChange,
        Self::GivenByServer,
        Self::NoOperator,
        Self::TableGone,
        Self::NoNulls,
        Self::NoSchemas,
        Self::RowsContradict,
        Self::NoServer,
        Self::Dangling,
        Self::NotPartitioned,
    ];

    /// The words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Self::Repeats => "the type has too few values for a unique key",
            Self::NeverNull => "a key's column is never NULL, which is what the change is about",
            Self::StatedByChange => "the change states the same thing of the column",
            Self::GivenByServer => "the server gives the column's values",
            Self::NoOperator => "the type has no operator for it",
            Self::TableGone => "the table is gone, and nothing else of it can change",
            Self::NoNulls => "the column takes no NULL, or is not there before",
            Self::NoSchemas => "a model names no schema",
            Self::RowsContradict => "the rows contradict what the change asks to be acknowledged",
            Self::NoServer => "the server does not take such models",
            Self::Dangling => "the values that the change gives are in no row that could be referenced",
            Self::NotPartitioned => "a partitioned table has no such key",
        }
    }
}

/// One side: the models, and the column that the change is about, where it is there.
#[derive(Clone, Debug)]
pub struct Side {
    pub model: Model,
    pub column: Option<Column>,
}

/// The models before and after.
#[derive(Clone, Debug)]
pub struct Pair {
    pub old: Side,
    pub new: Side,
    /// What is acknowledged from the beginning.
    pub allowed: Allowed,
}

impl Pair {
    /// The usual table, with the column on the sides that have it.
    pub fn new(old: impl Into<Option<Column>>, new: impl Into<Option<Column>>) -> Self {
        let side = |column| Side { model: Model::new(), column };
        Self { old: side(old.into()), new: side(new.into()), allowed: Allowed::default() }
    }

    /// The same column on both sides.
    pub fn of(column: Column) -> Self {
        Self::new(column.clone(), column)
    }

    /// Changes the new side.
    pub fn after(mut self, change: impl FnOnce(&mut Model)) -> Self {
        change(&mut self.new.model);
        self
    }

    /// Changes the old side.
    pub fn before(mut self, change: impl FnOnce(&mut Model)) -> Self {
        change(&mut self.old.model);
        self
    }

    /// Changes both sides.
    pub fn both(self, change: impl Fn(&mut Model)) -> Self {
        self.before(&change).after(&change)
    }

    /// The columns of the change.
    pub fn columns(&self) -> impl Iterator<Item = &Column> {
        self.old.column.iter().chain(&self.new.column)
    }

    /// What a fragment adds to each side that has the column.
    pub fn each(&mut self, mut add: impl FnMut(&mut Model, &mut Column)) {
        for side in [&mut self.old, &mut self.new] {
            if let Some(column) = &mut side.column {
                add(&mut side.model, column);
            }
        }
    }

    /// The models, with the columns in their places.
    pub fn models(mut self) -> (Model, Model) {
        for side in [&mut self.old, &mut self.new] {
            side.model.columns.extend(side.column.take());
        }
        (self.old.model, self.new.model)
    }
}
