//! Checks, foreign keys and exclusion constraints.

use super::super::planner::{Planner, Rank, before, beside, exclusive, shared};
use super::super::step::{Phase, Script};
use crate::diagnostic::Place;
use crate::diff::Item;
use crate::schema::{Check, Exclusion, ForeignKey, Table};
use crate::sql::fragment::Fragment;
use crate::sql::{ddl, quote};

/// A constraint that can be added without looking at the rows, and proved later.
pub(super) struct Provable<'a> {
    table: &'a str,
    name: &'a str,
    body: String,
    what: String,
    locks: String,
    reads: String,
    /// What dropping it locks.
    drops: String,
    /// What making it anew locks, where nothing of it is left.
    anew: String,
    /// The rows that break it, behind WHERE.
    broken: String,
}

impl<'a> Provable<'a> {
    fn check(table: &'a str, check: &'a Check) -> Self {
        Self {
            table,
            name: &check.name,
            body: ddl::check_body(&check.expression),
            what: format!("the check {} of {table}", check.name),
            locks: exclusive(table),
            reads: shared(table),
            drops: exclusive(table),
            anew: exclusive(table),
            broken: format!("NOT ({})", check.expression),
        }
    }

    pub(super) fn foreign_key(table: &'a str, key: &'a ForeignKey) -> Self {
        let locks = match key.table.as_str() {
            target if target == table => format!("SHARE ROW EXCLUSIVE on {table}"),
            target => format!("SHARE ROW EXCLUSIVE on {table} and {target}"),
        };
        Self {
            table,
            name: &key.name,
            body: ddl::foreign_key_body(key),
            what: format!("the foreign key {} of {table}", key.name),
            locks,
            reads: format!("{}; ROW SHARE on {}", shared(table), key.table),
            drops: if key.table == table { exclusive(table) } else { exclusive(&format!("{table} and {}", key.table)) },
            anew: if key.table == table {
                exclusive(table)
            } else {
                format!("{}; SHARE ROW EXCLUSIVE on {}", exclusive(table), key.table)
            },
            broken: orphans(table, key),
        }
    }

    fn add(&self, name: &str) -> String {
        ddl::add_not_valid(self.table, name, &self.body)
    }

    fn validate(&self, name: &str) -> String {
        ddl::validate_constraint(self.table, name)
    }

    /// Adds it and proves it, as the way down of what drops it.
    pub(super) fn again(&self) -> Script {
        let mut groups = vec![self.unbroken()];
        groups.push(vec![ddl::drop_constraint_if_exists(self.table, self.name), self.add(self.name)]);
        groups.push(vec![self.validate(self.name)]);
        let takes = "an instant, then as long as every row takes to be read";
        Script::in_turn(format!("adds {} again", self.what), &self.anew, takes, groups)
    }

    /// Says what to do where rows came to break it, before anything is locked.
    fn unbroken(&self) -> Vec<String> {
        let rows = format!("SELECT FROM {} WHERE {}", quote(self.table), self.broken);
        let message = format!("some rows break {}, which did not hold for a while", self.what);
        let hint = format!("change or delete the rows of {rows}; and run this file again");
        vec![ddl::raise_where(&format!("EXISTS ({rows})"), &message, Some(&hint.replacen("SELECT", "SELECT *", 1)))]
    }
}

