//! Names that follow from other names.

use std::hash::Hasher as _;

use heck::ToSnakeCase as _;

use super::english;

/// The longest identifier that the server keeps, in bytes (`NAMEDATALEN - 1`):
/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>.
pub const MAX_IDENTIFIER_BYTES: usize = 63;

/// What is wrong with a name, whatever it is of, where the server would refuse it or cut it off: `is empty`.
#[must_use]
pub fn identifier_problem(name: &str) -> Option<String> {
    if name.is_empty() {
        return Some("is empty".to_owned());
    }
    (name.len() > MAX_IDENTIFIER_BYTES)
        .then(|| format!("has {} bytes, and the server keeps {MAX_IDENTIFIER_BYTES}", name.len()))
}

/// The table of a model: its name in the plural, in snake case.
///
/// ```
/// assert_eq!(tablewright_core::schema::table_name("TaskComment"), "task_comments");
/// assert_eq!(tablewright_core::schema::table_name("Person"), "people");
/// ```
#[must_use]
pub fn table_name(model: &str) -> String {
    plural(&model.to_snake_case())
}

/// The plural of a snake-case name: of its last word.
#[must_use]
pub fn plural(name: &str) -> String {
    on_last_word(name, english::plural)
}

/// The singular of a snake-case name: of its last word.
#[must_use]
pub fn singular(name: &str) -> String {
    on_last_word(name, english::singular)
}

/// Words of schemas that the library gets wrong, in both numbers.
const CORRECTED: &[(&str, &str)] = &[
    ("base", "bases"),
    ("cache", "caches"),
    ("data", "data"),
    ("epoch", "epochs"),
    ("feedback", "feedback"),
    ("lens", "lenses"),
    ("metadata", "metadata"),
    ("money", "money"),
    ("stomach", "stomachs"),
    ("virus", "viruses"),
];

fn on_last_word(name: &str, change: impl Fn(&str) -> String) -> String {
    let (lead, word) = name.rsplit_once('_').map_or(("", name), |(lead, word)| (lead, word));
    let changed = match CORRECTED.iter().find(|(singular, plural)| *singular == word || *plural == word) {
        // The library is asked with a regular word, so that one function serves both directions.
        Some((singular, plural)) => if change("table") == "tables" { plural } else { singular }.to_string(),
        None => change(word),
    };
    if lead.is_empty() { changed } else { format!("{lead}_{changed}") }
}

/// The name of the check that holds a column to its enumeration's values.
#[must_use]
pub fn enumeration_check_name(table: &str, column: &str) -> String {
    derived_name(&[table, column, "check"])
}

/// Joins the parts of a name, and shortens it with a hash of the whole where it would be too long.
///
/// The hash never changes: a name that is in a database stays derivable.
#[must_use]
pub fn derived_name(parts: &[&str]) -> String {
    let name = parts.join("_");
    if name.len() <= MAX_IDENTIFIER_BYTES {
        return name;
    }
    let suffix = format!("_{:08x}", name_hash(&name));
    let mut end = MAX_IDENTIFIER_BYTES - suffix.len();
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}{suffix}", &name[..end])
}

/// FNV-1a of a text, whose value never changes.
pub(crate) fn stable_hash(text: &str) -> u64 {
    let mut hasher = fnv::FnvHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// The hash that distinguishes shortened names.
pub(crate) fn name_hash(name: &str) -> u64 {
    stable_hash(name) & 0xffff_ffff
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_english() {
        for (model, table) in [
            ("Person", "people"),
            ("OrderStatus", "order_statuses"),
            ("Address", "addresses"),
            ("Category", "categories"),
            ("Analysis", "analyses"),
            ("Child", "children"),
            ("UserSession", "user_sessions"),
            ("AuditLog", "audit_logs"),
            ("Metadata", "metadata"),
            ("Epoch", "epochs"),
            ("Cache", "caches"),
            ("News", "news"),
            ("Currency", "currencies"),
            ("HTTPRequest", "http_requests"),
        ] {
            assert_eq!(table_name(model), table);
            assert_eq!(singular(table), heck::AsSnakeCase(model).to_string(), "{table}");
        }
    }

    #[test]
    fn long_names_are_cut_with_a_stable_hash() {
        let long = "a".repeat(70);
        let name = derived_name(&["idx", &long, "user_id"]);
        assert_eq!(name.len(), MAX_IDENTIFIER_BYTES);
        assert_eq!(name, derived_name(&["idx", &long, "user_id"]));
        assert_ne!(name, derived_name(&["idx", &long, "order_id"]));
        assert_eq!(derived_name(&["idx", "orders", "user_id"]), "idx_orders_user_id");
        assert!(derived_name(&[&"ä".repeat(60)]).len() <= MAX_IDENTIFIER_BYTES);
    }
}
