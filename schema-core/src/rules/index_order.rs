use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::{Index, KeyColumn, Method, Schema, SortDirection, SqlType, Table};

pub(super) static RULE: Rule = Rule {
    id: "index_order",
    summary: "A composite index has the columns compared by `=` first, then a range or the order; a boolean or an \
          enumeration does not lead.",
    why: "An index is a sorted list: after a range, its further columns only filter. A leading column with two or five \
          values sends every query through a large part of it; as a predicate (`where`) it costs nothing.",
    bad: "
#[derive(Table)]
#[index(ordered_at, user_id)]
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
#[index(user_id, ordered_at)]
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
    check: RuleCheck::Both(check, check_enumerations),
};

/// How a column is mostly searched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Search {
    /// By `=`, with few values.
    Few,
    /// By `=`, with many values.
    Equal,
    /// By a range, or it is the order.
    Range,
    /// No one can tell.
    Unknown,
}

fn search(table: &Table, name: &str) -> Search {
    let Some(column) = table.column(name) else { return Search::Unknown };
    if column.enumeration.is_some() || column.sql_type == SqlType::Boolean {
        return Search::Few;
    }
    if table.foreign_keys.iter().any(|foreign_key| foreign_key.columns.iter().any(|column| column == name)) {
        return Search::Equal;
    }
    // A key after a range breaks ties of the order.
    if table.primary_key.columns == [name] {
        return Search::Unknown;
    }
    match column.sql_type {
        SqlType::Uuid => Search::Equal,
        SqlType::Timestamptz | SqlType::Timestamp | SqlType::Date => Search::Range,
        _ => Search::Unknown,
    }
}

/// The declared B-tree indexes that a predicate of their own does not narrow, with the keys that are columns.
fn plain(table: &Table) -> impl Iterator<Item = (usize, &Index, Vec<&str>)> {
    // A declared query knows better than the types of the columns.
    let asked_for = crate::queries::users(table);
    table.indexes.iter().enumerate().filter_map(move |(number, index)| {
        let own = index.predicate.as_ref().and_then(|it| it.beside(table.soft_delete));
        let plain = index.method == Method::Btree
            && !index.generated
            && !index.unique
            && own.is_none()
            && !asked_for.contains(&index.name);
        let key: Option<Vec<&str>> = index.key.iter().map(KeyColumn::name).collect();
        key.filter(|key| plain && !key.is_empty()).map(|key| (number, index, key))
    })
}

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    for (number, index, key) in plain(table) {
        let place = Place::of_index(table, number);
        if search(table, key[0]) == Search::Few {
            // `is_featured desc, score desc` is an order: the featured rows first, then the rest.
            let is_order = key.len() > 1 && index.key[0].direction == SortDirection::Descending;
            if !is_order && table.column(key[0]).is_some_and(|column| column.enumeration.is_none()) {
                boolean(table, index, &key, place, found);
            }
            continue;
        }
        ranges(table, index, &key, place, found);
    }
}

fn check_enumerations(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values() {
        for (number, index, key) in plain(table) {
            let place = Place::of_index(table, number);
            let values = |name: &str| {
                let column = table.column(name)?;
                Some(schema.enumerations.get(column.enumeration.as_ref()?)?.values.len())
            };
            // The order may follow at once: then no other column could lead.
            let better = key.get(1..).unwrap_or_default().iter().position(|name| search(table, name) == Search::Equal);
            let Some(values) = values(key[0]) else {
                // What one table could not know: an enumeration after a range.
                let known = table
                    .columns
                    .iter()
                    .any(|column| column.enumeration.is_some() && key.contains(&column.name.as_str()));
                let before = found.len();
                if known {
                    ranges(table, index, &key, place, found);
                    let few = |name: &&str| table.column(name).is_some_and(|column| column.enumeration.is_some());
                    if !key.iter().any(few) {
                        found.truncate(before);
                    }
                }
                continue;
            };
            if let Some(position) = better {
                let mut order = index.key.clone();
                let best = order.remove(position + 1);
                order.insert(0, best);
                found.push(
                    Diagnostic::new(
                        RULE.id,
                        place,
                        format!(
                            "`{}` leads with {values} values, although `{}` distinguishes rows better",
                            key[0],
                            key[position + 1]
                        ),
                    )
                    .help(line(&order)),
                );
            }
        }
    }
}

fn boolean(table: &Table, index: &Index, key: &[&str], place: Place, found: &mut Vec<Diagnostic>) {
    let name = key[0];
    let rest = if key.len() > 1 { line_of(&index.key[1..]) } else { table.primary_key.columns.join(", ") };
    found.push(
        Diagnostic::new(
            RULE.id,
            place,
            format!("`{name}` has two values: as the first column it halves the index at best"),
        )
        .help(format!(
            "{}, or \"NOT {name}\", whichever rows are searched",
            attribute::index::of_key(&rest).text("where", Some(name))
        )),
    );
}

fn ranges(table: &Table, index: &Index, key: &[&str], place: Place, found: &mut Vec<Diagnostic>) {
    let Some(range) = key.iter().position(|name| search(table, name) == Search::Range) else { return };
    let behind = |name: &&str| matches!(search(table, name), Search::Equal | Search::Few);
    let Some(late) = key[range + 1..].iter().position(behind).map(|position| position + range + 1) else { return };
    // After the key nothing is left to order: the column is there to be read along.
    if key[range..late].iter().any(|name| table.primary_key.columns == [*name]) {
        let kept: Vec<KeyColumn> =
            index.key.iter().filter(|column| column.name() != Some(key[late])).cloned().collect();
        found.push(
            Diagnostic::new(
                RULE.id,
                place,
                format!("`{}` comes after the primary key: the index only carries it", key[late]),
            )
            .help(attribute::index::of_key(&line_of(&kept)).list("include", &[key[late]]).to_string()),
        );
        return;
    }
    let (equal, others): (Vec<_>, Vec<_>) = index
        .key
        .iter()
        .cloned()
        .partition(|key| key.name().is_some_and(|name| matches!(search(table, name), Search::Equal | Search::Few)));
    let order: Vec<KeyColumn> = equal.into_iter().chain(others).collect();
    found.push(
        Diagnostic::new(
            RULE.id,
            place,
            format!("`{}` comes after `{}`, a range: the index only filters by it", key[late], key[range]),
        )
        .help(line(&order)),
    );
}

fn line(key: &[KeyColumn]) -> String {
    attribute::index::of_key(&line_of(key)).to_string()
}

fn line_of(key: &[KeyColumn]) -> String {
    let columns = key.iter().map(|key| {
        let direction = if key.direction == SortDirection::Descending { " desc" } else { "" };
        format!("{}{direction}", key.name().unwrap_or_default())
    });
    columns.collect::<Vec<_>>().join(", ")
}
