//! The user's own SQL whose text changes because something that it names gets another name.
//!
//! Each text can only be run while things are called what it calls them. So the old one is undone before the rename, and the
//! new one is made after it: in the same transaction, where that is possible.

use std::collections::{BTreeMap, BTreeSet};

use super::around::between;
use super::customs::{closure, is_slow, ordered};
use super::routines::replacements;
use crate::diff::Change;
use crate::plan::needs::has_word;
use crate::plan::planner::Planner;
use crate::plan::{Phase, Script};
use crate::schema::Custom;

impl Planner<'_> {
    /// Decides what of the user's own SQL comes with the renames of tables and columns.
    pub(super) fn look_for_names(&mut self, changes: &[Change<'_>]) {
        let (old, new) = (&self.pair.old.customs, &self.pair.new.customs);
        let both: BTreeMap<&str, &Custom> =
            old.iter().filter(|(name, _)| new.contains_key(*name)).map(|(name, it)| (name.as_str(), it)).collect();
        let changed = changes.iter().filter_map(|change| match *change {
            Change::ChangeCustom { old, new } if replacements(old, new).is_none() => Some(new.name.as_str()),
            _ => None,
        });
        let changed = changed.collect();
        let recreated = closure(&both, &changed, &changed);
        let names = |set: BTreeSet<&str>| -> BTreeSet<String> { set.into_iter().map(str::to_owned).collect() };
        let offline = self.offline.iter().map(String::as_str).collect();
        if !recreated.is_disjoint(&closure(&both, &offline, &BTreeSet::new())) {
            self.away_by_name = names(recreated);
            return;
        }
        let moved = self.moved.iter().flat_map(|(old, new)| [old.as_str(), new.as_str()]).collect();
        let on_moved = closure(&both, &moved, &BTreeSet::new());
        if recreated.is_disjoint(&on_moved) {
            return;
        }
        let comes = self.added.iter().chain(&self.filled).collect::<Vec<_>>();
        let waits = |it: &Custom| comes.iter().any(|(_, column)| has_word(&it.up, column));
        let slow = |name: &&&str| is_slow(&old[**name]) || is_slow(&new[**name]) || waits(&new[**name]);
        let at_once = self.moved.len() == 1 && recreated.is_subset(&on_moved) && !recreated.iter().any(|it| slow(&it));
        if at_once {
            self.anew_with_names = names(recreated);
        } else {
            self.away_by_name = names(recreated);
        }
    }

    /// The user's own SQL as it stands when a column changes in a phase.
    pub(super) fn standing_customs(&self, phase: Phase) -> BTreeMap<String, Custom> {
        let (old, new) = (&self.pair.old.customs, &self.pair.new.customs);
        if phase == Phase::Contract {
            return new.clone();
        }
        let there = old.iter().filter(|(name, _)| !self.away_by_name.contains(*name));
        let now = |name: &String| if self.anew_with_names.contains(name) { new.get(name) } else { None };
        there.map(|(name, it)| (name.clone(), now(name).unwrap_or(it).clone())).collect()
    }

    /// The user's own SQL as it stands on the way back when everything has its old name again and nothing else is left to do.
    pub(super) fn customs_at_last(&self) -> BTreeMap<String, Custom> {
        let is_there = |it: &Custom| {
            let goes = !self.pair.new.customs.contains_key(&it.name);
            !self.away_by_name.contains(&it.name) && !(goes && (self.names_offline(it) || self.comes_back_last(it)))
        };
        self.pair
            .old
            .customs
            .iter()
            .filter(|(_, it)| is_there(it))
            .map(|(name, it)| (name.clone(), it.clone()))
            .collect()
    }

    /// Whether a table that it names gets another name, or its columns do, while no program runs.
    pub(super) fn names_offline(&self, it: &Custom) -> bool {
        it.after.iter().any(|table| self.offline.contains(table))
    }

    /// Whether the last file of the way back makes SQL that goes: what it stands on has its old name only by then.
    pub(super) fn comes_back_last(&self, it: &Custom) -> bool {
        let customs = &self.pair.old.customs;
        !self.pair.new.customs.contains_key(&it.name)
            && it
                .after
                .iter()
                .any(|on| self.moved.contains_key(on) || customs.get(on).is_some_and(|on| self.comes_back_last(on)))
    }

    /// The scripts that rename a table, with the SQL that gets its new text by them.
    pub(super) fn with_other_names(&self, up: Script, down: Script) -> (Script, Script) {
        if self.anew_with_names.is_empty() {
            return (up, down);
        }
        let of = |customs| -> Vec<&Custom> {
            ordered(customs).into_iter().filter(|it| self.anew_with_names.contains(&it.name)).collect()
        };
        let (olds, news) = (of(&self.pair.old.customs), of(&self.pair.new.customs));
        (between(up, (&olds, &news), " with it"), between(down, (&news, &olds), " with it"))
    }
}
