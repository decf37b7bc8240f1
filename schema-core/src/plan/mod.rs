//! New schema to ordered statements. This version plans the first migration: everything is created, nothing exists.

mod extensions;
mod order;
mod recorded;
mod step;
#[cfg(test)]
mod tests;

pub use extensions::extensions;
pub use recorded::{recorded, recorded_table, recorded_with_hints};
pub use step::{Allowed, Phase, Plan, Run, Script, Step};

use crate::diagnostic::{Diagnostic, Place};
use crate::dialect::Target;
use crate::schema::{Profile, Schema, Table};
use crate::sql::ddl;

/// The statements that create a schema, and those that take it away again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Creation {
    /// In the order in which they run.
    pub up: Vec<Group>,
    /// In the order in which they run.
    pub down: Vec<Group>,
}

/// Statements that belong together: a table with its indexes and comments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are about: a table's name, or `extensions`, `types`, `references`.
    pub subject: String,
    /// Each ends with `;`.
    pub statements: Vec<String>,
}

impl Group {
    fn new(subject: &str, statements: Vec<String>) -> Self {
        Self { subject: subject.to_owned(), statements }
    }
}

/// The files that lead from one schema to another.
///
/// The errors say what has no safe form, and the words that acknowledge it.
pub fn plan(old: &Schema, new: &Schema, profile: &Profile, allowed: &Allowed) -> Result<Plan, Vec<Diagnostic>> {
    let _ = (old, allowed);
    let creation = create_all(new, profile)?;
    let groups = |groups: Vec<Group>| groups.into_iter().map(|group| group.statements).collect();
    let script = |what: &str, locks: &str, loses, list: Vec<Group>| Script {
        what: what.to_owned(),
        locks: locks.to_owned(),
        takes: "an instant".to_owned(),
        loses,
        run: Run::Transaction,
        long: false,
        groups: groups(list),
    };
    let tables: Vec<&str> = new.tables.keys().map(String::as_str).collect();
    let tables = tables.join(", ");
    Ok(Plan {
        steps: vec![Step {
            name: String::new(),
            phase: Phase::Expand,
            why: "nothing of this exists yet".to_owned(),
            acknowledged: Vec::new(),
            up: script(&format!("creates the tables {tables}"), "none that anyone waits for", None, creation.up),
            down: script(
                &format!("drops the tables {tables}"),
                "ACCESS EXCLUSIVE on each of the tables",
                Some("every row of these tables is lost".to_owned()),
                creation.down,
            ),
        }],
    })
}

/// Why the tables of a schema cannot be created: references that form a cycle, columns without a type.
#[must_use]
pub fn problems(schema: &Schema) -> Vec<Diagnostic> {
    let mut problems = order::by_reference(schema).err().unwrap_or_default();
    problems.extend(schema.tables.values().flat_map(unresolved));
    problems
}

/// The statements that create every table of a schema where none of it exists.
///
/// Tables come in the order of their references, by name where that leaves a choice. References marked `cycle` are
/// added when all tables are there; a cycle without the mark is an error. Extensions stay when the rest is taken away,
/// since they may have been there before.
pub fn create_all(schema: &Schema, profile: &Profile) -> Result<Creation, Vec<Diagnostic>> {
    let dialect = Target::common(&profile.targets);
    let order = order::by_reference(schema)?;
    let mut problems = Vec::new();
    let mut groups = Vec::new();

    groups.push(Group::new(
        "extensions",
        schema.extensions.iter().map(|extension| ddl::create_extension(extension)).collect(),
    ));
    groups.push(Group::new("types", schema.enumerations.values().filter_map(ddl::create_enumeration).collect()));
    let functions = ddl::functions(schema);
    groups
        .push(Group::new("functions", functions.iter().map(|(name, body)| ddl::create_function(name, body)).collect()));
    for table in &order {
        let sql = ddl::create_table(table, dialect);
        let Some(create) = sql.as_text() else {
            problems.extend(unresolved(table));
            continue;
        };
        let mut statements = vec![create.to_owned()];
        statements.extend(ddl::create_partitions(table));
        statements.extend(ddl::create_indexes(table, dialect));
        statements.extend(ddl::create_triggers(table));
        statements.extend(ddl::create_policies(table));
        statements.extend(ddl::comments(table));
        groups.push(Group::new(&table.name, statements));
    }
    groups.push(Group::new("references", order.iter().flat_map(|table| ddl::add_foreign_keys(table)).collect()));
    if !problems.is_empty() {
        return Err(problems);
    }

    let mut down = vec![
        Group::new("references", order.iter().rev().flat_map(|table| ddl::drop_cycle_foreign_keys(table)).collect()),
        Group::new("tables", order.iter().rev().map(|table| ddl::drop_table(&table.name)).collect()),
        Group::new("functions", functions.keys().rev().map(|name| ddl::drop_function(name)).collect()),
        Group::new("types", schema.enumerations.values().rev().filter_map(ddl::drop_enumeration).collect()),
    ];
    for groups in [&mut groups, &mut down] {
        groups.retain(|group| !group.statements.is_empty());
    }
    Ok(Creation { up: groups, down })
}

/// The columns whose type the scan did not find.
fn unresolved(table: &Table) -> Vec<Diagnostic> {
    table
        .columns
        .iter()
        .filter_map(|column| {
            let name = column.sql_type.unresolved()?;
            let place = Place::column(&table.name, &column.name).part("type");
            Some(
                Diagnostic::new("column_type", place, format!("`{name}` has no SQL type"))
                    .help("#[column(type = \"…\")]"),
            )
        })
        .collect()
}
