use heck::ToSnakeCase as _;

use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::sql::is_reserved;

pub(super) static RULE: Rule = Rule {
    id: "column_name",
    summary: "Columns are `snake_case`, and no reserved word.",
    why: "A reserved word or upper case must be quoted in every statement forever, by everyone.",
    bad: "
#[derive(Table)]
struct Ticket {
    id: Uuid,
    order: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Ticket {
    id: Uuid,
    position: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// Whether a name is `snake_case` without a closer look: words of lower case with one line between them.
fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
        && !name.starts_with('_')
        && !name.ends_with('_')
        && !name.contains("__")
}

fn check(table: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let name = &column.name;
        let place = || Place::column(&table.name, name);
        if is_reserved(name) {
            found.push(
                Diagnostic::new(RULE.id, place(), format!("`{name}` is a reserved word of SQL")).help(format!(
                    "rename the field, or {}",
                    attribute::column::text("name", &format!("{name}_value"))
                )),
            );
        } else if !is_plain(name) && *name != name.to_snake_case() {
            found.push(
                Diagnostic::new(RULE.id, place(), format!("`{name}` is not snake_case"))
                    .help(attribute::column::text("name", &name.to_snake_case())),
            );
        }
    }
}
