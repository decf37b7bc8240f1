//! Keys that take over an index which was built while the program ran.
//!
//! A dropped key takes its index with it. So what takes a key back is a file that finds out how far the way up came,
//! and an index that the way back needs is built by a file of its own. Each file can be run again after it was taken back.

use super::indexes::create;
use crate::dialect::Dialect;
use crate::plan::planner::{Planner, Rank, before, beside, exclusive, shared};
use crate::plan::{Phase, Script};
use crate::schema::{Index, KeyColumn, PrimaryKey, Table, Unique};
use crate::sql::ddl;

/// A unique key or a primary key, with the index that implements it.
pub(super) struct Key {
    index: Index,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Unique,
    /// A unique index that is not a constraint.
    Index,
}

impl Key {
    pub(super) fn unique(unique: &Unique, dialect: &Dialect) -> Self {
        let kind = if ddl::is_constraint(unique, dialect) { Kind::Unique } else { Kind::Index };
        Self { index: ddl::unique_index(unique), kind }
    }

    pub(super) fn primary(key: &PrimaryKey) -> Self {
        let index = Index {
            name: key.name.clone(),
            key: key.columns.iter().map(|column| KeyColumn::column(column)).collect(),
            unique: true,
            ..Index::default()
        };
        Self { index, kind: Kind::Primary }
    }

    fn name(&self) -> &str {
        &self.index.name
    }

    /// `the unique key orders_code_unique of orders`
    fn what(&self, table: &str) -> String {
        let kind = match self.kind {
            Kind::Primary => "primary key",
            Kind::Unique => "unique key",
            Kind::Index => "unique index",
        };
        format!("the {kind} {} of {table}", self.name())
    }

    fn build(&self, table: &str, name: &str) -> Script {
        create(table, &Index { name: name.to_owned(), ..self.index.clone() })
    }

    /// The statement by which an index becomes the key.
    fn take(&self, table: &str, index: &str) -> String {
        match self.kind {
            Kind::Primary => ddl::add_primary_key_using_index(table, self.name(), index),
            Kind::Unique => ddl::add_unique_using_index(table, self.name(), index),
            Kind::Index => ddl::rename_index(index, self.name()),
        }
    }

    /// The statements that put the key in the place of another. A constraint takes no index that is not valid, a name does.
    fn replace(&self, old: &Self, table: &str, index: &str) -> Vec<String> {
        let asserted = (self.kind == Kind::Index).then(|| ddl::raise_if_invalid(index));
        asserted.into_iter().chain([old.drop(table), self.take(table, index)]).collect()
    }

    /// The statement that drops the key with its index.
    fn drop(&self, table: &str) -> String {
        match self.kind {
            Kind::Primary | Kind::Unique => ddl::drop_constraint(table, self.name()),
            Kind::Index => ddl::drop_index(self.name()),
        }
    }

    /// The script by which the index of that name becomes the key, where it is not one.
    fn adopt(&self, table: &str) -> Script {
        Script::quick(
            format!("makes the index {} {}", self.name(), self.what(table)),
            exclusive(table),
            vec![ddl::unless_constraint(table, self.name(), &self.take(table, self.name()))],
        )
    }

    /// The script that drops the key, or the index that was to become one.
    fn drop_either(&self, table: &str) -> Script {
        let statements =
            vec![ddl::drop_constraint_if_exists(table, self.name()), ddl::drop_index_if_exists(self.name())];
        Script::quick(format!("drops {} and its index", self.what(table)), exclusive(table), statements)
    }
}

impl Planner<'_> {
    pub(super) fn add_key(&mut self, at: (Phase, Rank), table: &Table, new: &Key) {
        self.twins(at, table, &new.index);
        let (name, table) = (new.name(), &table.name);
        self.step(
            at,
            &format!("build_{name}"),
            "the index of a key is built while the program runs, and becomes the key in the next file",
            new.build(table, name),
            new.drop_either(table),
        );
        self.step(
            at,
            &format!("add_{name}"),
            "the index is there, so nothing is read",
            new.adopt(table),
            Script::nothing(format!("leaves {} to the file before, which drops it with its index", new.what(table))),
        );
    }

    pub(super) fn drop_key(&mut self, at: (Phase, Rank), table: &Table, old: &Key) {
        let (name, table) = (old.name(), &table.name);
        self.step(
            at,
            &format!("release_{name}"),
            "the key and its index go in the next file; on the way back the index is built before it becomes the key again",
            Script::nothing(format!("leaves {} to the next file", old.what(table))),
            old.adopt(table),
        );
        self.step(
            at,
            &format!("drop_{name}"),
            "the models do not have it any more",
            old.drop_either(table),
            old.build(table, name),
        );
    }

    /// Builds the index of the new key next to the old key, and lets it take the old one's place.
    pub(super) fn swap_key(
        &mut self,
        (built, at): ((Phase, Rank), (Phase, Rank)),
        table: &Table,
        old: &Key,
        new: &Key,
    ) {
        self.twins(built, table, &new.index);
        let table = &table.name;
        let (aside, spare) = (beside(new.name()), before(old.name()));
        let lock = exclusive(table);
        let back = ddl::if_index(&aside, &[ddl::drop_index(&aside)], &old.replace(new, table, &spare));
        self.step(
            built,
            &format!("build_{aside}"),
            "the old key holds until the index of the new one is built",
            new.build(table, &aside),
            Script::quick(
                format!("puts {} back, where another took its place", old.what(table)),
                &lock,
                vec![back, ddl::drop_index_if_exists(&spare)],
            ),
        );
        self.step(
            at,
            &format!("unbuild_{spare}"),
            "the old index goes with the old key; the way back builds it here before it becomes the key again",
            Script::alone(
                format!("drops the index {spare} of {table}, where a way back left it"),
                shared(table),
                "an instant where it is not there",
                ddl::drop_index_concurrently_if_exists(&spare),
            ),
            old.build(table, &spare),
        );
        self.step(
            at,
            &format!("switch_{}", new.name()),
            "the index of the new key is built, so nothing is read",
            Script::quick(
                format!("puts {} in the place of the old one", new.what(table)),
                &lock,
                vec![ddl::if_index(&aside, &new.replace(old, table, &aside), &[])],
            ),
            Script::nothing(format!("leaves {} to the files before, which put the old one back", new.what(table))),
        );
    }
}
