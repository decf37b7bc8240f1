use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Index, KeyColumn, Method, Nulls, Predicate, Table};

pub(super) static RULE: Rule = Rule {
    id: "redundant_index",
    summary: "No index is a prefix of another over the same rows, none repeats a key, and a table has no more than \
          `max_indexes`.",
    why: "Each index is written by every INSERT and by most UPDATEs, and competes for memory. One whose columns \
          another index begins with serves no query that the other does not.",
    bad: "
#[derive(Table)]
#[index(user_id)]
#[index(user_id, ordered_at desc)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    ordered_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(user_id, ordered_at desc)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    ordered_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    let here = Place::table(&table.name);
    for (number, index) in table.indexes.iter().enumerate().filter(|(_, index)| !index.generated && !index.unique) {
        let place = Place::of_index(table, number);
        if let Some((name, what)) = key_that_covers(table, index) {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place,
                    format!("{what} `{name}` begins with these columns and serves the same queries"),
                )
                .help("drop the index"),
            );
            continue;
        }
        let other = table.indexes.iter().enumerate().find(|(other, wider)| {
            let equal = index.key.len() == wider.key.len() && includes(wider, index) && includes(index, wider);
            // Of two equal ones the later is reported.
            *other != number && !wider.generated && (!equal || *other < number) && covers(wider, index)
        });
        if let Some((other, wider)) = other {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    place,
                    format!("`{}` begins with these columns and serves the same queries", wider.name),
                )
                .help("drop this index")
                .second(Place::of_index(table, other), "the index that serves them too"),
            );
        }
    }
    uniques(table, found);
    let all = usize::from(!table.primary_key.columns.is_empty())
        + table.uniques.len()
        + table.exclusions.len()
        + table.indexes.len();
    if all > profile.max_indexes {
        found.push(
            Diagnostic::new(
                RULE.id,
                here,
                format!(
                    "{all} indexes, keys included, and each is written by every INSERT; {} are allowed",
                    profile.max_indexes
                ),
            )
            .help("drop those that no query needs, or raise `max_indexes` in schema.toml"),
        );
    }
}

/// A primary key or unique key whose own index serves everything that this index does.
fn key_that_covers<'a>(table: &'a Table, index: &Index) -> Option<(&'a str, &'static str)> {
    let covered = |columns: &[String], predicate: Option<&Predicate>| {
        let key: Vec<KeyColumn> = columns.iter().map(|column| KeyColumn::column(column)).collect();
        index.predicate.as_ref() == predicate
            && is_prefix(&index.key, &key)
            && index.include.iter().all(|column| columns.contains(column))
    };
    if index.method != Method::Btree {
        return None;
    }
    if covered(&table.primary_key.columns, None) {
        return Some((&table.primary_key.name, "the primary key"));
    }
    let unique = table.uniques.iter().find(|unique| covered(&unique.columns, unique.predicate.as_ref()))?;
    Some((&unique.name, "the unique key"))
}

fn covers(wider: &Index, index: &Index) -> bool {
    let keys = match index.method {
        Method::Btree => is_prefix(&index.key, &wider.key),
        _ => index.key == wider.key && index.with == wider.with,
    };
    index.method == wider.method && index.predicate == wider.predicate && keys && includes(wider, index)
}

/// Whether the wider index carries what the other one does.
fn includes(wider: &Index, index: &Index) -> bool {
    index
        .include
        .iter()
        .all(|column| wider.include.contains(column) || wider.key.iter().any(|key| key.name() == Some(column.as_str())))
}

/// Whether a key begins another, in its directions or in all of them reversed: an index is read both ways.
fn is_prefix(key: &[KeyColumn], wider: &[KeyColumn]) -> bool {
    let reversed = |key: &KeyColumn| KeyColumn {
        direction: key.direction.reversed(),
        nulls: key.nulls.map(|nulls| if nulls == Nulls::First { Nulls::Last } else { Nulls::First }),
        ..key.clone()
    };
    let begins = |wider: &[KeyColumn]| wider.len() >= key.len() && wider[..key.len()] == *key;
    begins(wider) || begins(&wider.iter().map(reversed).collect::<Vec<_>>())
}

/// Unique keys that repeat the primary key or each other.
fn uniques(table: &Table, found: &mut Vec<Diagnostic>) {
    let same =
        |one: &[String], other: &[String]| one.len() == other.len() && one.iter().all(|column| other.contains(column));
    for (number, unique) in table.uniques.iter().enumerate() {
        let earlier = table.uniques[..number]
            .iter()
            .find(|other| same(&unique.columns, &other.columns) && unique.predicate == other.predicate)
            .map(|other| &other.name);
        let key = same(&unique.columns, &table.primary_key.columns).then_some(&table.primary_key.name);
        if let Some(name) = key.or(earlier) {
            found.push(
                Diagnostic::new(
                    RULE.id,
                    Place::of_unique(table, number),
                    format!("`{name}` already enforces this for these columns"),
                )
                .help("drop the unique key"),
            );
        }
    }
}
