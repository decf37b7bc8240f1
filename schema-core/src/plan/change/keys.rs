//! Keys that take over an index which was built while the program ran.
//!
//! A dropped key takes its index with it. So what takes a key back is a file that finds out how far the way up came,
//! and an index that the way back needs is built by a file of its own. Each file can be run again after it was taken back.

use super::indexes::create;
use crate::dialect::Dialect;
use crate::diff::{Change, TableChange};
use crate::place::Place;
use crate::plan::needs::referenced;
use crate::plan::planner::{HAZARD, Planner, Rank, before, beside, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{ForeignKey, Index, KeyColumn, Object, PrimaryKey, Table, Unique};
use crate::sql::Statement;
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

    /// A unique index that is no constraint.
    pub(super) fn of_index(index: &Index) -> Self {
        Self { index: index.clone(), kind: Kind::Index }
    }

    pub(super) fn name(&self) -> &str {
        &self.index.name
    }

    /// Whether it needs exactly that index.
    pub(super) fn is_on(&self, index: &Index) -> bool {
        self.index == *index
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

    pub(super) fn build(&self, table: &str, name: &str) -> Script {
        create(table, &Index { name: name.to_owned(), ..self.index.clone() })
    }

    /// The statement by which an index becomes the key.
    fn take(&self, table: &str, index: &str) -> Statement {
        match self.kind {
            Kind::Primary => ddl::add_primary_key_using_index(table, self.name(), index),
            Kind::Unique => ddl::add_unique_using_index(table, self.name(), index),
            Kind::Index => ddl::rename_index(index, self.name()),
        }
    }

    /// The statements that put the key in the place of another. A constraint takes no index that is not valid, a name does.
    fn replace(&self, old: &Self, table: &str, index: &str) -> Vec<Statement> {
        let asserted = (self.kind == Kind::Index).then(|| ddl::raise_if_invalid(index));
        asserted.into_iter().chain([old.drop(table), self.take(table, index)]).collect()
    }

    /// The statement that drops the key with its index.
    fn drop(&self, table: &str) -> Statement {
        match self.kind {
            Kind::Primary | Kind::Unique => ddl::drop_constraint(table, self.name()),
            Kind::Index => ddl::drop_index(self.name()),
        }
    }

    /// The script by which the index of that name becomes the key, where it is not one.
    pub(super) fn adopt(&self, table: &str) -> Script {
        Script::quick(
            format!("makes the index {} {}", self.name(), self.what(table)),
            exclusive(table),
            vec![ddl::unless_constraint(table, self.name(), self.take(table, self.name()))],
        )
    }

    /// The script that drops the key, or the index that was to become one.
    fn drop_either(&self, table: &str) -> Script {
        let statements =
            vec![ddl::drop_constraint_if_exists(table, self.name()), ddl::drop_index_if_exists(self.name())];
        Script::quick(format!("drops {} and its index", self.what(table)), exclusive(table), statements)
    }
}

/// Whether a change is one of that foreign key.
fn changes_key(change: &Change<'_>, table: &Table, key: &ForeignKey) -> bool {
    match change {
        Change::Table { new, change: TableChange::ForeignKey(item), .. } => {
            new.name == table.name && item.now().or(item.was()).is_some_and(|it| it.name == key.name)
        }
        _ => false,
    }
}

impl<'a> Planner<'a> {
    /// A foreign key holds on to the index of the key that it references, also where another is built next to it: that key
    /// cannot be dropped under it.
    pub(super) fn refuse_held_keys(&mut self, changes: &[Change<'_>]) {
        for table in self.new_schema().tables.values() {
            for key in &table.foreign_keys {
                if changes.iter().any(|change| changes_key(change, table, key)) {
                    continue;
                }
                let Some(target) = self.loses_its_key(table, key) else { continue };
                let message = format!(
                    "the foreign key `{}` of `{}` holds on to the key ({}), which another takes the place of",
                    key.name,
                    table.name,
                    key.target_columns.join(", ")
                );
                let help = "drop the foreign key in a migration before this one, and add it again in one after it";
                self.refuse(HAZARD, Place::of_primary_key(target), message, help.to_owned());
            }
        }
    }

    /// The table whose key goes under a foreign key that stays.
    fn loses_its_key(&self, table: &Table, key: &ForeignKey) -> Option<&'a Table> {
        let was = self.old_table_of(table);
        let before = self.as_moved(was.foreign_keys.iter().find(|it| it.name == key.name)?);
        let (target, is) = (self.old().tables.get(&key.table)?, self.new_schema().tables.get(&key.table)?);
        let switched = self.is_switched(&table.name, &key.columns) || self.is_switched(&key.table, &key.target_columns);
        let held = referenced(target, &before.target_columns);
        let kept = referenced(is, &key.target_columns);
        let is_primary =
            |table: &Table, held: &[Object]| held.contains(&Object::constraint(&table.name, &table.primary_key.name));
        // Its name may follow that of the table, and it is the same.
        if is_primary(target, &held) {
            let stays = is_primary(is, &kept) && target.primary_key.columns == is.primary_key.columns;
            return (!switched && !stays).then_some(is);
        }
        (!switched && !held.iter().any(|it| kept.contains(it))).then_some(is)
    }

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

    /// Builds the index of the new key next to the old key, and lets it take the old one's place. What is left of the old
    /// one is on the columns as they are called when the new one has its place.
    pub(super) fn swap_key(
        &mut self,
        (built, at): ((Phase, Rank), (Phase, Rank)),
        table: &Table,
        (old, left): (&Key, &Key),
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
            &format!("release_{}", old.name()),
            "the old index goes with the old key in the next file; the way back builds it here before it becomes the key again",
            Script::nothing(format!("leaves {} to the next file", old.what(table))),
            left.build(table, &spare),
        );
        self.step(
            at,
            &format!("switch_{}", new.name()),
            "the index of the new key is built, so nothing is read",
            Script::quick(
                format!("puts {} in the place of the old one", new.what(table)),
                &lock,
                vec![
                    ddl::if_index(&spare, &[ddl::drop_index(&spare)], &[]),
                    ddl::if_index(&aside, &new.replace(old, table, &aside), &[]),
                ],
            ),
            Script::nothing(format!("leaves {} to the files before, which put the old one back", new.what(table))),
        );
    }
}
