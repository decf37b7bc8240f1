use heck::ToSnakeCase as _;

use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::plural;

pub(super) static RULE: Rule = Rule {
    id: "table_name",
    summary: "Tables are plural `snake_case`: `users`, `task_comments`.",
    why: "With one form, a name can be guessed. Upper case must be quoted in every statement forever.",
    bad: "
#[derive(Table)]
#[table(name = \"TaskComment\")]
struct TaskComment {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct TaskComment {
    id: Uuid,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let place = || Place::table(&table.name).key(Key::Name);
    let right = plural(&table.name.to_snake_case());
    if table.name != right {
        found.push(
            Diagnostic::new(RULE.id, place(), format!("`{}` is not plural snake_case", table.name))
                .help(attribute::table::text("name", &right)),
        );
    }
}
