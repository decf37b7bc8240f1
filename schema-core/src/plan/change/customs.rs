//! The user's own SQL: created after what it depends on, dropped before that changes.

use std::collections::{BTreeMap, BTreeSet};

use super::held::{held, losing, named_drop};
use super::retype::Way;
use super::types::{columns_of_type, is_made_anew};
use crate::dialect::ONE_TARGET;
use crate::diff::{Change, Clause, Item, TableChange};
use crate::place::Place;
use crate::plan::locks::Locks;
use crate::plan::needs::{has_word, indexes_named};
use crate::plan::planner::{HAZARD, Planner, Rank};
use crate::plan::{Phase, Run, Script};
use crate::schema::{Custom, Generated, Object, Table};
use crate::sql::{Statement, is_late_for};

/// Those of its statements.
pub(super) fn own_locks() -> Locks {
    Locks::own_sql(Vec::new())
}

/// The words that stand for what was named after `--drop`.
fn named(customs: &[Custom]) -> Vec<String> {
    held(customs).iter().map(|it| named_drop(&it.name)).collect()
}

/// The SQL that makes it.
pub(super) fn made(it: &Custom) -> Statement {
    Statement::from(it.up.clone()).makes(Object::Custom(it.name.clone()))
}

/// The SQL that takes it away.
pub(super) fn unmade(it: &Custom) -> Statement {
    Statement::from(it.down.clone()).drops(Object::Custom(it.name.clone()))
}

fn script(it: &Custom, statement: Statement, word: &str) -> Script {
    let what = format!("{word} {}", it.name);
    if it.alone {
        Script::alone(what, own_locks(), "as long as its statement", statement)
    } else {
        Script::quick(what, own_locks(), vec![statement])
    }
}

