//! How two schemas differ, in words. By name, never by position: what a later version plans, this one only tells.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use super::recorded;
use crate::diagnostic::Place;
use crate::schema::{Check, Column, Enumeration, ForeignKey, Generated, Schema, Storage, Table, Unique, derived_name};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where it stands in the new schema; the nearest that is left, where something is gone.
    pub place: Option<Place>,
    /// What differs: `column`, `index`.
    pub what: &'static str,
    /// Its name: `orders.total_amount`.
    pub name: String,
    /// How: `is new`.
    pub change: String,
}

impl Difference {
    fn new(place: Option<Place>, what: &'static str, name: impl Into<String>, change: impl Into<String>) -> Self {
        Self { place, what, name: name.into(), change: change.into() }
    }

    /// The difference in words: `the column orders.total_amount is new`.
    #[must_use]
    pub fn text(&self) -> String {
        format!("the {} {} {}", self.what, self.name, self.change)
    }

    /// The same behind the path of its place: `the column is new`.
    #[must_use]
    pub fn brief(&self) -> String {
        match &self.place {
            Some(place) if place.path() == self.name => format!("the {} {}", self.what, self.change),
            _ => self.text(),
        }
    }
}

const NEW: &str = "is new";
const GONE: &str = "is gone";

/// How a schema differs from an earlier one, as far as a database would show it. Nothing where no migration is needed.
#[must_use]
pub fn differences(old: &Schema, new: &Schema) -> Vec<Difference> {
    let (old, new) = (recorded(old), recorded(new));
    let mut found = Vec::new();
    for name in names(&old.extensions, &new.extensions) {
        let change = match (old.extensions.contains(name), new.extensions.contains(name)) {
            (false, true) => NEW,
            (true, false) => "is not needed any more",
            _ => continue,
        };
        found.push(Difference::new(None, "extension", name, change));
    }
    enumerations(&old, &new, &mut found);
    for name in names(old.tables.keys(), new.tables.keys()) {
        match (old.tables.get(name), new.tables.get(name)) {
            (Some(old), Some(new)) => tables(old, new, &mut found),
            (None, Some(_)) => found.push(Difference::new(Some(Place::table(name)), "table", name, NEW)),
            _ => found.push(Difference::new(None, "table", name, GONE)),
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
        let change = match (native(old, name), native(new, name)) {
            (None, Some(_)) => NEW.to_owned(),
            (Some(_), None) => GONE.to_owned(),
            (Some(old), Some(new)) if old != new => {
                format!("has the values {}, it had {}", new.join(", "), old.join(", "))
            }
            _ => continue,
        };
        found.push(Difference::new(place, "type", name, change));
    }
}

fn tables(old: &Table, new: &Table, found: &mut Vec<Difference>) {
    let here = Place::table(&new.name);
    for column in &old.columns {
        if new.column(&column.name).is_none() {
            let name = format!("{}.{}", new.name, column.name);
            found.push(Difference::new(Some(here.clone()), "column", name, GONE));
        }
    }
    for column in &new.columns {
        let place = Place::column(&new.name, &column.name);
        let changes = old.column(&column.name).map_or_else(|| vec![NEW.to_owned()], |old| columns(old, column));
        let name = place.path().to_owned();
        found.extend(changes.into_iter().map(|change| Difference::new(Some(place.clone()), "column", &name, change)));
    }
    if old.primary_key != new.primary_key {
        let change = format!("is ({})", new.primary_key.columns.join(", "));
        found.push(Difference::new(Some(here.part("primary_key")), "primary key of", &new.name, change));
    }
    if old.comment != new.comment {
        found.push(Difference::new(Some(here.clone()), "table", &new.name, "has another comment"));
    }
    let of_key = |key: &ForeignKey| match key.columns.as_slice() {
        [column] => Place::column(&new.name, column).part("references"),
        _ => here.clone(),
    };
    let at_table = || here.clone();
    named(&new.name, "foreign key", &old.foreign_keys, &new.foreign_keys, |key| &key.name, of_key, found);
    // A constraint of one column is typed at the column, and named by it.
    let of_column = |name: &str, kind: &str| {
        let column = new.columns.iter().find(|column| derived_name(&[&new.name, &column.name, kind]) == name);
        column.map_or_else(at_table, |column| Place::column(&new.name, &column.name))
    };
    let of_unique = |unique: &Unique| of_column(&unique.name, "unique");
    named(&new.name, "unique key", &old.uniques, &new.uniques, |unique| &unique.name, of_unique, found);
    let of_check = |check: &Check| of_column(&check.name, "check");
    named(&new.name, "check", &old.checks, &new.checks, |check| &check.name, of_check, found);
    named(&new.name, "exclusion constraint", &old.exclusions, &new.exclusions, |it| &it.name, |_| at_table(), found);
    named(&new.name, "index", &old.indexes, &new.indexes, |index| &index.name, |_| at_table(), found);
    named(&new.name, "trigger", &old.triggers, &new.triggers, |trigger| &trigger.name, |_| at_table(), found);
    named(&new.name, "policy", &old.policies, &new.policies, |policy| &policy.name, |_| at_table(), found);
    if old.partitioning != new.partitioning {
        found.push(Difference::new(Some(here), "table", &new.name, "is partitioned otherwise"));
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
    what: &'static str,
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
        let change = match (before.get(key), after.get(key)) {
            (Some(was), Some(is)) if old[*was] == new[*is] => continue,
            (Some(_), Some(_)) => "has changed",
            (None, _) => NEW,
            (_, None) => GONE,
        };
        let place = after.get(key).map_or_else(|| Place::table(table), |is| place(&new[*is]));
        found.push(Difference::new(Some(place), what, key, change));
    }
}
