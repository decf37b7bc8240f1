//! Two schemas to the changes between them: by name, never by position.
//!
//! A rename is what its hint says it is (`renamed_from`); without one, a thing under another name is a thing that is
//! gone and a thing that is new. Only constraints and indexes, which hold no rows, are taken for renamed by themselves
//! where nothing but the name differs.

mod change;
mod named;
mod renames;
#[cfg(test)]
mod tests;
mod words;

#[cfg(feature = "lock")]
use std::collections::BTreeMap;
use std::collections::BTreeSet;

pub use change::{Change, Clause, Item, TableChange};
pub use words::{Difference, differences};

use crate::schema::recorded_with_hints;
use crate::schema::{
    Check, Column, Custom, Enumeration, Exclusion, ForeignKey, Index, Partitioning, Policy, Schema, Storage, Table,
    Trigger, Unique,
};
pub(crate) use named::Named;
use named::named;
use renames::{column_renames, table_renames};

/// Two schemas without what no database holds, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// The old one.
    pub old: Schema,
    /// The new one, with its hints.
    pub new: Schema,
}

impl Pair {
    /// The two schemas as a database holds them.
    #[must_use]
    pub fn new(old: &Schema, new: &Schema) -> Self {
        Self { old: recorded_with_hints(old), new: recorded_with_hints(new) }
    }

    /// The tables that get another name: the new names by the old ones.
    #[cfg(feature = "lock")]
    pub(crate) fn renamed_tables(&self) -> BTreeMap<String, String> {
        let names = table_renames(&self.old, &self.new).into_iter();
        names.map(|(new, old)| (old.to_owned(), new.to_owned())).collect()
    }

    /// The changes: extensions, types, tables by their new name, then SQL of the user's own.
    #[must_use]
    pub fn changes(&self) -> Vec<Change<'_>> {
        let Self { old, new } = self;
        let mut changes = Vec::new();
        changes.extend(new.extensions.difference(&old.extensions).map(|name| Change::AddExtension(name)));
        // An extension that no model needs now may have been there before, or serve another program: it stays.
        enumerations(old, new, &mut changes);
        let renames = table_renames(old, new);
        let taken: BTreeSet<&str> = renames.values().copied().collect();
        for (name, table) in &new.tables {
            let before = match renames.get(name.as_str()) {
                Some(before) => old.tables.get(*before),
                None if taken.contains(name.as_str()) => None,
                None => old.tables.get(name),
            };
            match before {
                Some(before) => {
                    let found = tables(before, table, &|name| {
                        renames.iter().find(|(_, old)| **old == name).map(|(new, _)| (*new).to_owned())
                    });
                    changes.extend(found.into_iter().map(|change| Change::Table { old: before, new: table, change }));
                }
                None => changes.push(Change::AddTable(table)),
            }
        }
        let gone = |table: &&Table| {
            let name = table.name.as_str();
            !taken.contains(name) && (!new.tables.contains_key(name) || renames.contains_key(name))
        };
        changes.extend(old.tables.values().filter(gone).map(Change::DropTable));
        customs(old, new, &mut changes);
        changes
    }
}

fn customs<'a>(old: &'a Schema, new: &'a Schema, changes: &mut Vec<Change<'a>>) {
    let gone = |custom: &&Custom| !new.customs.contains_key(&custom.name);
    changes.extend(old.customs.values().filter(gone).map(Change::DropCustom));
    for custom in new.customs.values() {
        match old.customs.get(&custom.name) {
            None => changes.push(Change::AddCustom(custom)),
            Some(before) if before != custom => changes.push(Change::ChangeCustom { old: before, new: custom }),
            Some(_) => {}
        }
    }
}

fn native<'a>(schema: &'a Schema, name: &str) -> Option<&'a Enumeration> {
    // One that is stored as text shows in the checks of its columns.
    schema.enumerations.get(name).filter(|enumeration| enumeration.storage == Storage::Native)
}

fn enumerations<'a>(old: &'a Schema, new: &'a Schema, changes: &mut Vec<Change<'a>>) {
    let names: BTreeSet<&String> = old.enumerations.keys().chain(new.enumerations.keys()).collect();
    for name in names {
        match (native(old, name), native(new, name)) {
            (None, Some(new)) => changes.push(Change::AddType(new)),
            (Some(old), None) => changes.push(Change::DropType(old)),
            (Some(old), Some(new)) if !same_values(old, new) => changes.push(Change::ChangeType { old, new }),
            _ => {}
        }
    }
}

fn same_values(old: &Enumeration, new: &Enumeration) -> bool {
    old.values.iter().map(|value| &value.value).eq(new.values.iter().map(|value| &value.value))
}

