//! The baseline as SQL: the tables of the models, and around them what models cannot state, in an order that runs.

use std::collections::BTreeSet;

use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::dialect::Target;
use tablewright_core::plan::{self, Group};
use tablewright_core::schema::Schema;
use tablewright_core::sql::{literal, quote};

use crate::introspect::{Introspection, Kind, Unheld, made_name};

/// Something that models cannot state, as statements.
struct Extra {
    name: String,
    up: String,
    /// Nothing where it is dropped with its table.
    down: Option<String>,
    /// Whether tables may need it, and it needs none.
    first: bool,
}

/// The statements that make everything that was found and can be spelled, and those that take it away.
///
/// # Errors
/// Tables whose references form a cycle that no model marks.
pub fn script(found: &Introspection, models: &Schema, profile: &Profile) -> Result<(String, String), Vec<Diagnostic>> {
    let creation = plan::create_all(models, profile)?;
    let tables: BTreeSet<&str> = models.tables.keys().map(String::as_str).collect();
    let extras: Vec<Extra> = found.unheld.iter().filter_map(|unheld| extra(unheld, &tables, found)).collect();
    let (first, last): (Vec<Extra>, Vec<Extra>) = extras.into_iter().partition(|extra| extra.first);
    let (first, last) = (ordered(first), ordered(last));
    let types = creation.up.iter().take_while(|group| matches!(group.subject.as_str(), "extensions" | "types")).count();

    let mut up = Vec::new();
    if Target::common(&profile.targets).lock_timeout {
        // As every file that is written by the planner begins.
        let (lock, statement) = (literal(&profile.timeouts.lock), literal(&profile.timeouts.statement));
        up.push(format!("SET LOCAL lock_timeout = {lock};\nSET LOCAL statement_timeout = {statement};"));
    }
    up.push("SET LOCAL check_function_bodies = off;".to_owned());
    let more = found.schema.extensions.difference(&models.extensions);
    up.extend(more.map(|name| tablewright_core::sql::ddl::create_extension(name).into()));
    up.extend(creation.up[..types].iter().map(Group::text));
    up.extend(first.iter().map(|extra| extra.up.clone()));
    up.extend(creation.up[types..].iter().map(Group::text));
    up.extend(last.iter().map(|extra| extra.up.clone()));

    let mut down: Vec<String> = last.iter().rev().filter_map(|extra| extra.down.clone()).collect();
    let kept = |subject: &str| subject == "types";
    down.extend(creation.down.iter().filter(|group| !kept(&group.subject)).map(Group::text));
    down.extend(first.iter().rev().filter_map(|extra| extra.down.clone()));
    down.extend(creation.down.iter().filter(|group| kept(&group.subject)).map(Group::text));
    Ok((up.join("\n\n") + "\n", down.join("\n\n") + "\n"))
}

fn statement(text: &str) -> String {
    format!("{};", text.trim().trim_end_matches(';').trim_end())
}

fn extra(unheld: &Unheld, tables: &BTreeSet<&str>, found: &Introspection) -> Option<Extra> {
    let Unheld { kind, name, what } = unheld;
    let make = |up: String, down: Option<String>, first: bool| {
        Some(Extra { name: name.clone(), up: statement(&up), down, first })
    };
    let own = quote(name);
    match kind {
        Kind::Function | Kind::Procedure => {
            let word = if *kind == Kind::Function { "FUNCTION" } else { "PROCEDURE" };
            // What comes before the body says which types it needs; a body that is parsed at once needs its tables.
            let signature = what.split(" AS $").next().unwrap_or(what);
            let views = found.unheld.iter().filter(|it| matches!(it.kind, Kind::View | Kind::MaterializedView));
            let needs = words(signature).iter().any(|word| tables.contains(word))
                || views.map(|view| view.name.as_str()).any(|view| words(signature).contains(view));
            make(what.replacen("CREATE OR REPLACE ", "CREATE ", 1), Some(format!("DROP {word} {name};")), !needs)
        }
        Kind::Domain => make(format!("CREATE DOMAIN {own} AS {what}"), Some(format!("DROP DOMAIN {own};")), true),
        Kind::CompositeType => make(format!("CREATE TYPE {own} AS ({what})"), Some(format!("DROP TYPE {own};")), true),
        Kind::Sequence if what.starts_with("AS ") && !name.contains('.') => {
            make(format!("CREATE SEQUENCE {own} {what}"), Some(format!("DROP SEQUENCE {own};")), true)
        }
        Kind::Sequence => {
            let (table, column) = name.split_once('.').filter(|(table, _)| tables.contains(table))?;
            let sequence = quote(&made_name(table, Some(column), "seq"));
            if what.starts_with("is not ") || what.starts_with("belongs to ") {
                return None;
            }
            let change = match what.strip_prefix("is called ") {
                Some(called) => format!("RENAME TO {}", quote(called)),
                None => what.replacen("START ", "START WITH ", 1).replacen("INCREMENT ", "INCREMENT BY ", 1),
            };
            make(format!("ALTER SEQUENCE {sequence} {change}"), None, false)
        }
        Kind::View | Kind::MaterializedView if what.starts_with("WITH (") => {
            let word = if *kind == Kind::View { "VIEW" } else { "MATERIALIZED VIEW" };
            let up = statement(&format!("ALTER {word} {own} {}", what.replacen("WITH", "SET", 1)));
            // A name of its own, so that it waits for the view.
            Some(Extra { name: format!("{name} {what}"), up, down: None, first: false })
        }
        Kind::View => make(format!("CREATE VIEW {own} AS\n{what}"), Some(format!("DROP VIEW {own};")), false),
        Kind::MaterializedView => {
            let down = format!("DROP MATERIALIZED VIEW {own};");
            make(format!("CREATE MATERIALIZED VIEW {own} AS\n{what}"), Some(down), false)
        }
        Kind::Index | Kind::Statistics | Kind::Rule if what.starts_with("CREATE ") => make(what.clone(), None, false),
        _ => of_table(unheld, tables).map(|up| Extra {
            name: name.clone(),
            up: statement(&up),
            down: None,
            first: false,
        }),
    }
}

