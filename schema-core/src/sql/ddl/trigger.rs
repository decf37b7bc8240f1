//! Triggers and their functions.

use std::collections::BTreeMap;

use super::Setting;
use crate::schema::{Object, Schema, Table, Trigger, TriggerEvent};
use crate::sql::ident::{literal, quote, quote_list};
use crate::sql::statement::Statement;
use crate::sql::template::{Fill as _, Name, Sql, Statements, template};

/// The functions of a schema's triggers, each with its body. Several triggers may share one.
#[must_use]
pub fn functions(schema: &Schema) -> BTreeMap<&str, &str> {
    let triggers = schema.tables.values().flat_map(|table| &table.triggers);
    triggers.filter_map(|trigger| Some((trigger.function.as_str(), trigger.body.as_deref()?))).collect()
}

/// `CREATE FUNCTION … RETURNS trigger`.
#[must_use]
pub fn create_function(name: &str, body: &str) -> Statement {
    create_pinned_function(name, body, &[])
}

/// The same, which runs under these settings, whatever those of the session are.
#[must_use]
pub fn create_pinned_function(name: &str, body: &str, settings: &[Setting]) -> Statement {
    function("CREATE FUNCTION", name, body, settings).makes(Object::Function(name.to_owned()))
}

/// `CREATE OR REPLACE FUNCTION … RETURNS trigger`: triggers that call it go on, with the new body.
#[must_use]
pub fn replace_function(name: &str, body: &str) -> Statement {
    replace_pinned_function(name, body, &[])
}

/// The same, which runs under these settings, whatever those of the session are.
#[must_use]
pub fn replace_pinned_function(name: &str, body: &str, settings: &[Setting]) -> Statement {
    function("CREATE OR REPLACE FUNCTION", name, body, settings).changes(Object::Function(name.to_owned()))
}

/// `ENABLE ALWAYS TRIGGER`: it also fires for rows that come by logical replication.
#[must_use]
pub fn always_fires(table: &str, name: &str) -> Statement {
    Statement::from(format!("ALTER TABLE {}\n    ENABLE ALWAYS TRIGGER {};", quote(table), quote(name)))
        .changes(Object::trigger(table, name))
}

/// `ALTER FUNCTION … VOLATILE`, which the function of a trigger is: a session that has run it reads it again, and finds the
/// types that columns have by then. What it has planned for the row with other types fails from then on.
#[must_use]
pub fn read_again(name: &str) -> Statement {
    format!("ALTER FUNCTION {}() VOLATILE;", quote(name)).into()
}

template!(TriggerFunction<'a> from "templates/trigger_function.sql" {
    create: Sql<'a>,
    name: Name<'a>,
    settings: Statements<'a, String>,
    body: Sql<'a>,
});

/// The setting that is `on` while a file fills a column: what a trigger keeps of the program's own writes need not count that.
pub const FILLS: &str = "tablewright.fill";

/// The statement of a block that says so until its transaction ends.
#[must_use]
pub fn says_that_it_fills() -> Statement {
    format!("PERFORM set_config({}, 'on', true);", literal(FILLS)).into()
}

/// What keeps `updated_at` true.
pub const SET_UPDATED_AT: &str = include_str!("templates/set_updated_at.sql");

fn function(words: &str, name: &str, body: &str, settings: &[Setting]) -> Statement {
    let body = body.trim_matches('\n').trim_end();
    let settings: Vec<String> = settings.iter().map(|setting| setting.of_function()).collect();
    TriggerFunction { create: Sql(words), name: Name(name), settings: Statements(&settings), body: Sql(body) }
        .sql()
        .into()
}

/// `DROP FUNCTION`.
#[must_use]
pub fn drop_function(name: &str) -> Statement {
    Statement::from(format!("DROP FUNCTION {}();", quote(name))).drops(Object::Function(name.to_owned()))
}

/// The triggers of a table, as statements. Their functions come first, see [`functions`].
#[must_use]
pub fn create_triggers(table: &Table) -> Vec<Statement> {
    table.triggers.iter().map(|trigger| create_trigger(&table.name, trigger)).collect()
}

/// `CREATE TRIGGER`.
#[must_use]
pub fn create_trigger(table: &str, trigger: &Trigger) -> Statement {
    let timing = trigger.timing;
    let events: Vec<String> = trigger.events.iter().map(event).collect();
    let each = if trigger.for_each_row { "ROW" } else { "STATEMENT" };
    let mut sql = format!(
        "CREATE TRIGGER {}\n    {timing} {} ON {}\n    FOR EACH {each}",
        quote(&trigger.name),
        events.join(" OR "),
        quote(table)
    );
    if let Some(condition) = &trigger.condition {
        sql.push_str(&format!("\n    WHEN ({condition})"));
    }
    sql.push_str(&format!("\n    EXECUTE FUNCTION {}();", quote(&trigger.function)));
    Statement::from(sql).makes(Object::trigger(table, &trigger.name))
}

fn event(event: &TriggerEvent) -> String {
    match event {
        TriggerEvent::Insert => "INSERT".to_owned(),
        TriggerEvent::Update(columns) if columns.is_empty() => "UPDATE".to_owned(),
        TriggerEvent::Update(columns) => format!("UPDATE OF {}", quote_list(columns)),
        TriggerEvent::Delete => "DELETE".to_owned(),
        TriggerEvent::Truncate => "TRUNCATE".to_owned(),
    }
}

/// `DROP TRIGGER`.
#[must_use]
pub fn drop_trigger(table: &str, name: &str) -> Statement {
    Statement::from(format!("DROP TRIGGER {} ON {};", quote(name), quote(table))).drops(Object::trigger(table, name))
}

/// `ALTER TRIGGER … RENAME TO …`, where [`Dialect::rename_triggers`](crate::dialect::Dialect::rename_triggers) says that there is
/// one.
#[must_use]
pub fn rename_trigger(table: &str, from: &str, to: &str) -> Statement {
    Statement::from(format!("ALTER TRIGGER {} ON {}\n    RENAME TO {};", quote(from), quote(table), quote(to)))
        .renames(Object::trigger(table, from), Object::trigger(table, to))
}
