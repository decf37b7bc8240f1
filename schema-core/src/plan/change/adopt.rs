//! A unique index that becomes a constraint of the same name, and a constraint that becomes an index.

use super::keys::Key;
use crate::plan::planner::{Planner, Rank, before, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{Index, PrimaryKey, Table, Unique};
use crate::sql::ddl;

impl Planner<'_> {
    /// Whether an index goes since a constraint of its name takes its place.
    pub(super) fn becomes_constraint(&self, table: &Table, old: &Index) -> bool {
        table.primary_key.name == old.name && !table.primary_key.columns.is_empty()
            || table.uniques.iter().any(|it| it.name == old.name && ddl::is_constraint(it, self.dialect))
    }

    /// Whether a constraint goes since an index of its name takes its place.
    pub(super) fn becomes_index(&self, table: &Table, old: &Unique) -> bool {
        table.indexes.iter().any(|it| it.name == old.name) && ddl::is_constraint(old, self.dialect)
    }

    /// Makes a constraint of the index that has its name; nothing where there is none.
    pub(super) fn constraint_of_index(&mut self, table: &Table, new: &Unique) -> bool {
        let swap = self.filled_at(table, &new.columns);
        self.key_of_index(((Phase::Expand, Rank::Keys), swap), table, &Key::unique(new, self.dialect))
    }

    /// The same of a primary key, whose columns are free of NULL by then.
    pub(super) fn primary_key_of_index(&mut self, table: &Table, new: &PrimaryKey) -> bool {
        let at = (Phase::Contract, Rank::Keys);
        self.key_of_index((at, at), table, &Key::primary(new))
    }

    fn key_of_index(&mut self, (at, swap): ((Phase, Rank), (Phase, Rank)), table: &Table, key: &Key) -> bool {
        let old_table = self.old_table_of(table);
        let Some(old) = old_table.indexes.iter().find(|it| it.name == key.name()) else { return false };
        if key.is_on(old) {
            self.adopt_index(at, table, old, key);
        } else {
            let was = Key::of_index(old);
            self.swap_key((swap, swap), table, (&was, &was), key);
        }
        true
    }

    /// Puts an index in the place of the constraint that has its name; nothing where there is none.
    pub(super) fn index_of_constraint(&mut self, table: &Table, new: &Index) -> bool {
        let old_table = self.old_table_of(table);
        let constraint = |it: &&Unique| it.name == new.name && ddl::is_constraint(it, self.dialect);
        let Some(old) = old_table.uniques.iter().find(constraint) else { return false };
        let at = (Phase::Contract, Rank::Keys);
        let was = Key::unique(old, self.dialect);
        self.swap_key((at, at), table, (&was, &was), &Key::of_index(new));
        true
    }

    /// The index is there, so nothing is read. The way back builds another one, which takes its name.
    fn adopt_index(&mut self, at: (Phase, Rank), table: &Table, old: &Index, key: &Key) {
        let (name, spare) = (&old.name, before(&old.name));
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
