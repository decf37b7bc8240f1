use super::list;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "boolean_prefix",
    summary: "Booleans start `is_`: `is_active`. The profile may allow more (`boolean_prefixes`).",
    why: "`WHERE is_active` reads as what it is; `WHERE active` may be a flag, a count or a date. A name that asks a \
          question tells both readers and tools that there are two answers.",
    bad: "
#[derive(Table)]
struct User {
    id: Uuid,
    active: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct User {
    id: Uuid,
    is_active: bool,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for column in table.columns.iter().filter(|column| column.sql_type == SqlType::Boolean) {
        let name = &column.name;
        if profile.boolean_prefixes.iter().any(|prefix| name.starts_with(prefix.as_str())) {
            continue;
        }
        let first = profile.boolean_prefixes.first().map_or("is_", String::as_str);
        let help = if let Some(other) = OTHERS.iter().find(|other| name.starts_with(**other)) {
            format!("boolean_prefixes = [\"{first}\", \"{other}\"] in schema.toml, or a name with `{first}`")
        } else {
            let right = format!("{first}{name}");
            format!("rename the field to `{right}`, or {}", attribute::column::text("name", &right))
        };
        let message =
            format!("`{name}` is a boolean, but its name does not start with {}", list(&profile.boolean_prefixes));
        found.push(Diagnostic::new(RULE.id, Place::column(&table.name, name), message).help(help));
    }
}

/// What other schemas start a boolean with: good names, which the profile may take.
const OTHERS: [&str; 6] = ["has_", "can_", "was_", "should_", "allows_", "uses_"];
