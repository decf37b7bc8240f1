//! The user's own SQL: made behind what it stands on, away before that changes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::planner::{Planner, Rank};
use super::super::step::{Phase, Script};
use crate::diff::{Change, Clause, Item, TableChange};
use crate::schema::Custom;

const LOCKS: &str = "those of its statements";

fn script(it: &Custom, text: &str, word: &str) -> Script {
    let what = format!("{word} {}", it.name);
    if it.alone {
        Script::alone(what, LOCKS, "as long as its statement", text.to_owned())
    } else {
        Script::quick(what, LOCKS, vec![text.to_owned()])
    }
}

impl Planner<'_> {
    pub(super) fn customs(&mut self, changes: &[Change<'_>]) {
        let (old, new) = (&self.pair.old.customs, &self.pair.new.customs);
        let mut changed = BTreeSet::new();
        let mut moved = BTreeSet::new();
        for change in changes {
            match change {
                Change::ChangeCustom { new, .. } => {
                    changed.insert(new.name.as_str());
                }
                Change::DropTable(table) => {
                    moved.insert(table.name.as_str());
                }
                Change::Table { old, new, change } if takes_away(change) => {
                    moved.extend([old.name.as_str(), new.name.as_str()]);
                }
                _ => {}
            }
        }
        let both: BTreeMap<&str, &Custom> =
            old.iter().filter(|(name, _)| new.contains_key(*name)).map(|(name, it)| (name.as_str(), it)).collect();
        let anew = closure(&both, &changed, &changed);
        let again: BTreeSet<&str> = closure(&both, &moved, &BTreeSet::new()).difference(&anew).copied().collect();

        for it in ordered(new).into_iter().filter(|it| !old.contains_key(&it.name)) {
            self.step(
                (Phase::Expand, Rank::Extras),
                &format!("make_{}", it.name),
                "what it stands on is there",
                script(it, &it.up, "makes"),
                script(it, &it.down, "takes away"),
            );
        }
        for it in ordered(old).into_iter().rev().filter(|it| !new.contains_key(&it.name)) {
            self.step(
                (Phase::Contract, Rank::Relax),
                &format!("away_{}", it.name),
                "no release uses it any more",
                script(it, &it.down, "takes away"),
                script(it, &it.up, "makes again"),
            );
        }
        self.make_anew(&anew, (Phase::Expand, Rank::Extras), (Phase::Expand, Rank::Extras));
        self.make_anew(&again, (Phase::Contract, Rank::Relax), (Phase::Contract, Rank::Again));
    }

    fn make_anew(&mut self, names: &BTreeSet<&str>, away: (Phase, Rank), back: (Phase, Rank)) {
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
            let swap = |from: &[Custom], to: &[Custom]| {
                from.iter().rev().map(|it| it.down.clone()).chain(to.iter().map(|it| it.up.clone())).collect()
            };
            return self.step(
                back,
                &format!("anew_{}", news[0].name),
                "in one transaction, so that nobody finds them missing",
                Script::quick(format!("makes {list} anew"), LOCKS, swap(&olds, &news)),
                Script::quick(format!("makes {list} as before"), LOCKS, swap(&news, &olds)),
            );
        }
        for it in olds.iter().rev() {
            self.step(
                away,
                &format!("away_{}", it.name),
                "what it stands on changes",
                script(it, &it.down, "takes away"),
                script(it, &it.up, "makes again"),
            );
        }
        for it in &news {
            self.step(
                back,
                &format!("make_{}", it.name),
                "what it stands on is as it is to be",
                script(it, &it.up, "makes"),
                script(it, &it.down, "takes away"),
            );
        }
    }
}

/// Whether SQL that names the table would stand in the way of the change.
fn takes_away(change: &TableChange<'_>) -> bool {
    matches!(
        change,
        TableChange::Rename
            | TableChange::Column(Item::Drop(_) | Item::Rename { .. })
            | TableChange::ColumnClause { clause: Clause::Type | Clause::Generated | Clause::Collation, .. }
    )
}

/// What stands on one of these, however far.
fn closure<'a>(
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
                    && it.after.iter().any(|after| on.contains(after.as_str()) || found.contains(after.as_str()))
            })
            .map(|(name, _)| *name)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

/// Each behind what it names.
fn ordered(customs: &BTreeMap<String, Custom>) -> Vec<&Custom> {
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