/// The changes of one table. `moved` gives the new name of a table that is renamed.
fn tables<'a>(old: &'a Table, new: &'a Table, moved: &dyn Fn(&str) -> Option<String>) -> Vec<TableChange<'a>> {
    // A field that is added to the table does not compile here until someone says how it is compared.
    let Table {
        name,
        kind: _,
        comment,
        renamed_from: _,
        columns: list,
        primary_key,
        foreign_keys,
        uniques,
        checks,
        exclusions,
        indexes,
        queries: _,
        partitioning,
        storage,
        unlogged,
        triggers,
        policies,
        soft_delete: _,
        tenant: _,
        expectation: _,
        waivers: _,
    } = new;
    let mut changes = Vec::new();
    if old.name != *name {
        changes.push(TableChange::Rename);
    }
    columns(old, list, new, &mut changes);
    if old.primary_key != *primary_key {
        changes.push(TableChange::PrimaryKey);
    }
    let same_key = |old: &ForeignKey, new: &ForeignKey| {
        let table = moved(&old.table).unwrap_or_else(|| old.table.clone());
        // When it is added says nothing of what it is.
        ForeignKey { table, cycle: new.cycle, model: new.model.clone(), ..old.clone() } == *new
    };
    changes.extend(named(&old.foreign_keys, foreign_keys, same_key).into_iter().map(TableChange::ForeignKey));
    changes.extend(named(&old.uniques, uniques, Unique::eq).into_iter().map(TableChange::Unique));
    changes.extend(named(&old.checks, checks, Check::eq).into_iter().map(TableChange::Check));
    changes.extend(named(&old.exclusions, exclusions, Exclusion::eq).into_iter().map(TableChange::Exclusion));
    changes.extend(named(&old.indexes, indexes, Index::eq).into_iter().map(TableChange::Index));
    changes.extend(named(&old.triggers, triggers, Trigger::eq).into_iter().map(TableChange::Trigger));
    changes.extend(named(&old.policies, policies, Policy::eq).into_iter().map(TableChange::Policy));
    if !same_partitioning(old.partitioning.as_ref(), partitioning.as_ref()) {
        changes.push(TableChange::Partitioning);
    }
    if old.storage != *storage {
        changes.push(TableChange::Storage);
    }
    if old.unlogged != *unlogged {
        changes.push(TableChange::Logged);
    }
    if old.comment != *comment {
        changes.push(TableChange::Comment);
    }
    changes
}

/// Partitions are a set: their order says nothing.
fn same_partitioning(old: Option<&Partitioning>, new: Option<&Partitioning>) -> bool {
    let sorted = |partitioning: &Partitioning| {
        let mut sorted = partitioning.clone();
        sorted.partitions.sort_by(|a, b| a.name.cmp(&b.name));
        sorted
    };
    old.map(sorted) == new.map(sorted)
}

fn columns<'a>(old: &'a Table, list: &'a [Column], new: &'a Table, changes: &mut Vec<TableChange<'a>>) {
    let renames = column_renames(old, new);
    let taken: BTreeSet<&str> = renames.values().copied().collect();
    for column in &old.columns {
        let name = column.name.as_str();
        if !taken.contains(name) && (new.column(name).is_none() || renames.contains_key(name)) {
            changes.push(TableChange::Column(Item::Drop(column)));
        }
    }
    for column in list {
        let before = match renames.get(column.name.as_str()) {
            Some(before) => old.column(before),
            None if taken.contains(column.name.as_str()) => None,
            None => old.column(&column.name),
        };
        let Some(before) = before else {
            changes.push(TableChange::Column(Item::Add(column)));
            continue;
        };
        if before.name != column.name {
            changes.push(TableChange::Column(Item::Rename { old: before, new: column }));
        }
        changes.extend(clauses(before, column).into_iter().map(|clause| TableChange::ColumnClause {
            old: before,
            new: column,
            clause,
        }));
    }
}

fn clauses(old: &Column, new: &Column) -> Vec<Clause> {
    let Column {
        name: _,
        sql_type,
        nullable,
        default,
        generated,
        collation,
        comment,
        pii: _,
        small: _,
        typed_json: _,
        enumeration: _,
        renamed_from: _,
        backfill: _,
        external: _,
        reason: _,
    } = new;
    let differs = [
        (Clause::Type, old.sql_type != *sql_type),
        (Clause::Nullable, old.nullable != *nullable),
        (Clause::Default, old.default != *default),
        (Clause::Generated, old.generated != *generated),
        (Clause::Collation, old.collation != *collation),
        (Clause::Comment, old.comment != *comment),
    ];
    differs.into_iter().filter_map(|(clause, differs)| differs.then_some(clause)).collect()
}

macro_rules! named_by_field {
    ($($type:ty),*) => {$(
        impl Named for $type {
            fn name(&self) -> &str {
                &self.name
            }

            fn under(&self, name: &str) -> Self {
                Self { name: name.to_owned(), ..self.clone() }
            }
        }
    )*};
}

named_by_field!(ForeignKey, Unique, Check, Exclusion, Index, Trigger, Policy);
