use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::queries::{Coverage, coverage};
use crate::schema::{Index, KeyColumn, Query, Table};

pub(super) static RULE: Rule = Rule {
    id: "query_index",
    summary: "Every declared query has an index that serves it: its predicate holds for the query's rows, its first columns \
              are those compared by `=`, then comes the range, or the order in matching or wholly reversed direction.",
    why: "Without one, the server reads the whole table, or sorts what it has found, each time. On the developer's machine \
          no one sees that. A page continues with the primary key, so the index does too: rows that tie in the order are \
          neither skipped nor repeated.",
    bad: "
#[derive(Table)]
#[query(recent_of_device(device), order(seen_at desc), page)]
struct Event {
    id: Uuid,
    device: String,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(device, seen_at desc, id desc)]
#[query(recent_of_device(device), order(seen_at desc), page)]
struct Event {
    id: Uuid,
    device: String,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    // An index of a column that does not exist is reported by another rule. Fixed, it may well serve.
    let names_all =
        |index: &Index| index.key.iter().filter_map(KeyColumn::name).all(|name| table.column(name).is_some());
    if !table.indexes.iter().all(names_all) {
        return;
    }
    for (number, query) in table.queries.iter().enumerate() {
        // What names a column that does not exist is another rule's.
        if !names_columns(table, query) {
            continue;
        }
        let place = Place::of_query(table, number);
        match (coverage(table, query), &query.unindexed) {
            (Coverage::Served(_), None) | (Coverage::Missing(_), Some(_)) => {}
            (Coverage::Served(serving), Some(_)) => {
                let name = serving.first().map_or("", |serving| serving.index.name.as_str());
                let message = format!("`{}` is served by `{name}`: it need not be excused", query.name);
                found.push(Diagnostic::new(RULE.id, place.key(Key::Unindexed), message).help("drop `unindexed`"));
            }
            (Coverage::Missing(missing), None) => {
                let why = match (missing.never, missing.closest) {
                    (Some(never), _) => never,
                    (None, Some((index, why))) => format!("`{index}` comes closest, but {why}"),
                    (None, None) => "none of them begins with its columns".to_owned(),
                };
                let message = format!("no index serves `{}`: {why}", query.name);
                let help = match missing.line {
                    Some((line, Some(replaced))) => {
                        format!("{line}\nin place of `{}`", table.indexes[replaced].name)
                    }
                    Some((line, None)) => line,
                    None if query.parameters.is_empty() && query.predicate.is_none() && query.order.is_empty() => {
                        "say which rows, or order(id): the primary key serves that".to_owned()
                    }
                    None => "unindexed(reason = \"…\"), where the table stays small".to_owned(),
                };
                found.push(Diagnostic::new(RULE.id, place, message).help(help));
            }
        }
    }
}

fn names_columns(table: &Table, query: &Query) -> bool {
    let parameters = query.parameters.iter().map(|parameter| &parameter.column);
    let order = query.order.iter().map(|column| &column.column);
    parameters.chain(order).chain(&query.columns).all(|name| table.column(name).is_some())
}