/// What changes a table that the baseline made: it is dropped with the table.
fn of_table(unheld: &Unheld, tables: &BTreeSet<&str>) -> Option<String> {
    let Unheld { kind, name, what } = unheld;
    match kind {
        Kind::Trigger => {
            let (_, table) = name.rsplit_once(" of ").filter(|(_, table)| tables.contains(table))?;
            let trigger = quote(name.rsplit_once(" of ")?.0);
            let (text, state) = match what.rsplit_once(" (") {
                Some((text, "disabled)")) => (text, Some("DISABLE TRIGGER")),
                Some((text, "ENABLE REPLICA)")) => (text, Some("ENABLE REPLICA TRIGGER")),
                Some((text, "ENABLE ALWAYS)")) => (text, Some("ENABLE ALWAYS TRIGGER")),
                _ => (what.as_str(), None),
            };
            let state = state.map(|state| format!(";\nALTER TABLE {} {state} {trigger}", quote(table)));
            Some(format!("{text}{}", state.unwrap_or_default()))
        }
        Kind::Constraint => {
            let (constraint, table) = name.rsplit_once(" of ").filter(|(_, table)| tables.contains(table))?;
            let constraint = quote(constraint);
            let change = match what.as_str() {
                "DEFERRABLE INITIALLY IMMEDIATE" => format!("ALTER CONSTRAINT {constraint} DEFERRABLE"),
                definition if definition.contains('(') => format!("ADD CONSTRAINT {constraint} {definition}"),
                _ => return None,
            };
            Some(format!("ALTER TABLE {} {change}", quote(table)))
        }
        Kind::Table if tables.contains(name.as_str()) => {
            let change = match what.as_str() {
                "UNLOGGED" => "SET UNLOGGED".to_owned(),
                "ENABLE ROW LEVEL SECURITY without a policy" => "ENABLE ROW LEVEL SECURITY".to_owned(),
                what if what.starts_with("REPLICA IDENTITY") && !what.ends_with("INDEX") => what.to_owned(),
                what if what.starts_with("WITH (") => what.replacen("WITH", "SET", 1),
                what if what.contains("no FORCE ROW") => "NO FORCE ROW LEVEL SECURITY".to_owned(),
                _ => return None,
            };
            Some(format!("ALTER TABLE {} {change}", quote(name)))
        }
        Kind::Column => {
            let (table, column) = name.split_once('.').filter(|(table, _)| tables.contains(table))?;
            let change = match what.split_once(' ')?.0 {
                "STORAGE" | "COMPRESSION" | "STATISTICS" => format!("SET {what}"),
                "SET" => what.clone(),
                _ => return None,
            };
            Some(format!("ALTER TABLE {} ALTER COLUMN {} {change}", quote(table), quote(column)))
        }
        _ => None,
    }
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').collect()
}

/// Each after those whose names are in its text.
fn ordered(extras: Vec<Extra>) -> Vec<Extra> {
    let bare = |extra: &Extra| extra.name.split('(').next().unwrap_or_default().to_owned();
    let names: Vec<String> = extras.iter().map(bare).collect();
    let mut waiting: Vec<(Extra, BTreeSet<String>)> = extras
        .into_iter()
        .map(|extra| {
            let own = bare(&extra);
            let in_text = words(&extra.up);
            let needs = names.iter().filter(|name| **name != own && in_text.contains(name.as_str())).cloned().collect();
            (extra, needs)
        })
        .collect();
    let mut done: Vec<Extra> = Vec::new();
    while !waiting.is_empty() {
        let left: BTreeSet<String> = waiting.iter().map(|(extra, _)| bare(extra)).collect();
        // Functions may call each other in a circle: their bodies are not looked at when they are made.
        let next = waiting.iter().position(|(_, needs)| needs.is_disjoint(&left)).unwrap_or(0);
        done.push(waiting.remove(next).0);
    }
    done
}
