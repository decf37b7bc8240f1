//! Tables in the order in which they can be created.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::cycles::takes_null;
use crate::attribute::references;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{ForeignKey, Schema, Table};

use crate::ids::{self, CYCLES};

/// Whether a table must exist before the one with this foreign key. A table may reference itself while it is created.
fn waits_for<'a>(table: &Table, foreign_key: &'a ForeignKey) -> Option<&'a str> {
    (!foreign_key.cycle && foreign_key.table != table.name).then_some(foreign_key.table.as_str())
}

/// Every table, each after those that it references; by name where that leaves a choice.
pub(super) fn by_reference(schema: &Schema) -> Result<Vec<&Table>, Vec<Diagnostic>> {
    let mut missing = Vec::new();
    let mut waiting: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, table) in &schema.tables {
        let targets = waiting.entry(name).or_default();
        for (index, foreign_key) in table.foreign_keys.iter().enumerate() {
            if !schema.tables.contains_key(&foreign_key.table) {
                let place = Place::of_foreign_key(table, index);
                let message = format!("there is no table `{}`", foreign_key.table);
                missing.push(
                    Diagnostic::new(ids::FOREIGN_KEY_TARGET, place, message).help("name a model that derives `Table`"),
                );
            } else if let Some(target) = waits_for(table, foreign_key) {
                targets.insert(target);
            }
        }
    }
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut followers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, targets) in &waiting {
        for target in targets {
            followers.entry(target).or_default().push(name);
        }
    }
    let mut ready: BTreeSet<&str> =
        waiting.iter().filter(|(_, targets)| targets.is_empty()).map(|(name, _)| *name).collect();
    let mut order = Vec::new();
    while let Some(name) = ready.pop_first() {
        waiting.remove(name);
        order.extend(schema.tables.get(name));
        for follower in followers.remove(name).unwrap_or_default() {
            if let Some(targets) = waiting.get_mut(follower) {
                targets.remove(name);
                if targets.is_empty() {
                    ready.insert(follower);
                }
            }
        }
    }
    if waiting.is_empty() { Ok(order) } else { Err(cycles(schema, &waiting)) }
}

/// One error for each cycle, as far as cycles share no table. What waits is in a cycle, or waits for one.
fn cycles(schema: &Schema, waiting: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<Diagnostic> {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in waiting.keys() {
        if told.contains(start) {
            continue;
        }
        let Some(path) = way_back(start, waiting) else { continue };
        if path.iter().any(|name| told.contains(name)) {
            continue;
        }
        told.extend(&path);
        found.extend(cycle(schema, &path));
    }
    found
}

/// The shortest way from a table back to itself, by breadth; without the start at its end.
fn way_back<'a>(start: &'a str, waiting: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(name) = queue.pop_front() {
        for target in waiting.get(name).into_iter().flatten() {
            if *target == start {
                let mut path = vec![name];
                while let Some(before) = path.last().and_then(|name| from.get(name)) {
                    path.push(before);
                }
                path.reverse();
                return Some(path);
            }
            if !from.contains_key(target) {
                from.insert(target, name);
                queue.push_back(target);
            }
        }
    }
    None
}

fn cycle(schema: &Schema, path: &[&str]) -> Option<Diagnostic> {
    // Each step with its foreign key. One whose columns take NULL is the one to add later: a row can then be inserted
    // before the row that it references.
    let steps: Vec<(&Table, usize)> = path
        .iter()
        .zip(path.iter().cycle().skip(1))
        .filter_map(|(name, target)| {
            let table = schema.tables.get(*name)?;
            let index = table.foreign_keys.iter().position(|key| !key.cycle && key.table == *target)?;
            Some((table, index))
        })
        .collect();
    let nullable = |(table, index): &&(&Table, usize)| takes_null(table, &table.foreign_keys[*index]);
    let (table, index) = *steps.iter().find(nullable).or(steps.last())?;
    let foreign_key = &table.foreign_keys[index];
    let around: Vec<&str> = path.iter().chain(path.first()).copied().collect();
    let place = Place::of_foreign_key(table, index);
    let message = format!("the references form a cycle: {}", around.join(" → "));
    let marked = ForeignKey { cycle: true, ..foreign_key.clone() };
    let help = format!("{}    adds this one when both tables exist", references::line(&marked, &table.name));
    let other = steps.iter().find(|(other, _)| other.name != table.name);
    let diagnostic = Diagnostic::new(CYCLES, place, message).help(help);
    Some(match other {
        Some((other, index)) => {
            let target = &other.foreign_keys[*index].table;
            diagnostic
                .second(Place::of_foreign_key(other, *index), format!("`{}` references `{target}` here", other.name))
        }
        None => diagnostic,
    })
}
