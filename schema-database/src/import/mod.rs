//! A schema to Rust models that keep the rules, by waivers where they must.
//!
//! The models are written, read by the scan as a user's are, and what the scan reports becomes a waiver with a `TODO`, until
//! nothing is left to report.

mod baseline;
mod names;
mod render;
mod script;
mod shape;
mod types;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tablewright_core::config::{ForeignKeyIndex, KeyStyle, Profile};
use tablewright_core::diagnostic::Subject;
use tablewright_core::parse::scan::{self, Scan};
use tablewright_core::plan;
use tablewright_core::report::Report;
use tablewright_core::rules::RULES;
use tablewright_core::schema::{Enumeration, Generated, KeyTarget, Schema, SqlType};

pub use baseline::{Baseline, mark};
pub use script::script;

use names::Names;
use render::{Source, Waivers};

/// How often the models are read and fixed.
const ROUNDS: usize = 12;

/// Models, as files, and what happened to the rest.
#[derive(Debug)]
pub struct Imported {
    /// `models.rs` and the files next to it, by their path below `src/`.
    pub files: BTreeMap<PathBuf, String>,
    /// What the models state, as the scan reads them.
    pub schema: Schema,
    /// What became no model or not all of it, in words.
    pub left_out: Vec<String>,
    /// What the package needs for the types of the models, as lines to type.
    pub needs: Vec<String>,
    /// How many waivers the models hold.
    pub waivers: usize,
    /// The rules that the models as a whole switch off, because no model can waive them.
    pub rules_off: BTreeSet<String>,
}

/// The profile that fits a database, where there is none yet.
#[must_use]
pub fn fitting(schema: &Schema) -> Profile {
    let numbered = |it: &&tablewright_core::schema::Table| match it.primary_key.columns.as_slice() {
        [key] => it
            .column(key)
            .is_some_and(|key| key.sql_type == SqlType::BigInt && key.generated == Some(Generated::IdentityAlways)),
        _ => false,
    };
    let count = schema.tables.values().filter(numbered).count();
    let mut profile = Profile::default();
    if count * 2 > schema.tables.len() {
        profile.primary_key = KeyStyle::Bigint;
    }
    profile
}

/// Writes the models of a schema.
///
/// # Errors
/// A temporary folder that cannot be written.
pub fn import(schema: &Schema, profile: &Profile) -> io::Result<Imported> {
    let mut schema = schema.clone();
    let mut profile = Profile { models: None, sql: None, ..profile.clone() };
    let mut left_out = Vec::new();
    let mut rules_off = BTreeSet::new();
    for name in empty_tables(&schema) {
        drop_table(&mut schema, &name, "it has no columns", &mut left_out);
    }
    schema.enumerations.retain(|name, enumeration| {
        let has_values = !enumeration.values.is_empty();
        if !has_values {
            left_out.push(format!("type {name}: it has no values"));
        }
        has_values
    });
    let mut names = Names::of(&schema);
    shape::recognise(&mut schema, &profile);
    shape::text_enumerations(&mut schema, &mut names);
    let mut waivers = unindexed(&schema, &profile);
    let mut told: BTreeSet<(String, String)> = BTreeSet::new();
    let mut round = 0;
    loop {
        round += 1;
        // What has no model closes no cycle.
        plan::mark_cycles(&mut schema);
        let files = render(&schema, &names, &waivers, &profile);
        let reports = match look(&files, &profile)? {
            Ok(scan) => {
                left_out.extend(stand_ins(&schema));
                left_out.sort();
                let waivers = waivers.values().map(BTreeSet::len).sum();
                let needs = needs(&schema);
                return Ok(Imported { files, schema: scan.schema, left_out, needs, waivers, rules_off });
            }
            Err(reports) => reports,
        };
        let mut changed = false;
        for report in &reports {
            changed |= waive(report, &schema, &mut waivers, &mut told);
        }
        if changed && round < ROUNDS {
            continue;
        }
        // What no waiver helps against takes its table along, or its rule.
        let mut dropped = false;
        for report in &reports {
            let table = report.path.split('.').next().unwrap_or_default().to_owned();
            if drop_foreign_keys(&mut schema, report, &mut left_out)
                || drop_expressions(&mut schema, report, &mut left_out)
            {
                dropped = true;
            } else if schema.tables.contains_key(&table) {
                dropped = true;
                drop_table(&mut schema, &table, &format!("{} ({})", report.message, report.rule), &mut left_out);
            } else if rules_off.insert(report.rule.to_owned()) {
                dropped = true;
                profile.rules_off.insert(report.rule.to_owned(), REASON_OFF.to_owned());
            }
        }
        if !dropped {
            let first = reports.first().map(|report| report.message.clone()).unwrap_or_default();
            return Err(io::Error::other(format!("the models that were written cannot be read: {first}")));
        }
    }
}

