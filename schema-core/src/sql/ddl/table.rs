//! `CREATE TABLE`.

use std::collections::BTreeMap;

use super::{
    alter, check_body, column_definition, enumeration_check_name, exclusion_body, foreign_key_body, is_constraint,
    partition_by, primary_key_body, unique_body,
};
use crate::dialect::Dialect;
use crate::schema::{Column, Object, SqlType, Table};
use crate::sql::ident::quote;
use crate::sql::statement::Statement;
use crate::sql::text::{Hole, SqlText};

/// `CREATE TABLE`, with the constraints that need no second table to exist first.
#[must_use]
pub fn create_table(table: &Table, dialect: &Dialect) -> SqlText {
    let mut sql = SqlText::default();
    let unlogged = if table.unlogged { "UNLOGGED " } else { "" };
    sql.push(&format!("CREATE {unlogged}TABLE {} (", quote(&table.name)));
    let mut separator = "\n    ";
    for column in &table.columns {
        sql.push(separator);
        separator = ",\n    ";
        sql.append(&column_definition(column, table, dialect));
    }
    let mut constraint = |name: &str, body: &str| {
        sql.push(separator);
        separator = ",\n    ";
        sql.push(&super::constraint::named(name, body));
    };
    if table.primary_key.columns.len() > 1 {
        constraint(&table.primary_key.name, &primary_key_body(&table.primary_key.columns));
    }
    for foreign_key in table.foreign_keys.iter().filter(|foreign_key| !foreign_key.cycle) {
        constraint(&foreign_key.name, &foreign_key_body(foreign_key));
    }
    for unique in table.uniques.iter().filter(|unique| is_constraint(unique, dialect)) {
        constraint(&unique.name, &unique_body(unique));
    }
    for column in table.columns.iter().filter(|column| matches!(column.sql_type, SqlType::Rust(_))) {
        enumeration_check(&mut sql, table, column);
    }
    let mut constraint = |name: &str, body: &str| {
        sql.push(separator);
        sql.push(&super::constraint::named(name, body));
    };
    for check in &table.checks {
        constraint(&check.name, &check_body(&check.expression));
    }
    for exclusion in &table.exclusions {
        constraint(&exclusion.name, &exclusion_body(table, exclusion));
    }
    sql.push("\n)");
    if let Some(partitioning) = &table.partitioning {
        sql.push(" ");
        sql.push(&partition_by(partitioning));
    }
    if !table.storage.is_empty() {
        sql.push(&format!("\nWITH ({})", parameters(table.storage.iter())));
    }
    sql.push(";");
    sql
}

/// The same CHECK where only the compiler knows whether the type is an enumeration.
fn enumeration_check(sql: &mut SqlText, table: &Table, column: &Column) {
    let name = enumeration_check_name(&table.name, &column.name);
    let column = column.name.clone();
    let before = format!(",\n    CONSTRAINT {} CHECK ({} IN (", quote(&name), quote(&column));
    sql.hole(Hole::IfValues { column: column.clone(), text: before });
    sql.hole(Hole::Values { column: column.clone() });
    sql.hole(Hole::IfValues { column, text: "))".to_owned() });
}

/// `DROP TABLE`.
#[must_use]
pub fn drop_table(table: &str) -> Statement {
    Statement::from(format!("DROP TABLE {};", quote(table))).drops(Object::table(table))
}

fn parameters<'a>(parameters: impl Iterator<Item = (&'a String, &'a String)>) -> String {
    parameters.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}

/// `ALTER TABLE … SET UNLOGGED` or `SET LOGGED`, which writes every row.
#[must_use]
pub fn set_logged(table: &str, unlogged: bool) -> Statement {
    alter(table, if unlogged { "SET UNLOGGED" } else { "SET LOGGED" }).changes(Object::table(table))
}

/// `ALTER … SET (…)` and `RESET (…)`: what leads from the storage parameters of a `TABLE` or `INDEX` to others.
#[must_use]
pub fn set_storage(
    kind: &str,
    name: &str,
    old: &BTreeMap<String, String>,
    new: &BTreeMap<String, String>,
) -> Vec<Statement> {
    let alter = |clause: &str, list: &str| {
        (!list.is_empty()).then(|| format!("ALTER {kind} {}\n    {clause} ({list});", quote(name)).into())
    };
    let set = parameters(new.iter().filter(|(name, value)| old.get(*name) != Some(value)));
    let reset: Vec<&str> = old.keys().filter(|name| !new.contains_key(*name)).map(String::as_str).collect();
    let reset = reset.join(", ");
    alter("SET", &set).into_iter().chain(alter("RESET", &reset)).collect()
}

/// `ALTER TABLE … RENAME TO …`. Its indexes and constraints keep their names.
#[must_use]
pub fn rename_table(from: &str, to: &str) -> Statement {
    alter(from, &format!("RENAME TO {}", quote(to))).renames(Object::table(from), Object::table(to))
}
