//! Scripts with what stands in their way dropped before them, and made again after them, in the same transaction.

use std::collections::{BTreeMap, BTreeSet};

use super::customs::{closure, is_slow, made, ordered, unmade};
use super::held::{held, losing};
use super::tables::view_of_old_name;
use crate::plan::locks::Locks;
use crate::plan::planner::{Planner, exclusive};
use crate::plan::{Phase, Run, Script};
use crate::schema::{Custom, Table};
use crate::sql::Statement;

/// A script with SQL of the user's own taken away before it, and made after it.
pub(super) fn between(mut script: Script, (away, back): (&[&Custom], &[&Custom]), why: &str) -> Script {
    let names: Vec<String> = back.iter().map(|it| it.name.clone()).collect();
    script.groups.insert(0, away.iter().rev().map(|it| unmade(it)).collect());
    script.groups.push(back.iter().map(|it| made(it)).collect());
    script.what.push_str(&format!(", and makes {} anew{why}", names.join(" and ")));
    script.locks = script.locks.and(Locks::own_sql(names));
    losing(script, &held(away.iter().copied()))
}

impl Planner<'_> {
    /// The script with what depends on the table dropped before it and recreated after it, in the same transaction.
    pub(super) fn around(&self, table: &Table, phase: Phase, script: Script) -> Script {
        self.around_all(&[table], phase, script)
    }

    /// The same for several tables, of which the first may have been renamed.
    pub(super) fn around_all(&self, tables: &[&Table], phase: Phase, script: Script) -> Script {
        let customs = &self.standing_customs(phase);
        let called = tables.iter().flat_map(|table| table.renamed_from.iter().chain([&table.name]));
        let names: BTreeSet<&str> = called.map(String::as_str).collect();
        let all: BTreeMap<&str, &Custom> = customs.iter().map(|(name, it)| (name.as_str(), it)).collect();
        let found = closure(&all, &names, &BTreeSet::new());
        let mut list: Vec<&Custom> =
            ordered(customs).into_iter().filter(|it| found.contains(it.name.as_str())).collect();
        if list.iter().any(|it| is_slow(it)) {
            list.clear();
        }
        // Before the contract the old release reads a table that was renamed by a view of its old name.
        let renamed = tables.first().filter(|_| phase != Phase::Contract);
        let view = renamed.and_then(|table| Some((*table, self.standing_view(table)?)));
        if list.is_empty() && view.is_none() || script.run != Run::Transaction {
            return script;
        }
        let mut script = losing(script, &held(list.iter().copied()));
        let mut away: Vec<Statement> = list.iter().rev().map(|it| unmade(it)).collect();
        let mut back: Vec<Statement> = list.iter().map(|it| made(it)).collect();
        let mut names: Vec<String> = list.iter().map(|it| it.name.clone()).collect();
        if !list.is_empty() {
            script.locks = script.locks.and(Locks::own_sql(names.clone()));
        }
        if let Some((table, old)) = view {
            let (drop, make) = view_of_old_name(old, table);
            away.push(drop);
            back.extend(make);
            names.push(format!("the view {}", old.name));
            script.locks = script.locks.and(exclusive(&old.name));
        }
        script.groups.insert(0, away);
        script.groups.push(back);
        script.what.push_str(&format!(", and makes {} anew, which would stand in the way", names.join(" and ")));
        script
    }

    /// The script, which runs where the tables have no rows, with everything that depends on them dropped before it and
    /// recreated after it; the name of what no transaction takes.
    pub(super) fn around_empty(&self, tables: &[&str], script: Script) -> Result<Script, String> {
        let customs = &self.customs_at_last();
        let all: BTreeMap<&str, &Custom> = customs.iter().map(|(name, it)| (name.as_str(), it)).collect();
        let found = closure(&all, &tables.iter().copied().collect(), &BTreeSet::new());
        let list: Vec<&Custom> = ordered(customs).into_iter().filter(|it| found.contains(it.name.as_str())).collect();
        if let Some(alone) = list.iter().find(|it| it.alone) {
            return Err(alone.name.clone());
        }
        if list.is_empty() {
            return Ok(script);
        }
        Ok(between(script, (&list, &list), ", which would stand in the way"))
    }
}
