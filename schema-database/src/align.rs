//! A database's schema in the spelling of the models, wherever the two mean the same.
//!
//! Three schemas are compared: the models', the same as the server spells it ([`canonical`](super::canonical)), and
//! the database's. What the server spells alike in the latter two is the same thing, and gets the models' own words. What is
//! left of the catalog's spelling is a difference.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_core::schema::recorded;
use tablewright_core::schema::{Column, Index, Schema, Storage, Table, Unique};

/// Gives a database's schema the spelling of the models.
#[must_use]
pub fn align(models: &Schema, canonical: &Schema, database: &Schema) -> Schema {
    let models = recorded(models);
    let mut aligned = database.clone();
    // The database may have more extensions than the models need; that is not a difference.
    aligned.extensions = database.extensions.intersection(&models.extensions).cloned().collect();
    aligned.customs.clone_from(&models.customs);
    for (name, model) in &models.enumerations {
        let same = canonical.enumerations.get(name) == aligned.enumerations.get(name);
        if same || model.storage != Storage::Native {
            aligned.enumerations.insert(name.clone(), model.clone());
        }
    }
    let mut tables = BTreeMap::new();
    for (name, mut table) in std::mem::take(&mut aligned.tables) {
        if let Some((model, canonical)) = counterpart(&name, &models, canonical, database) {
            tidy(&mut table, model, canonical);
        }
        tables.insert(name, table);
    }
    aligned.tables = tables;
    aligned
}

/// The table of the models that a table of the database is, by name or by the hint that it was renamed.
fn counterpart<'a>(
    name: &str,
    models: &'a Schema,
    canonical: &'a Schema,
    database: &Schema,
) -> Option<(&'a Table, &'a Table)> {
    let renamed = || {
        let hinted = |model: &&Table| model.renamed_from.as_deref() == Some(name);
        models.tables.values().filter(hinted).find(|model| !database.tables.contains_key(&model.name))
    };
    let model = models.tables.get(name).or_else(renamed)?;
    Some((model, canonical.tables.get(&model.name)?))
}

fn tidy(table: &mut Table, model: &Table, canonical: &Table) {
    let names: BTreeSet<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    for column in &mut table.columns {
        let hinted = |it: &&Column| it.renamed_from.as_deref() == Some(&column.name) && !names.contains(&it.name);
        let model = model.column(&column.name).or_else(|| model.columns.iter().find(hinted));
        let Some((model, canonical)) = model.and_then(|model| Some((model, canonical.column(&model.name)?))) else {
            continue;
        };
        spell(column, model, canonical);
    }
    if table.primary_key == canonical.primary_key {
        table.primary_key.clone_from(&model.primary_key);
    }
    if table.comment == canonical.comment {
        table.comment.clone_from(&model.comment);
    }
    if table.partitioning == canonical.partitioning {
        table.partitioning.clone_from(&model.partitioning);
    }
    named(&mut table.foreign_keys, &model.foreign_keys, &canonical.foreign_keys, |it| &mut it.name);
    named(&mut table.checks, &model.checks, &canonical.checks, |it| &mut it.name);
    named(&mut table.exclusions, &model.exclusions, &canonical.exclusions, |it| &mut it.name);
    named(&mut table.triggers, &model.triggers, &canonical.triggers, |it| &mut it.name);
    named(&mut table.policies, &model.policies, &canonical.policies, |it| &mut it.name);
    keys(table, model, canonical);
}

/// Each clause by itself: one that differs does not make the others differ.
fn spell(column: &mut Column, model: &Column, canonical: &Column) {
    macro_rules! spell {
        ($($clause:ident),*) => {$(
            if column.$clause == canonical.$clause {
                column.$clause.clone_from(&model.$clause);
            }
        )*};
    }
    if column.sql_type == canonical.sql_type {
        column.enumeration.clone_from(&model.enumeration);
    }
    spell!(sql_type, nullable, default, generated, collation, comment);
}

/// Things of one kind: those with the same name, then those that are equal under different names.
fn named<T: Clone + PartialEq>(list: &mut [T], models: &[T], canonical: &[T], name: impl Fn(&mut T) -> &mut String) {
    let called = |item: &T| name(&mut item.clone()).clone();
    let all: BTreeSet<String> = list.iter().map(called).collect();
    for item in list {
        let own = called(item);
        let spelled = match canonical.iter().find(|it| called(it) == own) {
            Some(same) if same == item => own.clone(),
            Some(_) => continue,
            None => {
                let same = |it: &&T| {
                    let mut renamed = (*it).clone();
                    name(&mut renamed).clone_from(&own);
                    renamed == *item && !all.contains(&called(it))
                };
                match canonical.iter().find(same) {
                    Some(same) => called(same),
                    None => continue,
                }
            }
        };
        if let Some(model) = models.iter().find(|it| called(it) == spelled) {
            *item = model.clone();
            name(item).clone_from(&own);
        }
    }
}

/// A unique key or index: models may say as an index what the catalog calls a unique key of some rows, and the other
/// way round.
#[derive(Clone, PartialEq)]
enum Key {
    Unique(Unique),
    Index(Index),
}

fn list(table: &Table) -> Vec<Key> {
    let indexes = table.indexes.iter().cloned().map(Key::Index);
    table.uniques.iter().cloned().map(Key::Unique).chain(indexes).collect()
}

fn keys(table: &mut Table, model: &Table, canonical: &Table) {
    let mut all = list(table);
    named(&mut all, &list(model), &list(canonical), |key| match key {
        Key::Unique(unique) => &mut unique.name,
        Key::Index(index) => &mut index.name,
    });
    table.uniques.clear();
    table.indexes.clear();
    for key in all {
        match key {
            Key::Unique(unique) => table.uniques.push(unique),
            Key::Index(index) => table.indexes.push(index),
        }
    }
}