/// The rows of a table that reference none, behind WHERE.
fn orphans(table: &str, key: &ForeignKey) -> String {
    let own = |column: &String| format!("{}.{}", quote(table), quote(column));
    let given = key.columns.iter().map(|column| format!("{} IS NOT NULL", own(column)));
    let equal = key
        .columns
        .iter()
        .zip(&key.target_columns)
        .map(|(column, target)| format!("target.{} = {}", quote(target), own(column)));
    format!(
        "{} AND NOT EXISTS (SELECT FROM {} AS target WHERE {})",
        given.collect::<Vec<_>>().join(" AND "),
        quote(&key.table),
        equal.collect::<Vec<_>>().join(" AND ")
    )
}

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
                let at = self.built_on(table, &new.columns);
                self.prove(at, &Provable::foreign_key(&table.name, new));
            }
            Item::Drop(old) => {
                let phase =
                    if goes_with_a_column(table, &old.columns) || !self.new_schema().tables.contains_key(&old.table) {
                        (Phase::Contract, Rank::Unbuild)
                    } else {
                        (Phase::Expand, Rank::Relax)
                    };
                self.unprove(phase, &Provable::foreign_key(&table.name, old));
            }
            Item::Change { old, new } => {
                let (before, after) =
                    (Provable::foreign_key(&table.name, old), Provable::foreign_key(&table.name, new));
                let filled = |table: &str, columns: &[String]| {
                    columns.iter().any(|column| self.filled.contains(&(table.to_owned(), column.clone())))
                };
                let phase = if filled(&table.name, &new.columns) || filled(&new.table, &new.target_columns) {
                    Phase::Backfill
                } else if old.columns == new.columns && old.table == new.table {
                    Phase::Expand
                } else {
                    Phase::Contract
                };
                self.swap((phase, Rank::Constraints), &before, &after);
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
        let up: Vec<String> = old.map(drop).into_iter().chain(new.map(add)).collect();
        let down: Vec<String> = new.map(drop).into_iter().chain(old.map(add)).collect();
        let name = new.or(old).map_or("", |key| &key.name);
        let locks = format!("SHARE ROW EXCLUSIVE on {} and the table it references", table.name);
        self.acknowledged_step(
            (Phase::Contract, Rank::Constraints),
            &format!("foreign_key_{name}"),
            "a partitioned table takes no foreign key that is proved later",
            &[hazard],
            Script::reading(format!("makes the foreign key {name} of {}", table.name), &locks, up),
            Script::reading(format!("takes the foreign key {name} of {} back", table.name), &locks, down),
        );
    }

    pub(super) fn exclusion(&mut self, table: &Table, item: Item<'_, Exclusion>) {
        if let Item::Rename { old, new } = item {
            return self.rename_constraint(table, &old.name, &new.name);
        }
        let add = |it: &Exclusion| ddl::add_constraint(&table.name, &it.name, &ddl::exclusion_body(it));
        let drop = |it: &Exclusion| ddl::drop_constraint(&table.name, &it.name);
        let (old, new) = (item.was(), item.now());
        let name = new.or(old).map_or("", |it| &it.name);
        let up: Vec<String> = old.map(drop).into_iter().chain(new.map(add)).collect();
        let down: Vec<String> = new.map(drop).into_iter().chain(old.map(add)).collect();
        let lock = exclusive(&table.name);
        let makes = format!("makes the exclusion constraint {name} of {}", table.name);
        let drops = format!("drops the exclusion constraint {name} of {}", table.name);
        if new.is_none() {
            return self.step(
                (Phase::Expand, Rank::Relax),
                &format!("drop_{name}"),
                "the models do not have it any more",
                Script::quick(drops, lock.as_str(), up),
                Script::reading(makes, format!("{lock}, while it builds the index: there is no other form"), down),
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
                Script::reading(makes, format!("{lock}, while it builds the index"), up),
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
        self.unprove(at, &Provable::foreign_key(table, key));
    }

    /// Adds a constraint that no row is held against yet, then holds every row against it.
    fn prove(&mut self, at: (Phase, Rank), it: &Provable<'_>) {
        let drop = ddl::drop_constraint_if_exists(it.table, it.name);
        self.step(
            at,
            &format!("add_{}", it.name),
            "new rows are held to it at once, the others by the next file, which blocks nobody",
            Script::quick(format!("adds {}, not valid yet", it.what), &it.locks, vec![it.add(it.name)]),
            Script::quick(format!("drops {}", it.what), &it.drops, vec![drop]),
        );
        self.step(
            at,
            &format!("validate_{}", it.name),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            Script::reading(format!("proves {}", it.what), &it.reads, vec![it.validate(it.name)]),
            Script::nothing(format!("leaves {} to the file before, which drops it", it.what)),
        );
    }

    fn unprove(&mut self, at: (Phase, Rank), it: &Provable<'_>) {
        self.step(
            at,
            &format!("drop_{}", it.name),
            "the models do not have it any more",
            Script::quick(format!("drops {}", it.what), &it.drops, vec![ddl::drop_constraint(it.table, it.name)]),
            it.again(),
        );
    }

    /// Builds the new one beside the old one, and lets it take the old one's name.
    fn swap(&mut self, at: (Phase, Rank), old: &Provable<'_>, new: &Provable<'_>) {
        let name = beside(new.name);
        self.step(
            at,
            &format!("add_{name}"),
            "the old one holds until the new one is proved",
            Script::quick(format!("adds {} as it is to be, not valid yet", new.what), &new.locks, vec![new.add(&name)]),
            Script::quick(
                format!("drops what was built beside {}", new.what),
                &new.drops,
                vec![ddl::drop_constraint_if_exists(new.table, &name)],
            ),
        );
        self.step(
            at,
            &format!("validate_{name}"),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            Script::reading(format!("proves {} as it is to be", new.what), &new.reads, vec![new.validate(&name)]),
            Script::nothing(format!("leaves {} to the files around it", new.what)),
        );
        let spare = before(old.name);
        let locks = if old.drops == new.drops { new.drops.clone() } else { format!("{}; {}", old.drops, new.drops) };
        let up = vec![ddl::drop_constraint(new.table, old.name), ddl::rename_constraint(new.table, &name, new.name)];
        let back = vec![
            ddl::rename_constraint(new.table, new.name, &name),
            ddl::rename_constraint(old.table, &spare, old.name),
        ];
        let groups = vec![
            old.unbroken(),
            vec![ddl::drop_constraint_if_exists(old.table, &spare), old.add(&spare)],
            vec![old.validate(&spare)],
            back,
        ];
        self.step(
            at,
            &format!("switch_{}", new.name),
            "every row keeps to the new one",
            Script::quick(format!("puts {} in the place of the old one", new.what), &locks, up),
            Script::in_turn(
                format!("puts {} back as it was", old.what),
                &old.anew,
                "an instant, then as long as every row takes to be read, then an instant",
                groups,
            ),
        );
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

enum Range {
    Wider,
    Narrower,
    Other,
}

/// How the rows that a condition lets through compare, as far as a list of values tells.
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
    // Nothing but the literals may stand in the list.
    let plain = inner.len() == values.iter().map(String::len).sum::<usize>() + 2 * values.len().saturating_sub(1);
    (plain && references.columns.len() == 1 && references.calls.is_empty()).then(|| (left.to_owned(), values))
}

/// Whether what is dropped stands on a column that is dropped with it.
fn goes_with_a_column(table: &Table, columns: &[String]) -> bool {
    columns.iter().any(|column| table.column(column).is_none())
}
