//! A unique index that becomes a constraint of the same name, and a constraint that becomes an index.

use super::keys::Key;
use crate::plan::planner::{Planner, Rank, before, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{Index, Table, Unique};
use crate::sql::ddl;

impl Planner<'_> {
    /// Whether an index goes since a constraint of its name takes its place.
    pub(super) fn becomes_constraint(&self, table: &Table, old: &Index) -> bool {
        table.uniques.iter().any(|it| it.name == old.name && ddl::is_constraint(it, self.dialect))
    }

    /// Whether a constraint goes since an index of its name takes its place.
    pub(super) fn becomes_index(&self, table: &Table, old: &Unique) -> bool {
        table.indexes.iter().any(|it| it.name == old.name) && ddl::is_constraint(old, self.dialect)
    }

    /// Makes a constraint of the index that has its name; nothing where there is none.
    pub(super) fn constraint_of_index(&mut self, table: &Table, new: &Unique) -> bool {
        let old_table = self.old_table_of(table);
        let Some(old) = old_table.indexes.iter().find(|it| it.name == new.name) else { return false };
        let key = Key::unique(new, self.dialect);
        if *old == ddl::unique_index(new) {
            self.adopt_index(table, old, &key);
        } else {
            let at = self.filled_at(table, &new.columns);
            self.swap_key((at, at), table, &Key::of_index(old), &key);
        }
        true
    }

    /// Puts an index in the place of the constraint that has its name; nothing where there is none.
    pub(super) fn index_of_constraint(&mut self, table: &Table, new: &Index) -> bool {
        let old_table = self.old_table_of(table);
        let constraint = |it: &&Unique| it.name == new.name && ddl::is_constraint(it, self.dialect);
        let Some(old) = old_table.uniques.iter().find(constraint) else { return false };
        let at = (Phase::Contract, Rank::Keys);
        self.swap_key((at, at), table, &Key::unique(old, self.dialect), &Key::of_index(new));
        true
    }

    /// The index is there, so nothing is read. The way back builds another one, which takes its name.
    fn adopt_index(&mut self, table: &Table, old: &Index, key: &Key) {
        let (name, spare, at) = (&old.name, before(&old.name), (Phase::Expand, Rank::Keys));
        let lock = exclusive(&table.name);
        let back = vec![ddl::drop_constraint(&table.name, name), ddl::rename_index(&spare, name)];
        self.step(
            at,
            &format!("release_{name}"),
            "the index becomes the key in the next file; on the way back another one, which that file builds, takes its name here",
            Script::nothing(format!("leaves the index {name} of {} to the next file", table.name)),
            Script::quick(format!("puts the index {name} of {} in the place of the key", table.name), &lock, back),
        );
        let mut up = key.adopt(&table.name);
        up.groups.insert(0, vec![ddl::if_index(&spare, &[ddl::drop_index(&spare)], &[])]);
        self.step(
            at,
            &format!("add_{name}"),
            "the index is there, so nothing is read",
            up,
            key.build(&table.name, &spare),
        );
    }
}