/// Why an import switches a rule off.
pub const REASON_OFF: &str = "TODO: as the database has it";

fn empty_tables(schema: &Schema) -> Vec<String> {
    schema.tables.values().filter(|table| table.columns.is_empty()).map(|table| table.name.clone()).collect()
}

fn drop_table(schema: &mut Schema, name: &str, why: &str, left_out: &mut Vec<String>) {
    if schema.tables.remove(name).is_none() {
        return;
    }
    left_out.push(format!("table {name}: no model, since {why}"));
    for table in schema.tables.values_mut() {
        for key in table.foreign_keys.iter().filter(|key| key.table == name) {
            left_out.push(format!("foreign key {} of {}: {name} has no model", key.name, table.name));
        }
        table.foreign_keys.retain(|key| key.table != name);
    }
}

/// A foreign key that a model cannot state is left out by itself.
fn drop_foreign_keys(schema: &mut Schema, report: &Report, left_out: &mut Vec<String>) -> bool {
    let (name, column) = report.path.split_once('.').unwrap_or((report.path.as_str(), ""));
    let Some(table) = schema.tables.get_mut(name).filter(|_| report.rule == "foreign_key_target") else { return false };
    let before = table.foreign_keys.len();
    let concerned = |columns: &[String]| column.is_empty() || columns.iter().any(|it| it == column);
    for key in table.foreign_keys.iter().filter(|key| concerned(&key.columns)) {
        left_out.push(format!("foreign key {} of {name}: {}", key.name, report.message));
    }
    table.foreign_keys.retain(|key| !concerned(&key.columns));
    table.foreign_keys.len() < before
}

/// An expression that the scan takes for a mistake is left out by itself: the checks and indexes that hold the word it quotes.
fn drop_expressions(schema: &mut Schema, report: &Report, left_out: &mut Vec<String>) -> bool {
    let name = report.path.split('.').next().unwrap_or_default();
    let Some(table) = schema.tables.get_mut(name).filter(|_| report.rule == "unknown_column") else { return false };
    let Some(Subject::Name(word)) = &report.about else { return false };
    let holds =
        |text: &str| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|it| it.eq_ignore_ascii_case(word));
    let before = left_out.len();
    table.checks.retain(|check| {
        let stays = !holds(&check.expression);
        if !stays {
            left_out.push(format!("check {} of {name}: {}", check.name, report.message));
        }
        stays
    });
    table.indexes.retain(|index| {
        let texts = index.key.iter().filter_map(|key| match &key.target {
            KeyTarget::Expression(text) => Some(text.as_str()),
            KeyTarget::Column(_) => None,
        });
        let stays = !texts.chain(index.predicate.as_deref()).any(&holds);
        if !stays {
            left_out.push(format!("index {} of {name}: {}", index.name, report.message));
        }
        stays
    });
    left_out.len() > before
}

/// The foreign keys that no index serves: a model would get an index for each.
fn unindexed(schema: &Schema, profile: &Profile) -> Waivers {
    let mut waivers = Waivers::new();
    if profile.foreign_key_index == ForeignKeyIndex::Declared {
        return waivers;
    }
    for table in schema.tables.values() {
        for key in table.foreign_keys.iter().filter(|key| !table.serves_foreign_key(key)) {
            let column = match key.columns.as_slice() {
                [column] => Some(column.clone()),
                _ => None,
            };
            waivers.entry((table.name.clone(), column)).or_default().insert("foreign_key_index".to_owned());
        }
    }
    waivers
}

