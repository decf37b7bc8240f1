//! Checks, foreign keys and exclusion constraints.

use super::provable::Provable;
use crate::diff::Item;
use crate::expression::Fragment;
use crate::place::Place;
use crate::plan::locks::{LockMode, Locked, Locks, Remark, TableLock};
use crate::plan::planner::{Planner, Rank, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{Check, Exclusion, ForeignKey, ReferentialAction, Table};
use crate::sql::Statement;
use crate::sql::ddl;

impl Planner<'_> {
    pub(super) fn check(&mut self, table: &Table, item: Item<'_, Check>) {
        match item {
            Item::Add(new) => {
                let at = self.built_on(table, &columns_of(&new.expression));
                self.prove(at, &Provable::check(&table.name, new));
            }
            Item::Drop(old) => {
                let phase = if goes_with_a_column(table, &columns_of(&old.expression)) {
                    (Phase::Contract, Rank::Unbuild)
                } else {
                    (Phase::Expand, Rank::Relax)
                };
                self.unprove(phase, &Provable::check(&table.name, old));
            }
            Item::Change { old, new } => self.changed_check(table, old, new),
            Item::Rename { old, new } => self.rename_constraint(table, &old.name, &new.name),
        }
    }

    fn changed_check(&mut self, table: &Table, old: &Check, new: &Check) {
        let (before, after) = (Provable::check(&table.name, old), Provable::check(&table.name, new));
        match range(&old.expression, &new.expression) {
            Range::Wider => self.swap((Phase::Expand, Rank::Constraints), &before, &after),
            Range::Narrower => self.swap((Phase::Contract, Rank::Constraints), &before, &after),
            // Each release may write what the other's condition refuses: for a while neither condition holds.
            Range::Other => {
                self.unprove((Phase::Expand, Rank::Relax), &before);
                self.prove((Phase::Contract, Rank::Constraints), &after);
            }
        }
    }

    pub(super) fn foreign_key(&mut self, table: &Table, item: Item<'_, ForeignKey>) {
        if table.partitioning.is_some() && item.now().is_some() {
            return self.partitioned_foreign_key(table, item);
        }
        match item {
            Item::Add(new) => {
                let waits = self.as_waiting(new) != *new;
                let contract = (Phase::Contract, Rank::Constraints);
                let later = waits || self.acts_otherwise(table, new);
                let at = if later { contract } else { self.built_on(table, &new.columns) };
                self.prove(at, &Provable::foreign_key(&table.name, new));
            }
            Item::Drop(old) => {
                let old = &self.as_moved(old);
                let waiting = self.replacements.get(&old.table).into_iter().flatten().filter(|it| it.waits());
                let switched = waiting.into_iter().any(|it| old.target_columns.contains(&it.old.name));
                let phase = if switched {
                    // The way back makes it when the columns that it references have their names again.
                    (Phase::Contract, Rank::Objects)
                } else if goes_with_a_column(table, &old.columns)
                    || !self.new_schema().tables.contains_key(&old.table)
                    || acts(old)
                {
                    (Phase::Contract, Rank::Unbuild)
                } else {
                    (Phase::Expand, Rank::Relax)
                };
                let key = Provable::foreign_key(&table.name, old);
                if table.partitioning.is_some() {
                    self.unprove_of_partitions(phase, &key, &old.table);
                } else {
                    self.unprove(phase, &key);
                }
                if acts(old) && !goes_with_a_column(table, &old.columns) {
                    // Until then the new release would delete what it means to keep.
                    self.new_release_starts(phase, &format!("drop_{}", old.name));
                }
            }
            Item::Change { old, new } => {
                let old = &self.as_moved(old);
                let (before, after) =
                    (Provable::foreign_key(&table.name, old), Provable::foreign_key(&table.name, new));
                let filled = |table: &str, columns: &[String]| {
                    columns.iter().any(|column| self.filled.contains(&(table.to_owned(), column.clone())))
                };
                let contract = (Phase::Contract, Rank::Constraints);
                if filled(&table.name, &new.columns) || filled(&new.table, &new.target_columns) {
                    // What happens to rows whose target goes changes when the old release has gone.
                    let standing = self.as_waiting(new);
                    let kept = ForeignKey {
                        on_delete: old.on_delete,
                        set_null: standing
                            .set_null
                            .iter()
                            .filter(|_| old.on_delete == new.on_delete)
                            .cloned()
                            .collect(),
                        on_update: old.on_update,
                        ..standing.clone()
                    };
                    let between = Provable::foreign_key(&table.name, &kept);
                    self.swap((Phase::Backfill, Rank::Constraints), &before, &between);
                    if kept != standing {
                        self.swap(contract, &between, &Provable::foreign_key(&table.name, &standing));
                    }
                } else if old.columns == new.columns
                    && old.table == new.table
                    && old.target_columns == new.target_columns
                {
                    // What happens to rows whose target goes is what the old release expects, until it is gone.
                    self.swap(contract, &before, &after);
                } else if acts(old) {
                    // The old release relies on it, and the new one writes what it refuses.
                    self.swap(contract, &before, &after);
                    self.new_release_starts(contract, &format!("switch_{}", new.name));
                } else {
                    // Each release may write what the other's key refuses: for a while neither holds.
                    self.unprove((Phase::Expand, Rank::Relax), &before);
                    self.prove(contract, &after);
                }
            }
            Item::Rename { old, new } => self.rename_constraint(table, &old.name, &new.name),
        }
    }

    /// A partitioned table takes no foreign key that is not valid.
    fn partitioned_foreign_key(&mut self, table: &Table, item: Item<'_, ForeignKey>) {
        let hazard = format!("blocks {}", table.name);
        let at = Place::table(&table.name);
        let message = format!(
            "a foreign key of a partitioned table is proved while it is added: {} and the table it references are blocked",
            table.name
        );
        if !self.acknowledge(&hazard, at, message, "") {
            return;
        }
        let add = |key: &ForeignKey| ddl::add_constraint(&table.name, &key.name, &ddl::foreign_key_body(key));
        let drop = |key: &ForeignKey| ddl::drop_constraint(&table.name, &key.name);
        let (old, new) = (item.was(), item.now());
        let up: Vec<Statement> = old.map(drop).into_iter().chain(new.map(add)).collect();
        let down: Vec<Statement> = new.map(drop).into_iter().chain(old.map(add)).collect();
        let name = new.or(old).map_or("", |key| &key.name);
        let locks = Locks::of(vec![
            TableLock::new(LockMode::ShareRowExclusive, &table.name),
            TableLock { mode: LockMode::ShareRowExclusive, table: Locked::Referenced },
        ]);
        let proving = |script: Script, key: Option<&ForeignKey>| match key {
            Some(key) => script.reads(&table.name).reads(&key.table),
            None => script,
        };
        self.acknowledged_step(
            (Phase::Contract, Rank::Constraints),
            &format!("foreign_key_{name}"),
            "a partitioned table takes no foreign key that is proved later",
            &[hazard],
            proving(Script::reading(format!("makes the foreign key {name} of {}", table.name), &locks, up), new),
            proving(Script::reading(format!("takes the foreign key {name} of {} back", table.name), &locks, down), old),
        );
    }

    pub(super) fn exclusion(&mut self, table: &Table, item: Item<'_, Exclusion>) {
        if let Item::Rename { old, new } = item {
            return self.rename_constraint(table, &old.name, &new.name);
        }
        let add = |it: &Exclusion| ddl::add_constraint(&table.name, &it.name, &ddl::exclusion_body(table, it));
        let drop = |it: &Exclusion| ddl::drop_constraint(&table.name, &it.name);
        let (old, new) = (item.was(), item.now());
        let name = new.or(old).map_or("", |it| &it.name);
        let up: Vec<Statement> = old.map(drop).into_iter().chain(new.map(add)).collect();
        let down: Vec<Statement> = new.map(drop).into_iter().chain(old.map(add)).collect();
        let lock = exclusive(&table.name);
        let makes = format!("makes the exclusion constraint {name} of {}", table.name);
        let drops = format!("drops the exclusion constraint {name} of {}", table.name);
        if new.is_none() {
            return self.step(
                (Phase::Expand, Rank::Relax),
                &format!("drop_{name}"),
                "the models do not have it any more",
                Script::quick(drops, &lock, up),
                Script::reading(makes, lock.remark(Remark::WhileBuiltForWantOfAnother), down),
            );
        }
        let hazard = format!("blocks {}", table.name);
        let message = format!(
            "there is no way to add an exclusion constraint without blocking `{}` while its index is built",
            table.name
        );
        if self.acknowledge(&hazard, Place::table(&table.name), message, "") {
            self.acknowledged_step(
                (Phase::Contract, Rank::Constraints),
                &format!("exclude_{name}"),
                "an exclusion constraint cannot be built beside the running program",
                &[hazard],
                Script::reading(makes, lock.clone().remark(Remark::WhileBuilt), up),
                Script::quick(drops, lock, down),
            );
        }
    }

    pub(super) fn check_at(&mut self, at: (Phase, Rank), table: &str, check: &Check) {
        self.prove(at, &Provable::check(table, check));
    }

    pub(super) fn check_gone_at(&mut self, at: (Phase, Rank), table: &str, check: &Check) {
        self.unprove(at, &Provable::check(table, check));
    }

    pub(super) fn foreign_key_at(&mut self, at: (Phase, Rank), table: &str, key: &ForeignKey) {
        self.prove(at, &Provable::foreign_key(table, key));
    }

    pub(super) fn foreign_key_gone_at(&mut self, at: (Phase, Rank), table: &str, key: &ForeignKey) {
        let key = self.as_moved(key);
        self.unprove(at, &Provable::foreign_key(table, &key));
    }

    /// An old key as it is from the renames of tables on, which come first.
    pub(super) fn as_moved(&self, key: &ForeignKey) -> ForeignKey {
        let table = self.moved.get(&key.table).unwrap_or(&key.table).clone();
        ForeignKey { table, ..key.clone() }
    }

    /// Whether a new key on a column that takes the place of another does something else to rows than the old one.
    fn acts_otherwise(&self, table: &Table, new: &ForeignKey) -> bool {
        let replaced = self.replacements.get(&table.name).into_iter().flatten();
        let names: Vec<(&str, &str)> = replaced.map(|it| (it.old.name.as_str(), it.new.name.as_str())).collect();
        let is_now =
            |old: &String| names.iter().find(|(was, _)| was == old).map_or(old.as_str(), |(_, is)| is).to_owned();
        self.old_table_of(table).foreign_keys.iter().map(|old| self.as_moved(old)).any(|old| {
            let same = old.table == new.table && old.columns.iter().map(is_now).eq(new.columns.iter().cloned());
            same && (old.on_delete, old.on_update) != (new.on_delete, new.on_update)
        })
    }

    /// A new key as it is until the switch: on the columns that wait for their names in the table that it references. The
    /// server follows them when they get these.
    fn as_waiting(&self, key: &ForeignKey) -> ForeignKey {
        let list = self.replacements.get(&key.table).into_iter().flatten();
        let waiting: Vec<_> = list.filter(|it| it.waits()).collect();
        let standing = |column: &String| {
            waiting.iter().find(|it| it.new.name == *column).map_or(column, |it| &it.standing).clone()
        };
        ForeignKey { target_columns: key.target_columns.iter().map(standing).collect(), ..key.clone() }
    }

    pub(super) fn rename_constraint(&mut self, table: &Table, from: &str, to: &str) {
        self.renamed(table, from, to, |from, to| ddl::rename_constraint(&table.name, from, to));
    }

    /// When a constraint may come: with its columns where they are new, otherwise when the old release is gone, since
    /// that may write what the constraint refuses.
    fn built_on(&self, table: &Table, columns: &[String]) -> (Phase, Rank) {
        let is = |set: &std::collections::BTreeSet<(String, String)>, column: &String| {
            set.contains(&(table.name.clone(), column.clone()))
        };
        if columns.iter().any(|column| is(&self.filled, column)) {
            (Phase::Backfill, Rank::Constraints)
        } else if columns.iter().any(|column| is(&self.added, column)) {
            (Phase::Expand, Rank::Constraints)
        } else {
            (Phase::Contract, Rank::Constraints)
        }
    }
}

