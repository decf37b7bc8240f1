use super::{Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::queries::lists::list_by;
use crate::queries::users;
use crate::schema::{Index, KeyColumn, Method, Schema, Table};
use crate::sql::dml::scoped;

pub(super) static RULE: Rule = Rule {
    id: "unused_index",
    summary: "Where a table declares its queries, each of its B-tree indexes serves one of them, a foreign key, or a helper.",
    why: "An index that no query uses is still written by every INSERT and most UPDATEs. The queries are declared, so \
          whether one uses it is known. It is reported by `cargo schema check`, not while the model is typed.",
    bad: "
#[derive(Table)]
#[index(kind, seen_at desc, id desc)]
#[index(seen_at, kind)]
#[query(recent_of_kind(kind), order(seen_at desc), page)]
#[table(allow(index_order, reason = \"as the report asks\"))]
struct Event {
    id: Uuid,
    kind: Kind,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
enum Kind {
    Call,
    Visit,
}",
    good: "
#[derive(Table)]
#[index(kind, seen_at desc, id desc)]
#[query(recent_of_kind(kind), order(seen_at desc), page)]
struct Event {
    id: Uuid,
    kind: Kind,
    seen_at: DateTime<Utc>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
enum Kind {
    Call,
    Visit,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Schema(check),
};

fn check(schema: &Schema, _: &Profile, found: &mut Vec<Diagnostic>) {
    for table in schema.tables.values().filter(|table| !table.queries.is_empty()) {
        let mut used = users(table);
        used.extend(
            table
                .foreign_keys
                .iter()
                .filter_map(|key| list_by(table, &scoped(table, &key.columns)))
                .map(|list| list.index),
        );
        for (number, index) in table.indexes.iter().enumerate() {
            if is_judged(index) && !used.contains(&index.name) && !serves_foreign_key(table, index) {
                let message = format!("no declared query, key or helper uses `{}`", index.name);
                let help = "drop the index, declare the query that needs it, or say which statement does:\n\
                            #[table(allow(unused_index, reason = \"the monthly report\"))]";
                let place = Place::of_index(table, number);
                found.push(Diagnostic::new(RULE.id, place, message).help(help));
            }
        }
    }
}

/// Declared queries compare columns: what serves other searches is not judged by them.
fn is_judged(index: &Index) -> bool {
    matches!(index.method, Method::Btree | Method::Hash)
        && !index.unique
        && !index.generated
        && index.key.iter().all(|key| KeyColumn::name(key).is_some() && key.operator_class.is_none())
}

fn serves_foreign_key(table: &Table, index: &Index) -> bool {
    table.foreign_keys.iter().any(|foreign_key| index.serves_foreign_key(foreign_key))
}
