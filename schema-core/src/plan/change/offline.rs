//! Renames in one step, while no program runs.

use std::collections::BTreeMap;

use super::substitute;
use crate::diagnostic::Diagnostic;
use crate::diff::{Change, Item, TableChange};
use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, before};
use crate::plan::{OFFLINE_RENAME, Phase, Start, Step};
use crate::schema::{Generated, Schema, Table, TriggerEvent};
use crate::sql::Statement;
use crate::sql::ddl;

/// A schema after its renames, and the statements that make them.
pub(in crate::plan) struct Offline {
    pub(in crate::plan) schema: Schema,
    up: Vec<Statement>,
    down: Vec<Statement>,
    tables: Vec<String>,
    /// The tables under another name: what each was called, and what it is called.
    names: Vec<(String, String)>,
}

impl Offline {
    pub(in crate::plan) fn step(self, planner: &mut Planner<'_>) {
        planner.offline.extend(self.tables.iter().cloned());
        planner.called.extend(self.names.into_iter().map(|(old, new)| (new, old)));
        if !self.up.is_empty() {
            planner.offline(self.up, self.down, &self.tables);
        }
    }
}

/// What comes after names that change at one moment: the old release, which does not know them, has ended before, and the
/// new one starts when it finds all that it needs.
pub(in crate::plan) fn after_the_old_release(steps: &mut [Step]) {
    let is_offline = |step: &Step| step.acknowledged.iter().any(|words| words == OFFLINE_RENAME);
    let Some(first) = steps.iter().position(is_offline) else { return };
    let last = steps.iter().rposition(|step| step.phase < Phase::Contract).filter(|last| *last >= first);
    for step in &mut steps[first..] {
        step.phase = Phase::Contract;
    }
    steps[last.unwrap_or(first)].start = Some(Start::Alone);
}

/// The tables and columns whose new name belongs to another one that is not renamed at the same moment.
pub(in crate::plan) fn taken(old: &Schema, changes: &[Change<'_>]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let refused = |place: Place, name: &str, what: &str| {
        Diagnostic::new(HAZARD, place, format!("`{name}` is still the name of another {what}"))
            .help("rename or drop that one in a migration before")
    };
    for change in changes {
        match change {
            Change::Table { new, change: TableChange::Rename, .. } if old.tables.contains_key(&new.name) => {
                let leaves = |change: &Change<'_>| matches!(change, Change::Table { old, change: TableChange::Rename, .. } if old.name == new.name);
                if !changes.iter().any(leaves) {
                    found.push(refused(Place::table(&new.name), &new.name, "table"));
                }
            }
            Change::Table { old, new, change: TableChange::Column(Item::Rename { new: column, .. }) }
                if old.column(&column.name).is_some() =>
            {
                let leaves = |change: &Change<'_>| {
                    matches!(
                        change,
                        Change::Table { new: table, change: TableChange::Column(Item::Rename { old, .. }), .. }
                            if table.name == new.name && old.name == column.name
                    )
                };
                if !changes.iter().any(leaves) {
                    found.push(refused(Place::column(&new.name, &column.name), &column.name, "column"));
                }
            }
            _ => {}
        }
    }
    found
}

/// Follows the renames among the changes.
pub(in crate::plan) fn renamed(old: &Schema, changes: &[Change<'_>]) -> Offline {
    let mut offline =
        Offline { schema: old.clone(), up: Vec::new(), down: Vec::new(), tables: Vec::new(), names: Vec::new() };
    let tables: Vec<(&Table, &Table)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Table { old, new, change: TableChange::Rename } => Some((*old, *new)),
            _ => None,
        })
        .collect();
    offline.tables.extend(tables.iter().flat_map(|(old, new)| [old.name.clone(), new.name.clone()]));
    let names: Vec<(String, String)> = tables.iter().map(|(old, new)| (old.name.clone(), new.name.clone())).collect();
    let taken = |name: &str| old.tables.contains_key(name);
    let (up, down) = in_order(&names, taken, ddl::rename_table);
    offline.up.extend(up);
    let mut last = down;
    offline.schema = under_new_names(offline.schema, &names.iter().cloned().collect());

    let mut columns: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for change in changes {
        let Change::Table { new: table, change: TableChange::Column(Item::Rename { old, new }), .. } = change else {
            continue;
        };
        let names = (old.name.clone(), new.name.clone());
        match columns.last_mut() {
            Some((name, list)) if *name == table.name => list.push(names),
            _ => columns.push((&table.name, vec![names])),
        }
    }
    for (name, list) in &columns {
        let Some(table) = offline.schema.tables.get_mut(*name) else { continue };
        let taken = |column: &str| table.column(column).is_some();
        let (up, down) = in_order(list, taken, |from, to| ddl::rename_column(name, from, to));
        offline.up.extend(up);
        last.splice(0..0, down);
        columns_renamed(table, list);
        if !offline.tables.iter().any(|it| it == name) {
            offline.tables.push((*name).to_owned());
        }
        for other in offline.schema.tables.values_mut() {
            for key in other.foreign_keys.iter_mut().filter(|key| key.table == *name) {
                *key = substitute::foreign_key(key, &key.name.clone(), &[], list);
            }
        }
    }
    offline.down = last;
    offline.names = names;
    offline
}

