//! The conventions, one file for each: what the rule is, why, a bad and a good example, and the check.
//!
//! A rule reads the schema and nothing else. The derive runs those that one table can answer; the scan runs all.

mod column_name;
mod foreign_key_target;
mod index_name;
mod on_delete;
mod primary_key;
mod soft_delete;
mod standard_columns;
mod table_name;
mod timestamptz;
mod unknown_column;
mod waiver;

#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Place};
use crate::schema::{ForeignKey, Profile, Schema, Table};

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
    /// The same model, mended.
    pub good: &'static str,
    /// Whether a model may waive it with a reason.
    pub waivable: bool,
    /// How it is checked.
    pub check: Check,
}

/// How a rule is checked: by what it needs to know.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// One table answers it: the derive runs it too.
    Table(fn(&Table, &Profile, &mut Vec<Diagnostic>)),
    /// It needs other tables.
    Schema(fn(&Schema, &Profile, &mut Vec<Diagnostic>)),
}

/// Every rule, by id.
pub static RULES: &[&Rule] = &[
    &column_name::RULE,
    &foreign_key_target::RULE,
    &index_name::RULE,
    &on_delete::RULE,
    &primary_key::RULE,
    &soft_delete::RULE,
    &standard_columns::RULE,
    &table_name::RULE,
    &timestamptz::RULE,
    &unknown_column::RULE,
];

/// The rule of that id.
#[must_use]
pub fn find(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id).copied()
}

/// What one table breaks, as far as it can tell alone, less what it waives.
#[must_use]
pub fn table(table: &Table, profile: &Profile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Table(check) = rule.check {
            check(table, profile, &mut found);
        }
    }
    waiver::apply(table, found, |rule| matches!(rule.check, Check::Table(_)))
}

/// What the tables break together, less what they waive.
#[must_use]
pub fn schema(schema: &Schema, profile: &Profile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        if let Check::Schema(check) = rule.check {
            check(schema, profile, &mut found);
        }
    }
    let mut left = Vec::new();
    for table in schema.tables.values() {
        let (of_table, others) =
            found.into_iter().partition(|diagnostic| diagnostic.path.split('.').next() == Some(table.name.as_str()));
        found = others;
        left.extend(waiver::apply(table, of_table, |rule| matches!(rule.check, Check::Schema(_))));
    }
    left.extend(found);
    left
}

/// Where a foreign key stands: at the field where it is of one column, at its own attribute otherwise.
fn place_of_foreign_key(table: &Table, index: usize) -> Place {
    let foreign_key = &table.foreign_keys[index];
    let composite = table.foreign_keys[..index].iter().filter(|key| key.columns.len() > 1).count();
    match foreign_key.columns.as_slice() {
        [column] => Place::column(&table.name, column).part("references"),
        _ => Place::table(&table.name).nth("foreign_key", composite),
    }
}

/// The attribute of a foreign key with that action, as a user types it.
fn foreign_key_line(foreign_key: &ForeignKey, on_delete: &str) -> String {
    let model = foreign_key.model.as_deref().unwrap_or(&foreign_key.table);
    match foreign_key.columns.as_slice() {
        [_] => format!("#[references({model}, on_delete = {on_delete})]"),
        columns => format!(
            "#[foreign_key({}, references = {model}({}), on_delete = {on_delete})]",
            columns.join(", "),
            foreign_key.target_columns.join(", ")
        ),
    }
}
