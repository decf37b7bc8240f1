use super::{Facts, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::schema::MAX_IDENTIFIER_BYTES;

pub(super) static RULE: Rule = Rule {
    id: "constraint_name",
    summary: "A name that is given by hand keeps the form of the derived ones: `{table}_…_check`, `idx_{table}_…`.",
    why: "A violated constraint comes back to the program, and to whoever reads the log, as its name: the table and \
          the kind in it say where to look.",
    bad: "
#[derive(Table)]
#[check(\"total_count >= 0\", name = \"positive_count\")]
struct Order {
    id: Uuid,
    total_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[check(\"total_count >= 0\", name = \"orders_positive_count_check\")]
struct Order {
    id: Uuid,
    total_count: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: true,
    check: RuleCheck::Table(check),
};

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    let prefix = format!("{}_", table.name);
    let mut hold = |name: &str, place: &dyn Fn() -> Place, prefix: &str, suffix: &str| {
        // A name that was cut has its hash in place of the end.
        if name.starts_with(prefix) && (name.ends_with(suffix) || name.len() == MAX_IDENTIFIER_BYTES) {
            return;
        }
        let bare = name.strip_prefix("idx_").unwrap_or(name);
        let bare = [prefix.strip_prefix("idx_").unwrap_or(prefix), prefix]
            .iter()
            .find_map(|prefix| bare.strip_prefix(prefix))
            .unwrap_or(bare);
        let bare = bare.strip_prefix("index_").unwrap_or(bare);
        let bare = ["_check", "_unique", "_key", "_fkey", "_fk", "_excl", "_idx", "_index"]
            .iter()
            .find_map(|suffix| bare.strip_suffix(suffix))
            .unwrap_or(bare);
        found.push(
            Diagnostic::new(RULE.id, place(), format!("`{name}` is not of the form `{prefix}…{suffix}`"))
                .help(format!("drop the `name`: the derived one has that form; or name = \"{prefix}{bare}{suffix}\"")),
        );
    };
    for (number, foreign_key) in table.foreign_keys.iter().enumerate() {
        hold(&foreign_key.name, &|| Place::of_foreign_key(table, number), &prefix, "_fkey");
    }
    for (number, unique) in table.uniques.iter().enumerate() {
        hold(&unique.name, &|| Place::of_unique(table, number), &prefix, "_unique");
    }
    for (number, check) in table.checks.iter().enumerate() {
        // What the check is about is said by the rest of its name: `users_email_format`.
        hold(&check.name, &|| Place::of_check(table, number), &prefix, "");
    }
    for (number, exclusion) in table.exclusions.iter().enumerate() {
        hold(&exclusion.name, &|| Place::of_exclusion(table, number), &prefix, "_excl");
    }
    for (number, index) in table.indexes.iter().enumerate() {
        let place = &|| Place::of_index(table, number);
        if index.unique {
            hold(&index.name, place, &prefix, "_unique");
        } else {
            hold(&index.name, place, &format!("idx_{prefix}"), "");
        }
    }
}