/// The schema with tables under their new names, which foreign keys follow.
pub(in crate::plan) fn under_new_names(mut schema: Schema, names: &BTreeMap<String, String>) -> Schema {
    let tables = std::mem::take(&mut schema.tables).into_iter().map(|(name, mut table)| {
        if let Some(new) = names.get(&name) {
            table.name.clone_from(new);
            table.renamed_from = Some(name);
        }
        for key in &mut table.foreign_keys {
            if let Some(new) = names.get(&key.table) {
                key.table.clone_from(new);
            }
        }
        (table.name.clone(), table)
    });
    schema.tables = tables.collect();
    schema
}

/// The renames, in an order in which each new name is free; where there is none, each by way of a name of its own.
fn in_order(
    names: &substitute::Names,
    taken: impl Fn(&str) -> bool,
    rename: impl Fn(&str, &str) -> Statement,
) -> (Vec<Statement>, Vec<Statement>) {
    let mut steps: Vec<(String, String)> = Vec::new();
    if names.iter().any(|(_, new)| taken(new)) {
        steps.extend(names.iter().map(|(old, _)| (old.clone(), before(old))));
        steps.extend(names.iter().map(|(old, new)| (before(old), new.clone())));
    } else {
        steps.extend(names.iter().cloned());
    }
    let up = steps.iter().map(|(from, to)| rename(from, to)).collect();
    let down = steps.iter().rev().map(|(from, to)| rename(to, from)).collect();
    (up, down)
}

/// The server follows a renamed column in everything that names it.
fn columns_renamed(table: &mut Table, names: &substitute::Names) {
    for column in &mut table.columns {
        if let Some((old, new)) = names.iter().find(|(old, _)| *old == column.name) {
            column.name.clone_from(new);
            column.renamed_from = Some(old.clone());
        }
        if let Some(Generated::Stored(text)) = &mut column.generated {
            *text = substitute::expression(text, names);
        }
    }
    table.primary_key.columns = substitute::key(&table.primary_key, names);
    for it in &mut table.indexes {
        *it = substitute::index(it, &it.name.clone(), names);
    }
    for it in &mut table.uniques {
        *it = substitute::unique(it, &it.name.clone(), names);
    }
    for it in &mut table.checks {
        *it = substitute::check(it, &it.name.clone(), names);
    }
    for it in &mut table.foreign_keys {
        *it = substitute::foreign_key(it, &it.name.clone(), names, &[]);
    }
    for it in &mut table.exclusions {
        for element in &mut it.elements {
            element.expression = substitute::expression(&element.expression, names);
        }
        it.predicate = it.predicate.as_deref().map(|text| substitute::expression(text, names).into());
    }
    for it in &mut table.triggers {
        for event in &mut it.events {
            if let TriggerEvent::Update(list) = event {
                for column in list {
                    if let Some((_, new)) = names.iter().find(|(old, _)| old == column) {
                        column.clone_from(new);
                    }
                }
            }
        }
        it.condition = it.condition.as_deref().map(|text| substitute::expression(text, names));
    }
    for it in &mut table.policies {
        it.using = it.using.as_deref().map(|text| substitute::expression(text, names));
        it.with_check = it.with_check.as_deref().map(|text| substitute::expression(text, names));
    }
}
