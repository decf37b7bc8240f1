//! `#[unique(…)]`: a unique key over several columns.

use super::args::{Args, place_of};
use super::keys::{INCLUDE_DELETED, NAME_OF_CONSTRAINT, NULLS_NOT_DISTINCT, WHERE};
use super::print::derived;
use super::{Attribute, Leading, Position, Printed, Reader, model};
use crate::schema::{Predicate, Table, Unique};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "unique",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "columns", form: "column, column", many: true, call: false }),
    doc: "A unique key over several columns. Its name is `{table}_{columns}_unique`.",
    example: "#[unique(provider, provider_user_id)]",
    keys: &[WHERE, NAME_OF_CONSTRAINT, NULLS_NOT_DISTINCT, INCLUDE_DELETED],
};

/// Reads one. Its name is empty where it is derived.
pub fn read(args: &Args, reader: &mut Reader<'_>) -> Unique {
    Unique {
        name: args.text("name").map(|name| name.value).unwrap_or_default(),
        columns: reader.columns(&args.leading, "user_id, ordered_at", place_of),
        predicate: reader.sql_of(args, "where").map(Predicate::from),
        nulls_not_distinct: args.flag("nulls_not_distinct"),
        generated: false,
    }
}

/// The name that it has unless it states one.
#[must_use]
pub fn derived_name(table: &str, unique: &Unique) -> String {
    derived(&[table], &unique.columns, &["unique"])
}

/// Prints one; `None` where a column has no identifier.
#[must_use]
pub fn print(unique: &Unique, table: &Table) -> Option<Printed> {
    let printed = Printed::new(&GRAMMAR).columns(&unique.columns)?;
    Some(
        model::predicate(printed, unique.predicate.as_ref(), table)
            .name(&unique.name, &derived_name(&table.name, unique))
            .flag("nulls_not_distinct", unique.nulls_not_distinct),
    )
}

/// Whether `#[column(unique)]` says all of it.
#[must_use]
pub fn is_of_column(unique: &Unique, table: &Table) -> bool {
    unique.columns.len() == 1
        && unique.name == derived_name(&table.name, unique)
        && !unique.nulls_not_distinct
        && unique.predicate.as_ref().is_none_or(|it| it.beside(table.soft_delete).is_none())
        && model::is_live(unique.predicate.as_ref(), table)
}

/// One over these columns, for a message.
#[must_use]
pub fn line<S: AsRef<str>>(columns: &[S]) -> String {
    let columns: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    Printed::new(&GRAMMAR).leading(columns.join(", ")).to_string()
}
