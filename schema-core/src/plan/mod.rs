//! Two schemas to ordered statements: which steps lead from one to the other, in which phase, and the way back of each.
//!
//! `change/` has a file for each kind of change, `planner.rs` puts the steps of all of them in order.

#[cfg(feature = "lock")]
mod backfill;
#[cfg(feature = "lock")]
mod change;
mod cycles;
#[cfg(feature = "lock")]
mod graph;
#[cfg(feature = "lock")]
mod locks;
#[cfg(feature = "lock")]
mod look;
#[cfg(feature = "lock")]
mod needs;
mod order;
mod phase;
#[cfg(feature = "lock")]
mod planner;
#[cfg(feature = "lock")]
mod row_security;
#[cfg(feature = "lock")]
mod step;
#[cfg(test)]
pub(crate) mod tests;

#[cfg(feature = "lock")]
pub(crate) use backfill::GOES_ON;
pub use cycles::mark_cycles;
#[cfg(feature = "lock")]
pub(crate) use locks::WITH_PARTITIONS;
#[cfg(feature = "lock")]
pub use locks::{LockMode, Locked, Locks, NotALockMode, Remark, TableLock};
#[cfg(feature = "lock")]
pub use look::Look;
#[cfg(feature = "lock")]
pub(crate) use needs::Needs;
pub use phase::{NotAPhase, Phase};
#[cfg(feature = "lock")]
pub use row_security::{cures, lifted};
#[cfg(feature = "lock")]
pub use step::{Allowed, Command, OFFLINE_RENAME, Plan, Policies, Run, Script, Start, Step, blocks};

use std::collections::BTreeMap;

use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::dialect::Target;
#[cfg(feature = "lock")]
use crate::diff::Pair;
use crate::place::Place;
use crate::schema::{Schema, Table};
use crate::sql::Statement;
use crate::sql::ddl::{self, NewTable};
#[cfg(feature = "lock")]
use {
    change::{renamed, taken},
    planner::{Planner, Rank},
};

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
    pub statements: Vec<Statement>,
}

impl Group {
    fn new(subject: &str, statements: Vec<Statement>) -> Self {
        Self { subject: subject.to_owned(), statements }
    }

    /// The statements, each on lines of its own.
    #[must_use]
    pub fn text(&self) -> String {
        self.statements.iter().map(Statement::as_str).collect::<Vec<_>>().join("\n")
    }
}

/// The files that lead from one schema to another, in the order in which they run. Nothing where they are the same.
///
/// The errors say what has no safe form or would lose rows, and the words that acknowledge it.
#[cfg(feature = "lock")]
pub fn plan(old: &Schema, new: &Schema, profile: &Profile, allowed: &Allowed) -> Result<Plan, Vec<Diagnostic>> {
    let problems = problems(new);
    if !problems.is_empty() {
        return Err(problems);
    }
    let dialect = Target::common(&profile.targets);
    let at_once = dialect.transactional_ddl && Needs::of(new).tables_come_together();
    if *old == Schema::default() && !new.tables.is_empty() && at_once {
        return first(new, profile);
    }
    let pair = Pair::new(old, new);
    if allowed.offline_rename {
        let taken = taken(&pair.old, &pair.changes());
        if !taken.is_empty() {
            return Err(taken);
        }
    }
    let at_once = allowed.offline_rename.then(|| renamed(&pair.old, &pair.changes()));
    let pair = match &at_once {
        Some(offline) => Pair { old: offline.schema.clone(), new: pair.new },
        None => pair,
    };
    let mut planner = Planner::new(&pair, dialect, allowed);
    if let Some(offline) = at_once {
        offline.step(&mut planner);
    }
    planner.changes(&pair.changes());
    planner.finish()
}

/// Everything is new, so everything comes in one file.
#[cfg(feature = "lock")]
fn first(new: &Schema, profile: &Profile) -> Result<Plan, Vec<Diagnostic>> {
    let creation = create_all(new, profile)?;
    let groups = |groups: Vec<Group>| groups.into_iter().map(|group| group.statements).collect();
    let tables: Vec<&str> = new.tables.keys().map(String::as_str).collect();
    let tables = match tables.as_slice() {
        [] => return Ok(Plan::default()),
        [one] => format!("the table {one}"),
        [first @ .., last] => format!("the tables {} and {last}", first.join(", ")),
    };
    let up = Script::quick(format!("creates {tables}"), Locks::new_tables(), Vec::new());
    let up = new
        .tables
        .values()
        .filter(|table| !table.policies.is_empty())
        .fold(up, |up, table| up.policies(&table.name, Policies::Forced));
    let locks = Locks::of(vec![TableLock { mode: LockMode::AccessExclusive, table: Locked::EachTable }]);
    let mut down = Script::quick(format!("drops {tables}"), locks, Vec::new()).loses("every row of these tables");
    if !new.extensions.is_empty() {
        let stay: Vec<&str> = new.extensions.iter().map(String::as_str).collect();
        down.what.push_str(&format!("; {} stays, since it may have been there before", stay.join(", ")));
    }
    let (pair, allowed) = (Pair::new(&Schema::default(), new), Allowed::default());
    let mut planner = Planner::new(&pair, Target::common(&profile.targets), &allowed);
    planner.step(
        (Phase::Expand, Rank::Tables),
        "create",
        "the first migration; nothing of this exists yet",
        Script { groups: groups(creation.up), ..up },
        Script { groups: groups(creation.down), ..down },
    );
    planner.customs(&[]);
    planner.finish()
}

/// Why the tables of a schema cannot be created: references that form a cycle, columns without a type.
#[must_use]
pub fn problems(schema: &Schema) -> Vec<Diagnostic> {
    let mut problems = order::by_reference(schema).err().unwrap_or_default();
    problems.extend(schema.tables.values().flat_map(unresolved));
    problems.extend(two_bodies(schema));
    problems
}

/// Triggers that share a function, and say different things of what it does.
fn two_bodies(schema: &Schema) -> Vec<Diagnostic> {
    let mut first: BTreeMap<&str, (&Table, usize, &str)> = BTreeMap::new();
    let mut found = Vec::new();
    for table in schema.tables.values() {
        for (number, trigger) in table.triggers.iter().enumerate() {
            let Some(body) = trigger.body.as_deref() else { continue };
            let (other, others, earlier) = *first.entry(&trigger.function).or_insert((table, number, body));
            if earlier != body {
                let message = format!("the function `{}` has another body on `{}`", trigger.function, other.name);
                found.push(
                    Diagnostic::new(crate::ids::TRIGGER, Place::of_trigger(table, number), message)
                        .help("give one of the functions another name: function = \"…\"")
                        .second(Place::of_trigger(other, others), "the other body"),
                );
            }
        }
    }
    found
}

/// The statements that create every table of a schema where none of it exists.
///
/// Tables come in the order of their references, by name where that leaves a choice. References marked `cycle` are
/// added when all tables exist; a cycle without the mark is an error. Extensions stay when the rest is dropped,
/// since they may have been there before.
pub fn create_all(schema: &Schema, profile: &Profile) -> Result<Creation, Vec<Diagnostic>> {
    let dialect = Target::common(&profile.targets);
    let order = order::by_reference(schema)?;
    let mut problems = two_bodies(schema);
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
        let Some(statements) = NewTable::new(table, dialect).statements() else {
            problems.extend(unresolved(table));
            continue;
        };
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
            let place = Place::of_type(table, &column.name);
            Some(
                Diagnostic::new(crate::ids::COLUMN_TYPE, place, format!("`{name}` has no SQL type"))
                    .help(crate::attribute::column::text("type", "…")),
            )
        })
        .collect()
}
