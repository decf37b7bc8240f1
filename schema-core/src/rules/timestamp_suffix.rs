use super::list;
use super::{Facts, Rule, RuleCheck};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::SqlType;

pub(super) static RULE: Rule = Rule {
    id: "timestamp_suffix",
    summary: "Timestamps end `_at`, dates end `_on` or `_date` (`timestamp_suffixes`, `date_suffixes`).",
    why: "The name shows whether there is a time of day: `shipped_at` and `shipped_on` are compared, indexed and shown \
          differently. `created` may be a flag, a person or a time.",
    bad: "
#[derive(Table)]
struct Order {
    id: Uuid,
    shipped: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
struct Order {
    id: Uuid,
    shipped_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

/// The bounds of a row's validity, by the name that slowly changing dimensions give them.
const VALIDITY: [&str; 3] = ["valid_from", "valid_to", "valid_until"];

fn check(table: &Facts<'_>, profile: &Profile, found: &mut Vec<Diagnostic>) {
    for column in &table.columns {
        let (what, suffixes) = match column.sql_type {
            SqlType::Timestamptz | SqlType::Timestamp => ("timestamp", &profile.timestamp_suffixes),
            SqlType::Date => ("date", &profile.date_suffixes),
            _ => continue,
        };
        let name = &column.name;
        if suffixes.iter().any(|suffix| name.ends_with(suffix.as_str())) || VALIDITY.contains(&name.as_str()) {
            continue;
        }
        let first = suffixes.first().map_or("", String::as_str);
        // `shipped_time` becomes `shipped_at`, not `shipped_time_at`.
        let stem =
            ["_at", "_on", "_date", "_time", "_timestamp", "_ts"].iter().find_map(|suffix| name.strip_suffix(suffix));
        let stem = match stem.unwrap_or(name) {
            "date" | "time" | "timestamp" | "ts" => "recorded",
            stem => stem,
        };
        let right = format!("{stem}{first}");
        let help = match name.rsplit_once('_') {
            Some((_, bound @ ("until" | "from" | "since"))) => {
                format!("{what}_suffixes = [\"{first}\", \"_{bound}\"] in schema.toml, or a name with `{first}`")
            }
            _ => format!("rename the field to `{right}`, or {}", attribute::column::text("name", &right)),
        };
        found.push(
            Diagnostic::new(
                RULE.id,
                Place::column(&table.name, name),
                format!("`{name}` is a {what}, but its name does not end with {}", list(suffixes)),
            )
            .help(help),
        );
    }
}
