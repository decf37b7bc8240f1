use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;

pub(super) static RULE: Rule = Rule {
    id: "foreign_key_index",
    summary: "Every foreign key is indexed. The index is generated where nothing leads with its columns \
          (`foreign_key_index`).",
    why: "Each DELETE of a referenced row looks for rows that reference it, and each join from that side does too: \
          without an index, both read the whole table.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(user_id)]
struct Order {
    id: Uuid,
    #[references(User, on_delete = restrict)]
    user_id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "foreign_key_index = \"declared\"",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
        if table.serves_foreign_key(foreign_key) {
            continue;
        }
        let columns = foreign_key.columns.join(", ");
        // On a soft-deleted table a declared index covers live rows only, unless it says otherwise.
        let softly = table.live_predicate().is_some();
        let line = attribute::index::of_key(&columns).flag("include_deleted", softly).to_string();
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_foreign_key(table, number),
                format!(
                    "no index leads with ({columns}) over all rows: each DELETE in `{}` reads this whole table",
                    foreign_key.table
                ),
            )
            .help(line),
        );
    }
}
