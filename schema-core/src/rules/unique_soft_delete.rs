use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::Predicate;

pub(super) static RULE: Rule = Rule {
    id: "unique_soft_delete",
    summary: "A unique key of a soft-deleted table covers live rows only.",
    why: "Otherwise a deleted row keeps its value forever: the user who left cannot come back with the same address, \
          and no one sees the row that is in the way.",
    bad: "
#[derive(Table)]
#[table(soft_delete)]
#[unique(email, include_deleted)]
struct User {
    id: Uuid,
    #[column(pii)]
    email: String,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[table(soft_delete)]
struct User {
    id: Uuid,
    #[column(pii, unique)]
    email: String,
    deleted_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    let Some(live) = table.soft_delete else { return };
    for (number, unique) in table.uniques.iter().enumerate() {
        let covers_live = unique.predicate.as_ref().and_then(Predicate::live) == Some(live);
        // With the primary key in it, it refuses nothing that the key does not: it is there to be referenced.
        let has_key = table.primary_key.columns.iter().all(|column| unique.columns.contains(column));
        if covers_live || has_key {
            continue;
        }
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::of_unique(table, number),
                "a deleted row still occupies its value: no live row can use it",
            )
            .help("drop `include_deleted`; where a value is never used again, waive the rule and say so"),
        );
    }
}
