use std::collections::BTreeMap;

use super::{Check, Rule};
use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{MAX_IDENTIFIER_BYTES, Profile, Schema, Table};

pub(super) static RULE: Rule = Rule {
    id: "index_name",
    summary: "Indexes and constraints have names of their own: at most 63 bytes, no two alike in a schema.",
    why: "Indexes and tables share one space of names, and the server refuses the second. A violated constraint is \
          known to the program by its name.",
    bad: "
#[derive(Table)]
#[index(starts_at, id)]
#[index(ends_at, id, name = \"idx_bookings_starts_at_id\")]
struct Booking {
    id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(starts_at, id)]
#[index(ends_at, id)]
struct Booking {
    id: Uuid,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: false,
    check: Check::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    // Relations share one space in the schema; the constraints that are no relation have one in each table.
    let mut relations: BTreeMap<&str, Place> =
        schema.tables.keys().map(|name| (name.as_str(), Place::table(name))).collect();
    for table in schema.tables.values() {
        let mut constraints: BTreeMap<&str, Place> = BTreeMap::new();
        for (name, place, is_relation) in names(table) {
            if name.len() > MAX_IDENTIFIER_BYTES {
                let message =
                    format!("the name `{name}` has {} bytes, the server keeps {MAX_IDENTIFIER_BYTES}", name.len());
                found.push(Diagnostic::new(RULE.id, place, message).help("give a shorter `name = \"…\"`"));
                continue;
            }
            let space = if is_relation { &mut relations } else { &mut constraints };
            if let Some(earlier) = space.get(name) {
                found.push(
                    Diagnostic::new(RULE.id, place, format!("the name `{name}` is taken"))
                        .help("name one of the two by hand, on the struct: #[check(\"…\", name = \"…\")], #[index(…, name = \"…\")]")
                        .second(earlier.clone(), "the first of that name"),
                );
            } else {
                space.insert(name, place);
            }
        }
    }
}

/// Every name with its place, and whether it names a relation (an index) rather than a constraint alone.
fn names(table: &Table) -> Vec<(&str, Place, bool)> {
    let here = Place::table(&table.name);
    let mut names = vec![(table.primary_key.name.as_str(), here.clone(), true)];
    for (index, foreign_key) in table.foreign_keys.iter().enumerate() {
        names.push((&foreign_key.name, super::place_of_foreign_key(table, index), false));
    }
    let of_columns = |name: &str| {
        let column =
            table.columns.iter().find(|column| name.starts_with(&format!("{}_{}_", table.name, column.name)))?;
        Some(Place::column(&table.name, &column.name))
    };
    let place = |name: &str| of_columns(name).unwrap_or_else(|| here.clone());
    names.extend(table.uniques.iter().map(|unique| (unique.name.as_str(), place(&unique.name), true)));
    names.extend(table.checks.iter().map(|check| (check.name.as_str(), place(&check.name), false)));
    names.extend(
        table
            .exclusions
            .iter()
            .enumerate()
            .map(|(index, exclusion)| (exclusion.name.as_str(), here.nth("exclude", index), true)),
    );
    names.extend(table.indexes.iter().enumerate().map(|(position, index)| {
        (index.name.as_str(), if index.generated { here.clone() } else { here.nth("index", position) }, true)
    }));
    names
}
