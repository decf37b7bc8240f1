//! One file for each kind of change: which steps it takes, and how each is taken back.

mod adopt;
mod alike;
mod around;
mod aside;
mod columns;
mod constraints;
mod conversion;
mod convert;
mod custom_names;
mod customs;
mod enum_values;
mod filled;
mod firing;
mod generated;
mod held;
mod in_place;
mod indexes;
mod keys;
mod nulls;
mod objects;
mod offline;
mod policies;
mod provable;
mod replace;
mod replaceable;
mod retype;
mod routines;
mod serial;
mod substitute;
mod switch;
mod sync;
mod tables;
mod types;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::order;
use super::planner::Planner;
use crate::diff::{Change, Clause, Item, TableChange};
use crate::schema::{Policy, Table};

pub(super) use offline::{after_the_old_release, renamed, taken, under_new_names};
pub(super) use replace::Replacement;
use retype::Way;

impl Planner<'_> {
    /// Plans every change.
    pub(super) fn changes(&mut self, changes: &[Change<'_>]) {
        self.look(changes);
        let mut tables = (Vec::new(), Vec::new());
        for change in changes {
            match *change {
                Change::AddExtension(name) => self.extension(name),
                Change::AddType(new) => self.add_type(new),
                Change::DropType(old) => self.drop_type(old),
                Change::ChangeType { old, new } => self.change_values(old, new),
                Change::AddTable(new) => tables.0.push(new),
                Change::DropTable(old) => tables.1.push(old),
                // Tables that stay come below, the user's own SQL together and in its order.
                Change::Table { .. } | Change::AddCustom(_) | Change::DropCustom(_) | Change::ChangeCustom { .. } => {}
            }
        }
        let forward = order::by_reference(self.new_schema());
        let ordered = forward.is_ok();
        let places = places(&forward.unwrap_or_default());
        tables.0.sort_by_key(|table| places.get(table.name.as_str()));
        let places = self::places(&order::by_reference(self.old()).unwrap_or_default());
        tables.1.sort_by_key(|table| Reverse(places.get(table.name.as_str())));
        self.functions();
        self.add_tables(&tables.0, ordered);
        self.table_changes(changes);
        self.rename_all();
        self.drop_tables(&tables.1);
        self.contract_replacements();
        self.refuse_held_keys(changes);
        self.comments(changes);
        self.customs(changes);
    }

    /// What later steps must know of earlier ones: the columns that are new, and those that are filled.
    fn look(&mut self, changes: &[Change<'_>]) {
        for change in changes {
            let Change::Table { new, change, .. } = *change else { continue };
            let (column, filled) = match change {
                TableChange::Column(Item::Add(column)) => {
                    self.added.insert((new.name.clone(), column.name.clone()));
                    (column, column.backfill.is_some())
                }
                TableChange::Column(Item::Rename { new: column, .. }) => (column, true),
                TableChange::ColumnClause { old: before, new: column, clause: Clause::Type } => {
                    (column, self.way(new, before, column) == Way::Replaced)
                }
                _ => continue,
            };
            if filled {
                self.filled.insert((new.name.clone(), column.name.clone()));
            }
        }
        self.chains = filled::chains(changes, &self.filled);
        self.look_for_renamed_values(changes);
        self.look_for_names(changes);
    }

    fn table_changes(&mut self, changes: &[Change<'_>]) {
        // Columns first: what depends on them asks which of them wait for their names.
        let mut columns: Vec<&Change<'_>> = changes.iter().collect();
        // A column comes after those whose values it is computed from.
        columns.sort_by_key(|change| self.link(change));
        for change in columns {
            let Change::Table { old, new, change } = *change else { continue };
            match change {
                TableChange::Rename => self.rename_table(old, new),
                TableChange::Column(item) => self.column(old, new, item),
                TableChange::ColumnClause { old: before, new: column, clause } => {
                    self.clause(old, new, before, column, clause);
                }
                _ => {}
            }
        }
        self.rename_text_values(changes);
        let mut policies: Vec<(&Table, &Table, Vec<Item<'_, Policy>>)> = Vec::new();
        for change in changes {
            let Change::Table { old, new, change } = *change else { continue };
            match change {
                // Columns came before; comments come together, in one file.
                TableChange::Rename
                | TableChange::Column(_)
                | TableChange::ColumnClause { .. }
                | TableChange::Comment => {}
                TableChange::Partitioning => self.partitioning(old, new),
                TableChange::Storage => self.storage(old, new),
                TableChange::Logged => self.logged(old, new),
                TableChange::PrimaryKey => {
                    let columns: Vec<String> =
                        old.primary_key.columns.iter().chain(&new.primary_key.columns).cloned().collect();
                    if !self.is_switched(&new.name, &columns) {
                        self.primary_key(old, new);
                    }
                }
                TableChange::ForeignKey(item) => {
                    let columns = item.was().into_iter().chain(item.now()).flat_map(|it| it.columns.clone());
                    if !self.is_switched(&new.name, &columns.collect::<Vec<_>>()) {
                        self.foreign_key(new, item);
                    }
                }
                TableChange::Unique(item) => {
                    let columns = item.was().into_iter().chain(item.now()).flat_map(|it| it.columns.clone());
                    if !self.is_switched(&new.name, &columns.collect::<Vec<_>>()) {
                        self.unique(new, item);
                    }
                }
                TableChange::Check(item) => {
                    let columns =
                        item.was().into_iter().chain(item.now()).flat_map(|it| constraints::columns_of(&it.expression));
                    if !self.is_switched(&new.name, &columns.collect::<Vec<_>>()) {
                        self.check(new, item);
                    }
                }
                TableChange::Exclusion(item) => self.exclusion(new, item),
                TableChange::Index(item) => {
                    let columns = item.was().into_iter().chain(item.now()).flat_map(indexes::columns_of_index);
                    if !self.is_switched(&new.name, &columns.collect::<Vec<_>>()) {
                        self.index(new, item);
                    }
                }
                TableChange::Trigger(item) => self.trigger(new, item),
                TableChange::Policy(item) => match policies.last_mut() {
                    Some((_, table, items)) if table.name == new.name => items.push(item),
                    _ => policies.push((old, new, vec![item])),
                },
            }
        }
        for (old, new, items) in policies {
            self.policies(old, new, &items);
        }
    }

    /// The table as it was, under its new name.
    fn old_table_of(&self, table: &Table) -> Table {
        let was = table.renamed_from.as_deref().and_then(|name| self.old().tables.get(name));
        let old = self.old().tables.get(&table.name).or(was);
        Table { name: table.name.clone(), ..old.cloned().unwrap_or_default() }
    }
}

/// Where each table of an order is.
fn places<'a>(order: &[&'a Table]) -> BTreeMap<&'a str, usize> {
    order.iter().enumerate().map(|(place, table)| (table.name.as_str(), place)).collect()
}
