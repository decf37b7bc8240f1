use std::collections::BTreeMap;

use super::{Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Schema, Table};

pub(super) static RULE: Rule = Rule {
    id: "index_name",
    summary: "Indexes and constraints have names of their own: no two alike in a schema.",
    why: "Indexes and tables share one namespace, and the server refuses the second. A violated constraint is \
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
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    // Relations share one space in the schema; the constraints that are not relations have one in each table.
    let mut relations: BTreeMap<&str, Place> =
        schema.tables.keys().map(|name| (name.as_str(), Place::table(name))).collect();
    for table in schema.tables.values() {
        let mut constraints: BTreeMap<&str, Place> = BTreeMap::new();
        for (name, place, is_relation) in names(table) {
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
fn names<'a>(table: &'a Table) -> Vec<(&'a str, Place, bool)> {
    let mut names = vec![(table.primary_key.name.as_str(), Place::table(&table.name), true)];
    let of = |number: usize, name: &'a String, place: fn(&Table, usize) -> Place| (name.as_str(), place(table, number));
    let constraint = |(name, place)| (name, place, false);
    let relation = |(name, place)| (name, place, true);
    let keys = table.foreign_keys.iter().enumerate();
    names.extend(keys.map(|(at, it)| constraint(of(at, &it.name, Place::of_foreign_key))));
    let uniques = table.uniques.iter().enumerate();
    names.extend(uniques.map(|(at, it)| relation(of(at, &it.name, Place::of_unique))));
    let checks = table.checks.iter().enumerate();
    names.extend(checks.map(|(at, it)| constraint(of(at, &it.name, Place::of_check))));
    let exclusions = table.exclusions.iter().enumerate();
    names.extend(exclusions.map(|(at, it)| relation(of(at, &it.name, Place::of_exclusion))));
    let indexes = table.indexes.iter().enumerate();
    names.extend(indexes.map(|(at, it)| relation(of(at, &it.name, Place::of_index))));
    names
}
