//! What a model states that no migration does, as the derive reports it: the model's own table against `schema.lock`.
//!
//! The derive is built by every user and runs for every model, so nothing here needs serde: the lock is a file that this
//! program wrote, its lines say where each table is, and only the model's own table is read.

mod index;
mod json;
mod record;
#[cfg(test)]
mod tests;

pub use index::Index;

use crate::diagnostic::Diagnostic;
use crate::diff::{Change, Clause, Pair, TableChange};
use crate::place::Place;
use crate::schema::recorded_table;
use crate::schema::{Enumeration, Schema, Table, Unique};
use crate::sql::ddl;
use record::Record as _;

pub use crate::ids::DRIFT;

/// What no migration does of a model's table. Comments are left to `cargo schema check`: a sentence of documentation
/// shall not stop a build.
#[must_use]
pub fn table(lock: &Index, table: &Table) -> Vec<Diagnostic> {
    let name = table.renamed_from.iter().chain([&table.name]).find(|name| lock.has_table(name));
    let Some(recorded) = name.and_then(|name| lock.table(name)) else {
        let message = format!("the table is new, and no migration{} creates it", up_to(lock));
        return vec![Diagnostic::new(DRIFT, Place::table(&table.name), message).help(command(lock))];
    };
    let Some(recorded) = json::parse(recorded).and_then(|json| Table::read(&json)) else { return Vec::new() };
    let mut own = recorded_table(table);
    settle(&mut own, &recorded);
    own.uniques.extend(recorded_key(table, &recorded));
    if own == recorded {
        return Vec::new();
    }
    let pair = Pair::new(&schema(recorded), &schema(own));
    let mut found = Vec::new();
    for change in pair.changes() {
        let silent = matches!(
            change,
            Change::Table {
                change: TableChange::Comment | TableChange::ColumnClause { clause: Clause::Comment, .. },
                ..
            }
        );
        if !silent {
            let difference = change.difference();
            let place = difference.place.clone().unwrap_or_else(|| Place::table(&table.name));
            let message = format!("{}, and no migration{} does that", difference.brief(), up_to(lock));
            found.push(Diagnostic::new(DRIFT, place, message).help(command(lock)));
        }
    }
    found
}

/// The key that the migrations give a table because others reference it within the tenant.
#[must_use]
pub fn tenant_key(lock: &Index, table: &Table) -> Option<Unique> {
    let recorded = lock.table(&table.name).filter(|_| table.tenant.is_some())?;
    recorded_key(table, &json::parse(recorded).and_then(|json| Table::read(&json))?)
}

fn recorded_key(table: &Table, recorded: &Table) -> Option<Unique> {
    let key = table.tenant_key().map(|key| Unique { generated: false, ..key })?;
    recorded.uniques.contains(&key).then_some(key)
}

/// The values of an enumeration that no migration knows, by position, and those that are gone. Nothing where the lock
/// does not know the enumeration: then its column is what is new.
#[must_use]
pub fn enumeration(lock: &Index, enumeration: &Enumeration) -> Vec<(Option<usize>, String)> {
    let recorded = lock.enumeration(&enumeration.name).and_then(json::parse);
    let Some(recorded) = recorded.and_then(|json| Enumeration::read(&json)) else { return Vec::new() };
    let values = |enumeration: &Enumeration| enumeration.values.iter().map(|it| it.value.clone()).collect::<Vec<_>>();
    let (was, is) = (values(&recorded), values(enumeration));
    let mut found = Vec::new();
    for (index, value) in is.iter().enumerate().filter(|(_, value)| !was.contains(value)) {
        found.push((Some(index), format!("the value '{value}' is new, and no migration{} adds it", up_to(lock))));
    }
    for value in was.iter().filter(|value| !is.contains(value)) {
        found.push((None, format!("the value '{value}' is gone, and no migration{} takes it away", up_to(lock))));
    }
    found
}

/// The command that writes what is missing.
#[must_use]
pub fn command(lock: &Index) -> String {
    match lock.head() {
        Some(head) => format!("cargo schema migrate    rewrites {head}, which is not sealed"),
        None => "cargo schema migrate NAME".to_owned(),
    }
}

fn up_to(lock: &Index) -> String {
    lock.last().map(|last| format!(" up to {last}")).unwrap_or_default()
}

fn schema(table: Table) -> Schema {
    Schema { tables: [(table.name.clone(), table)].into(), ..Schema::default() }
}

/// Takes from the lock what one struct alone cannot resolve: the types of its own Rust types, and the checks that hold such
/// columns to their values.
fn settle(own: &mut Table, recorded: &Table) {
    let mut checks = Vec::new();
    for column in own.columns.iter_mut().filter(|column| column.sql_type.unresolved().is_some()) {
        let before = column.renamed_from.as_deref().filter(|name| recorded.column(name).is_some());
        let name =
            if recorded.column(&column.name).is_some() { column.name.as_str() } else { before.unwrap_or_default() };
        let Some(known) = recorded.column(name) else { continue };
        column.sql_type = known.sql_type.clone();
        column.enumeration.clone_from(&known.enumeration);
        let check = ddl::enumeration_check_name(&recorded.name, name);
        if known.enumeration.is_some()
            && let Some(check) = recorded.checks.iter().find(|found| found.name == check)
            && !own.checks.iter().any(|found| found.name == check.name)
        {
            checks.push(check.clone());
        }
    }
    own.checks.append(&mut checks);
    ddl::scope_by_tenant(own);
}