impl Planner<'_> {
    pub(in crate::plan) fn customs(&mut self, changes: &[Change<'_>]) {
        let (old, new) = (&self.pair.old.customs, &self.pair.new.customs);
        let mut changed = BTreeSet::new();
        for change in changes {
            match change {
                Change::ChangeCustom { old, new } if self.replaces(old, new) => {}
                Change::ChangeCustom { new, .. } => {
                    changed.insert(new.name.as_str());
                }
                Change::Table { old, new, change } => self.still_named(old, new, change),
                _ => {}
            }
        }
        let moved = self.moved_under_customs(changes);
        let both: BTreeMap<&str, &Custom> =
            old.iter().filter(|(name, _)| new.contains_key(*name)).map(|(name, it)| (name.as_str(), it)).collect();
        let recreated = closure(&both, &changed, &changed);

        for it in ordered(new).into_iter().filter(|it| !old.contains_key(&it.name)) {
            let at = self.made_at(new, &BTreeSet::from([it.name.as_str()]));
            let mut up = script(it, made(it), "makes");
            let early = self.comes_early(it);
            if early && !self.dialect.transactional_ddl {
                let message = "a table calls it, and its body names that table: neither can come first".to_owned();
                self.refuse(HAZARD, Place::table(&it.name), message, ONE_TARGET.to_owned());
            } else if early && up.run == Run::Transaction {
                up.groups.insert(0, vec!["SET LOCAL check_function_bodies = off;".into()]);
            }
            self.step(
                at,
                &format!("make_{}", it.name),
                "what it stands on is there",
                up,
                losing(script(it, unmade(it), "takes away"), &held([it])),
            );
        }
        for it in ordered(old).into_iter().rev().filter(|it| !new.contains_key(&it.name)) {
            if !self.given_up(it, "its files are gone") {
                continue;
            }
            self.take_away(it);
        }
        let mut again: Vec<&Custom> = recreated.iter().map(|name| &old[*name]).collect();
        for tables in moved.values() {
            let stands = closure(&both, &words(tables), &BTreeSet::new());
            again.extend(stands.difference(&recreated).map(|name| &old[*name]));
        }
        for it in again {
            let why = if changed.contains(it.name.as_str()) { "it has changed" } else { "what it depends on changes" };
            self.given_up(it, &format!("{why}, so it is dropped and recreated"));
        }
        let at = self.made_at(new, &recreated);
        let apart = self.away_by_name.is_empty();
        let left = recreated.iter().copied().filter(|name| !self.anew_with_names.contains(*name)).collect();
        self.recreate(&left, if apart { at } else { (Phase::Expand, Rank::Away) }, at);
        let mut done = recreated;
        for (phase, tables) in moved {
            let slow = closure(&both, &words(&tables), &BTreeSet::new());
            if slow.iter().any(|name| is_slow(&old[*name]) || is_slow(&new[*name])) {
                let again = slow.difference(&done).copied().collect();
                self.recreate(&again, (phase, away_in(phase)), (phase, back_in(phase)));
            }
            done.extend(slow);
        }
        self.recreate_with_what_it_names(&both, &done);
    }

    /// Takes away what no release uses any more. On the way back it is made of what it names, under the old names.
    fn take_away(&mut self, it: &Custom) {
        let (words, away) =
            (named(std::slice::from_ref(it)), losing(script(it, unmade(it), "takes away"), &held([it])));
        let (label, why) = (format!("away_{}", it.name), "no release uses it any more");
        let again = script(it, made(it), "makes again");
        if self.names_offline(it) {
            return self.acknowledged_step((Phase::Expand, Rank::Away), &label, why, &words, away, again);
        }
        if !self.comes_back_last(it) {
            return self.acknowledged_step((Phase::Contract, Rank::Away), &label, why, &words, away, again);
        }
        self.step(
            (Phase::Expand, Rank::Away),
            &format!("back_{}", it.name),
            "on the way back it is made when the table has its old name, and no view stands for it",
            Script::nothing(format!("leaves {} to a later file", it.name)),
            again,
        );
        let left = Script::nothing(format!("leaves {} to an earlier file", it.name));
        self.acknowledged_step((Phase::Contract, Rank::Away), &label, why, &words, away, left);
    }

    /// The tables that SQL is in the way of, where it cannot be recreated in the same transaction.
    fn moved_under_customs(&self, changes: &[Change<'_>]) -> BTreeMap<Phase, BTreeSet<String>> {
        let mut moved: BTreeMap<Phase, BTreeSet<String>> = BTreeMap::new();
        for change in changes {
            match *change {
                Change::Table { old, new, ref change } => {
                    if let Some(phase) = self.moves(new, change) {
                        moved.entry(phase).or_default().extend([old.name.clone(), new.name.clone()]);
                    }
                }
                Change::ChangeType { old, new } if is_made_anew(old, new) => {
                    let tables = columns_of_type(self.pair.new.tables.values(), &new.name);
                    let names = tables.iter().flat_map(|(table, _)| table.renamed_from.iter().chain([&table.name]));
                    moved.entry(Phase::Contract).or_default().extend(names.cloned());
                }
                _ => {}
            }
        }
        for (old, new) in self.tables_of_renamed_values(changes) {
            moved.entry(Phase::Contract).or_default().extend([old.name.clone(), new.name.clone()]);
        }
        moved
    }

    /// Recreates what names an index or a constraint that another takes the place of: the server lets go of it.
    fn recreate_with_what_it_names(&mut self, both: &BTreeMap<&str, &Custom>, done: &BTreeSet<&str>) {
        for (name, it) in both.iter().filter(|(name, _)| !done.contains(*name)) {
            let named = it
                .after
                .iter()
                .filter_map(|table| self.old().tables.get(table))
                .flat_map(|table| indexes_named(table, &it.up));
            let Some((first, last)) = self.phases_that_touch(&named.collect()) else { continue };
            let again = BTreeSet::from([*name]);
            if self.given_up(it, "what it names is replaced, so it is dropped and recreated") {
                self.recreate(&again, (first, away_in(first)), (last, back_in(last)));
            }
        }
    }

    /// Whether a routine is created before the tables that its body names, since one of them calls it.
    fn comes_early(&self, it: &Custom) -> bool {
        let new = |name: &String| !self.old().tables.contains_key(name) && self.new_schema().tables.contains_key(name);
        it.after.iter().any(|name| new(name) && is_late_for(&it.up, name))
            && !self.needs.1.standing_on(&Object::Custom(it.name.clone())).is_empty()
    }

    /// Refuses SQL that still names a column which is dropped: the server would refuse to drop it, in the middle of the migration.
    fn still_named(&mut self, old: &Table, new: &Table, change: &TableChange<'_>) {
        let column = match change {
            TableChange::Column(Item::Drop(column) | Item::Rename { old: column, .. }) => &column.name,
            _ => return,
        };
        for custom in self.pair.new.customs.values() {
            let stands = custom.after.iter().any(|it| *it == new.name || *it == old.name);
            if stands && selects_all(&custom.up) && !self.allowed.everything {
                // The server wrote the columns of that day in its place, and holds on to them.
                let message = format!("its `*` includes `{column}`, which is dropped from `{}`", new.name);
                let help = format!("{}.up.sql with its columns by name, without that one", custom.name);
                self.refuse(HAZARD, Place::table(&custom.name), message, help);
                continue;
            }
            if !stands || !has_word(&custom.up, column) {
                continue;
            }
            let hazard = format!("{} without {}.{column}", custom.name, old.name);
            let message = format!("it names `{column}`, which is dropped from `{}`", new.name);
            let instead = format!("{}.up.sql without that column", custom.name);
            if self.acknowledge(&hazard, Place::table(&custom.name), message, &instead) {
                let step = format!("drop_{}_{column}", new.name);
                self.said_of((Phase::Contract, Rank::DropColumns), &step, &hazard);
            }
        }
    }

    /// When a change of a column conflicts with SQL that names it; nothing where that does not matter. A dropped column is
    /// one that no SQL may name.
    fn moves(&self, table: &Table, change: &TableChange<'_>) -> Option<Phase> {
        let TableChange::ColumnClause { old, new, clause } = change else { return None };
        match clause {
            Clause::Type if old.name != new.name => None,
            Clause::Type => Some(match self.way(table, old, new) {
                Way::Widened | Way::InPlace => Phase::Expand,
                Way::Recreated | Way::Computed | Way::Acknowledged | Way::Replaced => Phase::Contract,
            }),
            Clause::Collation => Some(Phase::Expand),
            Clause::Generated if [old, new].iter().any(|it| matches!(it.generated, Some(Generated::Stored(_)))) => {
                Some(Phase::Contract)
            }
            _ => None,
        }
    }

    /// When SQL is made: after the columns that it may name, and after their values.
    fn made_at(&self, customs: &BTreeMap<String, Custom>, names: &BTreeSet<&str>) -> (Phase, Rank) {
        let mut open: Vec<&str> = names.iter().copied().collect();
        let mut seen = BTreeSet::new();
        while let Some(name) = open.pop() {
            if seen.insert(name) {
                open.extend(customs.get(name).into_iter().flat_map(|it| it.after.iter().map(String::as_str)));
            }
        }
        let filled = self.filled.iter().any(|(table, _)| seen.contains(table.as_str()));
        (if filled { Phase::Backfill } else { Phase::Expand }, Rank::Extras)
    }

    fn recreate(&mut self, names: &BTreeSet<&str>, away: (Phase, Rank), back: (Phase, Rank)) {
        let of = |customs: &BTreeMap<String, Custom>| -> Vec<Custom> {
            ordered(customs).into_iter().filter(|it| names.contains(it.name.as_str())).cloned().collect()
        };
        let (olds, news) = (of(&self.pair.old.customs), of(&self.pair.new.customs));
        if news.is_empty() {
            return;
        }
        if away == back && !olds.iter().chain(&news).any(|it| it.alone) {
            let list: Vec<&str> = news.iter().map(|it| it.name.as_str()).collect();
            let list = list.join(" and ");
            let swap =
                |from: &[Custom], to: &[Custom]| from.iter().rev().map(unmade).chain(to.iter().map(made)).collect();
            return self.acknowledged_step(
                back,
                &format!("anew_{}", news[0].name),
                "in one transaction, so that nobody finds them missing",
                &named(&olds),
                losing(Script::quick(format!("makes {list} anew"), own_locks(), swap(&olds, &news)), &held(&olds)),
                losing(Script::quick(format!("makes {list} as before"), own_locks(), swap(&news, &olds)), &held(&news)),
            );
        }
        for it in olds.iter().rev() {
            self.acknowledged_step(
                away,
                &format!("away_{}", it.name),
                "what it stands on changes",
                &named(std::slice::from_ref(it)),
                losing(script(it, unmade(it), "takes away"), &held([it])),
                script(it, made(it), "makes again"),
            );
        }
        for it in &news {
            self.step(
                back,
                &format!("make_{}", it.name),
                "what it stands on is as it is to be",
                script(it, made(it), "makes"),
                losing(script(it, unmade(it), "takes away"), &held([it])),
            );
        }
    }
}

fn words(names: &BTreeSet<String>) -> BTreeSet<&str> {
    names.iter().map(String::as_str).collect()
}

/// Where SQL goes that is in the way of a step of a phase, and where it comes back.
fn away_in(phase: Phase) -> Rank {
    if phase == Phase::Contract { Rank::Relax } else { Rank::Names }
}

fn back_in(phase: Phase) -> Rank {
    if phase == Phase::Contract { Rank::Again } else { Rank::Extras }
}

/// Whether SQL has a `*` for all columns: after SELECT, a comma or a point. One that multiplies or counts is elsewhere.
fn selects_all(sql: &str) -> bool {
    sql.match_indices('*').any(|(at, _)| {
        let before = sql[..at].trim_end();
        let word = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
        let keyword = ["SELECT", "DISTINCT", "ALL"].iter().any(|keyword| word.eq_ignore_ascii_case(keyword));
        // The end of a comment is none.
        (before.ends_with([',', '.']) || keyword) && !sql[at..].starts_with("*/")
    })
}

/// Whether it cannot be made in the transaction of something else: it reads rows, or no transaction takes it.
pub(super) fn is_slow(it: &Custom) -> bool {
    it.alone || it.up.to_ascii_uppercase().contains("MATERIALIZED")
}

/// What depends on one of these, however far.
pub(super) fn closure<'a>(
    customs: &BTreeMap<&'a str, &'a Custom>,
    on: &BTreeSet<&str>,
    with: &BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found: BTreeSet<&str> = with.clone();
    loop {
        let more: Vec<&str> = customs
            .iter()
            .filter(|(name, it)| {
                !found.contains(*name)
                    && it.after.iter().any(|after| {
                        (on.contains(after.as_str()) || found.contains(after.as_str())) && !is_late_for(&it.up, after)
                    })
            })
            .map(|(name, _)| *name)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Each after what it names.
pub(super) fn ordered(customs: &BTreeMap<String, Custom>) -> Vec<&Custom> {
    let mut done: Vec<&Custom> = Vec::new();
    while done.len() < customs.len() {
        let is_done = |name: &str| done.iter().any(|it| it.name == name);
        let next = customs
            .values()
            .find(|it| !is_done(&it.name) && it.after.iter().all(|on| !customs.contains_key(on) || is_done(on)));
        match next {
            Some(it) => done.push(it),
            // A cycle was refused before; what is left has no order.
            None => return customs.values().collect(),
        }
    }
    done
}

#[cfg(test)]
mod tests {
    use super::selects_all;

    #[test]
    fn a_star_stands_for_all_columns_or_for_something_else() {
        for sql in
            ["SELECT * FROM a", "select distinct\n    *", "SELECT a.* FROM a", "SELECT 1, * FROM a", "SELECT ALL *"]
        {
            assert!(selects_all(sql), "{sql}");
        }
        for sql in ["SELECT count(*) FROM a", "SELECT price * 2 FROM a", "SELECT f(a) * b", "/* all */ SELECT a"] {
            assert!(!selects_all(sql), "{sql}");
        }
    }
}
