//! The conventions, one file for each: what the rule is, why, a bad and a good example, and the check.
//!
//! A rule reads the schema and nothing else. The derive runs those that one table can answer; the scan runs all. Both
//! run the former on the table as its struct states it, before types of the program are resolved, so that both see the
//! same: a rule is silent where it would need to know more, or is a rule of the schema.

pub mod docs;
mod facts;
mod waiver;

mod boolean_prefix;
mod bounded;
mod cascade_soft_delete;
mod check;
mod column_name;
mod constraint_name;
mod default;
mod r#enum;
mod enum_value;
mod foreign_key_declared;
mod foreign_key_index;
mod foreign_key_name;
mod foreign_key_target;
mod foreign_key_width;
mod generated;
mod identifier;
mod index_expression;
mod index_kinds;
mod index_name;
mod index_order;
mod integer_width;
mod jsonb;
mod junction_key;
mod money;
mod normal_form;
mod nullability;
mod on_delete;
mod pii;
mod portable;
mod primary_key;
mod query;
mod query_index;
mod redundant_index;
mod row_condition;
mod secret;
mod service_boundary;
mod soft_delete;
mod standard_columns;
mod table_name;
mod tenant;
mod text;
mod timestamp_suffix;
mod timestamps_default;
mod timestamptz;
mod unique_soft_delete;
mod unknown_column;
mod unused_index;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::schema::{Column, Schema, SqlType, Table};

pub use facts::{Facts, Role, Sql};

/// One convention.
#[derive(Debug)]
pub struct Rule {
    /// Its id: the file's name, the waiver's word, the section of `docs/rules.md`.
    pub id: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
    /// Why it is a rule.
    pub why: &'static str,
    /// A model that breaks it, exactly once, and breaks no other.
    pub bad: &'static str,
    /// The same model, fixed.
    pub good: &'static str,
    /// The lines of `schema.toml` that both examples need; mostly none.
    pub settings: &'static str,
    /// Whether a model may waive it with a reason.
    pub waivable: bool,
    /// How it is checked.
    pub check: RuleCheck,
}

/// How a rule is checked: by what it needs to know.
#[derive(Clone, Copy, Debug)]
pub enum RuleCheck {
    /// One table answers it: the derive runs it too.
    Table(TableCheck),
    /// It needs other tables, or the types that the program defines.
    Schema(SchemaCheck),
    /// One table answers a part of it, the schema the rest.
    Both(TableCheck, SchemaCheck),
}

/// A check of one table.
pub type TableCheck = fn(&Facts<'_>, &Profile, &mut Vec<Diagnostic>);
/// A check of all tables.
pub type SchemaCheck = fn(&Schema, &Profile, &mut Vec<Diagnostic>);

impl RuleCheck {
    fn of_table(self) -> Option<TableCheck> {
        match self {
            Self::Table(check) | Self::Both(check, _) => Some(check),
            Self::Schema(_) => None,
        }
    }

    fn of_schema(self) -> Option<SchemaCheck> {
        match self {
            Self::Schema(check) | Self::Both(_, check) => Some(check),
            Self::Table(_) => None,
        }
    }
}

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &boolean_prefix::RULE,
    &bounded::RULE,
    &cascade_soft_delete::RULE,
    &check::RULE,
    &column_name::RULE,
    &constraint_name::RULE,
    &default::RULE,
    &r#enum::RULE,
    &enum_value::RULE,
    &foreign_key_declared::RULE,
    &foreign_key_index::RULE,
    &foreign_key_name::RULE,
    &foreign_key_target::RULE,
    &foreign_key_width::RULE,
    &generated::RULE,
    &identifier::RULE,
    &index_expression::RULE,
    &index_kinds::RULE,
    &index_name::RULE,
    &index_order::RULE,
    &integer_width::RULE,
    &jsonb::RULE,
    &junction_key::RULE,
    &money::RULE,
    &normal_form::RULE,
    &nullability::RULE,
    &on_delete::RULE,
    &pii::RULE,
    &portable::RULE,
    &primary_key::RULE,
    &query::RULE,
    &query_index::RULE,
    &redundant_index::RULE,
    &row_condition::RULE,
    &secret::RULE,
    &service_boundary::RULE,
    &soft_delete::RULE,
    &standard_columns::RULE,
    &table_name::RULE,
    &tenant::RULE,
    &text::RULE,
    &timestamp_suffix::RULE,
    &timestamps_default::RULE,
    &timestamptz::RULE,
    &unique_soft_delete::RULE,
    &unknown_column::RULE,
    &unused_index::RULE,
];