/// The columns that an expression names; nothing where it is none.
pub(super) fn columns_of(expression: &str) -> Vec<String> {
    Fragment::parse(expression).map(|fragment| fragment.column_names()).unwrap_or_default()
}

/// Every column that an exclusion constraint names.
pub(super) fn columns_of_exclusion(exclusion: &Exclusion) -> Vec<String> {
    let elements = exclusion.elements.iter().flat_map(|element| columns_of(&element.expression));
    elements.chain(exclusion.predicate.iter().flat_map(|predicate| columns_of(predicate))).collect()
}

/// Whether a check that changes or is dropped still exists when columns change.
pub(super) fn is_there_for_columns(old: &Check, table: &Table) -> bool {
    match table.checks.iter().find(|it| it.name == old.name) {
        Some(new) => !matches!(range(&old.expression, &new.expression), Range::Other),
        None => goes_with_a_column(table, &columns_of(&old.expression)),
    }
}

enum Range {
    Wider,
    Narrower,
    Other,
}

/// How the rows that a condition lets through compare, as far as a list of values shows.
fn range(old: &str, new: &str) -> Range {
    let (Some((old_left, old_values)), Some((new_left, new_values))) = (list(old), list(new)) else {
        return Range::Other;
    };
    let within = |some: &[String], all: &[String]| some.iter().all(|value| all.contains(value));
    if old_left != new_left {
        Range::Other
    } else if within(&old_values, &new_values) {
        Range::Wider
    } else if within(&new_values, &old_values) {
        Range::Narrower
    } else {
        Range::Other
    }
}

/// `status IN ('a', 'b')`: what is compared, and the values.
fn list(expression: &str) -> Option<(String, Vec<String>)> {
    let fragment = Fragment::parse(expression).ok()?;
    let references = fragment.references();
    let (left, rest) = expression.trim().split_once(" IN (")?;
    let inner = rest.strip_suffix(')')?;
    let values: Vec<String> = references.literals.iter().map(|(literal, _)| literal.clone()).collect();
    // Nothing but the literals may be in the list.
    let plain = inner.len() == values.iter().map(String::len).sum::<usize>() + 2 * values.len().saturating_sub(1);
    (plain && references.columns.len() == 1 && references.calls.is_empty()).then(|| (left.to_owned(), values))
}

/// Whether a foreign key does something to rows whose target goes.
fn acts(key: &ForeignKey) -> bool {
    [key.on_delete, key.on_update].into_iter().flatten().any(ReferentialAction::changes_rows)
}

/// Whether what is dropped depends on a column that is dropped with it.
fn goes_with_a_column(table: &Table, columns: &[String]) -> bool {
    columns.iter().any(|column| table.column(column).is_none())
}
