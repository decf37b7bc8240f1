//! `#[check(…)]`: a condition that each row meets.

use super::args::Args;
use super::keys::NAME_OF_CONSTRAINT;
use super::print::{derived, string};
use super::read::leading_text;
use super::{Attribute, Leading, Position, Printed, Reader};
use crate::expression::Fragment;
use crate::schema::{Check, Table};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "check",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "the condition", form: "\"SQL\"", many: false, call: false }),
    doc: "A check constraint over the row. Its name is `{table}_{columns}_check`.",
    example: "#[check(\"ends_at > starts_at\")]",
    keys: &[NAME_OF_CONSTRAINT],
};

/// Reads one. Its name is empty where it is derived.
pub fn read(args: &Args, reader: &mut Reader<'_>) -> Option<Check> {
    let Some(text) = leading_text(args) else {
        reader.wrong(args.span, "`#[check(…)]` takes the condition as SQL text", line("ends_at > starts_at"));
        return None;
    };
    let expression = reader.sql_text(&text.value(), text.span())?;
    Some(Check { name: args.text("name").map(|name| name.value).unwrap_or_default(), expression })
}

/// The columns that a condition names.
#[must_use]
pub fn columns(expression: &str) -> Vec<String> {
    Fragment::parse(expression).map(|fragment| fragment.column_names()).unwrap_or_default()
}

/// `{table}_{columns}_check`, by the columns that the condition names; by the column that states it where it names none.
#[must_use]
pub fn derived_name(table: &str, expression: &str, column: Option<&str>) -> String {
    let named = columns(expression);
    match column {
        Some(column) if named.is_empty() => derived(&[table], &[column], &["check"]),
        _ => derived(&[table], &named, &["check"]),
    }
}

/// Prints one.
#[must_use]
pub fn print(check: &Check, table: &Table) -> Printed {
    Printed::new(&GRAMMAR)
        .leading(string(&check.expression))
        .name(&check.name, &derived_name(&table.name, &check.expression, None))
}

/// The column whose `#[column(check = "…")]` says all of it.
#[must_use]
pub fn of_column(check: &Check, table: &Table) -> Option<String> {
    let [column] = &columns(&check.expression)[..] else { return None };
    let derived = derived_name(&table.name, &check.expression, None);
    (check.name == derived && table.column(column).is_some()).then(|| column.clone())
}

/// One of this condition, for a message.
#[must_use]
pub fn line(expression: &str) -> String {
    Printed::new(&GRAMMAR).leading(string(expression)).to_string()
}