/// The rule of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// What one table breaks, as far as it can tell alone, less what it waives.
#[must_use]
pub fn table(table: &Table, profile: &Profile) -> Vec<Diagnostic> {
    let found = of_table(table, profile, |_| true);
    waiver::apply(table, found, profile, |rule| matches!(rule.check, RuleCheck::Table(_)))
}

/// Rules that read one column and its own attributes, and nothing else of the table.
const OF_ONE_COLUMN: &[&str] = &[
    "boolean_prefix",
    "column_name",
    "integer_width",
    "jsonb",
    "money",
    "normal_form",
    "pii",
    "secret",
    "text",
    "timestamp_suffix",
    "timestamptz",
];

/// What a table breaks of which a part could not be read, as these errors say: what holds whatever the rest says.
///
/// A rule would speak of what could not be read as if it were not written. So a column with an error is left out, and
/// with it every rule that reads more than one column.
#[must_use]
pub fn beside<P>(table: &Table, profile: &Profile, errors: &[Diagnostic<P>]) -> Vec<Diagnostic> {
    let mut found = self::table(table, profile);
    found.retain(|found| {
        let column = found.path.strip_prefix(table.name.as_str()).is_some_and(|rest| rest.starts_with('.'));
        column && OF_ONE_COLUMN.contains(&found.rule) && errors.iter().all(|error| error.path != found.path)
    });
    found
}

fn of_table(table: &Table, profile: &Profile, wanted: impl Fn(&Rule) -> bool) -> Vec<Diagnostic> {
    let facts = Facts::new(table);
    let mut found = Vec::new();
    for rule in enforced(profile).filter(|rule| wanted(rule)) {
        if let Some(check) = rule.check.of_table() {
            check(&facts, profile, &mut found);
        }
    }
    found
}

/// What the tables break together, less what they waive.
#[must_use]
pub fn schema(schema: &Schema, profile: &Profile) -> Vec<Diagnostic> {
    let mut by_table: BTreeMap<&str, Vec<Diagnostic>> = BTreeMap::new();
    let mut found = Vec::new();
    for rule in enforced(profile) {
        if let Some(check) = rule.check.of_schema() {
            check(schema, profile, &mut found);
        }
    }
    let mut left = Vec::new();
    for diagnostic in found {
        match schema.tables.get_key_value(diagnostic.at.item()) {
            Some((name, _)) => by_table.entry(name).or_default().push(diagnostic),
            None => left.push(diagnostic),
        }
    }
    for table in schema.tables.values() {
        let found = by_table.remove(table.name.as_str()).unwrap_or_default();
        if found.is_empty() && table.waivers.is_empty() {
            continue;
        }
        // A waiver of a rule of both kinds may be used by what the table breaks alone, which was reported before.
        let is_both = |rule: &Rule| matches!(rule.check, RuleCheck::Both(..));
        let waived = |rule: &Rule| is_both(rule) && table.waivers.iter().any(|waiver| waiver.rule == rule.id);
        let before = if RULES.iter().any(|rule| waived(rule)) { of_table(table, profile, waived) } else { Vec::new() };
        let reported = before.len();
        let all = before.into_iter().chain(found).enumerate();
        let applied = waiver::apply_numbered(table, all, profile, |rule| rule.check.of_schema().is_some());
        left.extend(
            applied
                .into_iter()
                .filter(|(number, _)| number.is_none_or(|number| number >= reported))
                .map(|(_, found)| found),
        );
    }
    left
}

/// The rules that the profile does not switch off.
fn enforced(profile: &Profile) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().filter(|rule| !profile.rules_off.contains_key(rule.id))
}

/// The Rust type of a field, in an `Option` where the column is nullable.
fn rust_type(column: &Column, name: &str) -> String {
    let name = if matches!(column.sql_type, SqlType::Array(_)) { format!("Vec<{name}>") } else { name.to_owned() };
    if column.nullable { format!("Option<{name}>") } else { name }
}

/// Words for a message: `` `is_`, `has_` ``.
fn list(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