/// Turns a report into a waiver, first of the column and then of the table; whether something changed.
fn waive(report: &Report, schema: &Schema, waivers: &mut Waivers, told: &mut BTreeSet<(String, String)>) -> bool {
    let (name, column) =
        report.path.split_once('.').map_or((report.path.as_str(), None), |(name, column)| (name, Some(column)));
    let Some(table) = schema.tables.get(name) else { return false };
    if report.rule == "waiver" {
        // A waiver that nothing needs.
        let Some(Subject::Rule(rule)) = &report.about else { return false };
        let key = (name.to_owned(), column.map(str::to_owned));
        return waivers.get_mut(&key).is_some_and(|rules| rules.remove(rule));
    }
    if !RULES.iter().any(|rule| rule.id == report.rule && rule.waivable) {
        return false;
    }
    let column = column.filter(|column| table.column(column).is_some());
    let first_time = told.insert((report.rule.to_owned(), report.path.clone()));
    let column = column.filter(|_| first_time);
    let key = (name.to_owned(), column.map(str::to_owned));
    waivers.entry(key).or_default().insert(report.rule.to_owned())
}

fn needs(schema: &Schema) -> Vec<String> {
    let columns = schema.tables.values().flat_map(|table| &table.columns);
    let plain = columns.filter(|column| column.enumeration.is_none());
    let paths: Vec<String> = plain.map(|column| types::rust(&column.sql_type).path).collect();
    types::needs(paths.iter().map(String::as_str))
}

fn stand_ins(schema: &Schema) -> Vec<String> {
    let mut found = Vec::new();
    for table in schema.tables.values() {
        for column in table.columns.iter().filter(|column| column.enumeration.is_none()) {
            if types::rust(&column.sql_type).stand_in {
                found.push(format!(
                    "column {}.{}: `String` only stands in for {}; give the field a type that reads it",
                    table.name, column.name, column.sql_type
                ));
            }
        }
    }
    found
}

/// The files: one for each table, with the enumerations that no other table uses; the rest in `models.rs`.
fn render(schema: &Schema, names: &Names, waivers: &Waivers, profile: &Profile) -> BTreeMap<PathBuf, String> {
    let source = Source { schema, names, waivers, profile };
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for table in schema.tables.values() {
        for name in table.columns.iter().filter_map(|column| column.enumeration.as_deref()) {
            users.entry(name).or_default().insert(&table.name);
        }
    }
    let mut files = BTreeMap::new();
    let mut modules: Vec<(String, String)> = Vec::new();
    for table in schema.tables.values() {
        let only_here = |it: &&Enumeration| {
            users.get(it.name.as_str()).is_some_and(|users| users.len() == 1 && users.contains(table.name.as_str()))
        };
        let enumerations: Vec<&Enumeration> = schema.enumerations.values().filter(only_here).collect();
        let file = &names.files[&table.name];
        let mut exported = vec![names.models[&table.name].clone()];
        exported.extend(enumerations.iter().map(|it| names.enumerations[&it.name].clone()));
        exported.sort();
        let exported = match exported.as_slice() {
            [one] => format!("pub use {file}::{one};"),
            several => format!("pub use {file}::{{{}}};", several.join(", ")),
        };
        modules.push((file.clone(), exported));
        files.insert(PathBuf::from(format!("models/{file}.rs")), source.file(table, &enumerations));
    }
    modules.sort();
    let shared: Vec<&Enumeration> = schema
        .enumerations
        .values()
        .filter(|it| users.get(it.name.as_str()).is_none_or(|users| users.len() != 1))
        .collect();
    let mut text: String = modules.iter().map(|(file, _)| format!("mod {file};\n")).collect();
    text.push('\n');
    text.extend(modules.iter().map(|(_, exported)| format!("{exported}\n")));
    if !shared.is_empty() {
        text.push_str("use tablewright::prelude::*;\n");
        for enumeration in shared {
            text.push('\n');
            text.push_str(&source.enumeration(enumeration));
        }
    }
    files.insert(PathBuf::from("models.rs"), text);
    files
}

/// Reads the files as a user's package; the violations where there are some.
fn look(files: &BTreeMap<PathBuf, String>, profile: &Profile) -> io::Result<Result<Scan, Vec<Report>>> {
    let folder = tempfile::tempdir()?;
    let package = "[package]\nname = \"imported\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
    fs::write(folder.path().join("Cargo.toml"), package)?;
    let source = folder.path().join("src");
    write(files, &source)?;
    fs::write(source.join("lib.rs"), "pub mod models;\n")?;
    Ok(scan::scan(folder.path(), profile).map_err(|failure| failure.reports))
}

/// Writes the files below a folder.
///
/// # Errors
/// A folder or file that cannot be written.
pub fn write(files: &BTreeMap<PathBuf, String>, folder: &Path) -> io::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
