//! How two schemas differ, in words. By name, never by position: what a later version plans, this one only tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::recorded;
use crate::diagnostic::Place;
use crate::schema::{Column, Enumeration, ForeignKey, Generated, Schema, Storage, Table};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands in the new schema; the nearest that is left, where something is gone.
    pub place: Option<Place>,
    /// What it is: `orders.total_amount is new`.
    pub text: String,
}

/// How a schema differs from an earlier one, as far as a database would show it. Nothing where no migration is needed.
#[must_use]
pub fn differences(old: &Schema, new: &Schema) -> Vec<Difference> {
    let (old, new) = (recorded(old), recorded(new));
    let mut found = Vec::new();
    for name in names(&old.extensions, &new.extensions) {
        let text = match (old.extensions.contains(name), new.extensions.contains(name)) {
            (false, true) => format!("the extension {name} is new"),
            (true, false) => format!("the extension {name} is not needed any more"),
            _ => continue,
        };
        found.push(Difference { place: None, text });
    }
    enumerations(&old, &new, &mut found);
    for name in names(old.tables.keys(), new.tables.keys()) {
        match (old.tables.get(name), new.tables.get(name)) {
            (Some(old), Some(new)) => tables(old, new, &mut found),
            (None, Some(_)) => {
                found.push(Difference { place: Some(Place::table(name)), text: format!("the table {name} is new") });
            }
            _ => found.push(Difference { place: None, text: format!("the table {name} is gone") }),
        }
    }
    found
}

fn names<'a>(
    old: impl IntoIterator<Item = &'a String>,
    new: impl IntoIterator<Item = &'a String>,
) -> BTreeSet<&'a String> {
    old.into_iter().chain(new).collect()
}

fn enumerations(old: &Schema, new: &Schema, found: &mut Vec<Difference>) {
    // One that is stored as text shows in the checks of its columns.
    let native = |schema: &Schema, name: &str| -> Option<Vec<String>> {
        let enumeration: &Enumeration = schema.enumerations.get(name)?;
        let values = enumeration.values.iter().map(|value| value.value.clone()).collect();
        (enumeration.storage == Storage::Native).then_some(values)
    };
    for name in names(old.enumerations.keys(), new.enumerations.keys()) {
        let place = new.enumerations.contains_key(name).then(|| Place::table(name));
        let text = match (native(old, name), native(new, name)) {
            (None, Some(_)) => format!("the type {name} is new"),
            (Some(_), None) => format!("the type {name} is gone"),
            (Some(old), Some(new)) if old != new => {
                format!("the type {name} has the values {}, it had {}", new.join(", "), old.join(", "))
            }
            _ => continue,
        };
        found.push(Difference { place, text });
    }
}

fn tables(old: &Table, new: &Table, found: &mut Vec<Difference>) {
    let here = Place::table(&new.name);
    let mut tell = |place: Place, text: String| found.push(Difference { place: Some(place), text });
    for column in &old.columns {
        if new.column(&column.name).is_none() {
            tell(here.clone(), format!("the column {}.{} is gone", new.name, column.name));
        }
    }
    for column in &new.columns {
        let place = Place::column(&new.name, &column.name);
        match old.column(&column.name) {
            None => tell(place.clone(), format!("the column {place} is new")),
            Some(old) => {
                for change in columns(old, column) {
                    tell(place.clone(), format!("the column {place} {change}"));
                }
            }
        }
    }
    if old.primary_key != new.primary_key {
        tell(here.part("primary_key"), format!("the primary key of {} is ({})", new.name, new.primary_key.columns.join(", ")));
    }
    if old.comment != new.comment {
        tell(here.clone(), format!("the table {} has another comment", new.name));
    }
    let of_key = |key: &ForeignKey| match key.columns.as_slice() {
        [column] => Place::column(&new.name, column).part("references"),
        _ => here.clone(),
    };
    let at_table = || here.clone();
    named(&new.name, "foreign key", &old.foreign_keys, &new.foreign_keys, |key| &key.name, of_key, found);
    named(&new.name, "unique key", &old.uniques, &new.uniques, |unique| &unique.name, |_| at_table(), found);
    named(&new.name, "check", &old.checks, &new.checks, |check| &check.name, |_| at_table(), found);
    named(&new.name, "exclusion constraint", &old.exclusions, &new.exclusions, |it| &it.name, |_| at_table(), found);
    named(&new.name, "index", &old.indexes, &new.indexes, |index| &index.name, |_| at_table(), found);
    named(&new.name, "trigger", &old.triggers, &new.triggers, |trigger| &trigger.name, |_| at_table(), found);
    named(&new.name, "policy", &old.policies, &new.policies, |policy| &policy.name, |_| at_table(), found);
    if old.partitioning != new.partitioning {
        found.push(Difference { place: Some(here), text: format!("the table {} is partitioned otherwise", new.name) });
    }
}

fn columns(old: &Column, new: &Column) -> Vec<String> {
    let mut changes = Vec::new();
    if old.sql_type != new.sql_type {
        changes.push(format!("is {}, it was {}", new.sql_type, old.sql_type));
    }
    match (old.nullable, new.nullable) {
        (true, false) => changes.push("takes no NULL any more".to_owned()),
        (false, true) => changes.push("takes NULL now".to_owned()),
        _ => {}
    }
    let default = |column: &Column| column.default.clone().unwrap_or_else(|| "none".to_owned());
    if old.default != new.default {
        changes.push(format!("has the default {}, it had {}", default(new), default(old)));
    }
    let generated = |column: &Column| match &column.generated {
        None => "given by the program".to_owned(),
        Some(Generated::Stored(expression)) => format!("generated as {expression}"),
        Some(Generated::IdentityAlways | Generated::IdentityByDefault) => "numbered by the server".to_owned(),
    };
    if old.generated != new.generated {
        changes.push(format!("is {}, it was {}", generated(new), generated(old)));
    }
    if old.collation != new.collation {
        changes.push("has another collation".to_owned());
    }
    if old.comment != new.comment {
        changes.push("has another comment".to_owned());
    }
    changes
}

/// The differences between two lists of things with names.
fn named<T: PartialEq + Debug>(
    table: &str,
    what: &str,
    old: &[T],
    new: &[T],
    name: impl Fn(&T) -> &String,
    place: impl Fn(&T) -> Place,
    found: &mut Vec<Difference>,
) {
    let by_name = |list: &'_ [T]| -> BTreeMap<String, usize> {
        list.iter().enumerate().map(|(index, item)| (name(item).clone(), index)).collect()
    };
    let (before, after) = (by_name(old), by_name(new));
    for key in names(before.keys(), after.keys()) {
        let text = match (before.get(key), after.get(key)) {
            (Some(was), Some(is)) if old[*was] == new[*is] => continue,
            (Some(_), Some(_)) => format!("the {what} {key} is another"),
            (None, _) => format!("the {what} {key} is new"),
            (_, None) => format!("the {what} {key} is gone"),
        };
        let place = after.get(key).map_or_else(|| Place::table(table), |is| place(&new[*is]));
        found.push(Difference { place: Some(place), text });
    }
}
