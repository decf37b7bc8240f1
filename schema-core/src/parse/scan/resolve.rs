//! What one struct alone cannot resolve: the SQL types of the crate's own Rust types, and the tables of other models.

use std::collections::BTreeMap;

use super::walk::Walked;
use super::{CFG, DUPLICATE_TABLE, DUPLICATE_TYPE, MACRO_MODEL, ModelSource, SOURCE};
use crate::attribute;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::report::{Location, Report};
use crate::rules;
use crate::schema::{Check, Column, Enumeration, ForeignKey, Schema, SqlType, Storage, Table, table_name};
use crate::sql::{ddl, quote};
use crate::suggest::nearest;

use crate::ids::{COLUMN_TYPE, FOREIGN_KEY_TARGET};

type Sources = BTreeMap<String, ModelSource>;

/// Makes one schema of the models, and checks it against the rules that need all of it.
pub(super) fn resolve(found: &mut Walked, profile: &Profile) -> (Schema, Sources, Sources) {
    let mut reports = Vec::new();
    let types = Types::new(found, &mut reports);
    let mut schema = Schema { service: profile.service.clone(), ..Schema::default() };
    let mut enumerations = Sources::new();
    for (enumeration, source) in std::mem::take(&mut found.enumerations) {
        if let Some(earlier) = enumerations.get(&enumeration.name) {
            let message = format!("two enumerations are called `{}` in SQL", enumeration.name);
            reports.push(
                Diagnostic::spanned(DUPLICATE_TYPE, &source.name, source.item.clone(), message)
                    .help(attribute::enumeration::line(false))
                    .second(earlier.item.clone(), "the first of that name"),
            );
            continue;
        }
        enumerations.insert(enumeration.name.clone(), source);
        schema.enumerations.insert(enumeration.name.clone(), enumeration);
    }

    let mut models = Sources::new();
    let mut tables_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, source) in std::mem::take(&mut found.tables) {
        tables_of.entry(source.name.clone()).or_default().push(table.name.clone());
        if let Some(earlier) = models.get(&table.name) {
            let message = format!("two models state the table `{}`", table.name);
            reports.push(
                Diagnostic::spanned(DUPLICATE_TABLE, &table.name, source.item.clone(), message)
                    .help(format!(
                        "rename one of the structs, or give it a table of its own: {}",
                        attribute::table::text("name", "…")
                    ))
                    .second(earlier.item.clone(), "the first model of that table"),
            );
            continue;
        }
        models.insert(table.name.clone(), source);
        schema.tables.insert(table.name.clone(), table);
    }

    for (name, table) in &mut schema.tables {
        let Some(source) = models.get(name) else { continue };
        types.columns(table, source, &schema.enumerations, &mut reports);
        for report in foreign_keys(table, &tables_of, &found.failed, source) {
            reports.push(report);
        }
    }
    for (name, source) in &enumerations {
        let native = schema.enumerations.get(name).is_some_and(|enumeration| enumeration.storage == Storage::Native);
        // A table makes a type of its own name: https://www.postgresql.org/docs/current/sql-createtable.html
        if let Some(table) = models.get(name).filter(|_| native) {
            reports.push(
                Diagnostic::spanned(
                    DUPLICATE_TYPE,
                    name,
                    source.item.clone(),
                    format!("the type `{name}` has the name of a table"),
                )
                .help(attribute::enumeration::line(true))
                .second(table.item.clone(), "this model's table"),
            );
        }
    }
    schema.extensions = crate::schema::extensions(&schema);
    crate::schema::add_tenant_keys(&mut schema);

    // What a model lost by a mistake, or never had, would be reported again and again.
    if found.failed.is_empty() {
        let broken = rules::schema(&schema, profile);
        let locate = |place: Place| {
            let name = place.item();
            let source = models.get(name).or_else(|| enumerations.get(name));
            source.map_or_else(|| Location::whole(std::path::Path::new("")), |source| source.locate(&place))
        };
        for report in broken.into_iter().map(|found| found.map(locate)) {
            let said = |earlier: &Report| earlier.rule == FOREIGN_KEY_TARGET && earlier.at == report.at;
            if report.rule != FOREIGN_KEY_TARGET || !reports.iter().any(said) {
                reports.push(report);
            }
        }
    }
    // What is missing may be in what could not be read.
    if found.reports.iter().any(|report| matches!(report.rule, SOURCE | CFG | MACRO_MODEL)) {
        reports.retain(|report| !matches!(report.rule, FOREIGN_KEY_TARGET | COLUMN_TYPE));
    }
    found.reports.append(&mut reports);
    (schema, models, enumerations)
}

/// The crate's own types, by the last segment of their paths.
struct Types {
    known: BTreeMap<String, Known>,
}

enum Known {
    Enumeration(String),
    Newtype(SqlType),
    /// It exists, and a mistake in it was already reported.
    Unknown,
}

/// What a Rust type comes to.
#[derive(Clone)]
struct Resolved {
    sql_type: SqlType,
    enumeration: Option<String>,
}

/// Why a type cannot be resolved.
enum Unresolved {
    /// It was said already.
    Said,
    Unknown(String),
    Cycle(String),
    ArrayOfEnumeration(String),
}

/// Built-in types, for the user who misspells one.
const BUILT_IN: &[&str] = &[
    "Uuid",
    "String",
    "bool",
    "i16",
    "i32",
    "i64",
    "f32",
    "f64",
    "Decimal",
    "DateTime<Utc>",
    "OffsetDateTime",
    "NaiveDate",
    "NaiveTime",
    "IpNetwork",
    "IpAddr",
    "Value",
    "Json",
    "Vec<u8>",
];

impl Types {
    fn new(found: &mut Walked, reports: &mut Vec<Report>) -> Self {
        let mut known = BTreeMap::new();
        let mut first: BTreeMap<String, Location> = BTreeMap::new();
        for name in &found.failed {
            known.insert(name.clone(), Known::Unknown);
        }
        let enumerations = found
            .enumerations
            .iter()
            .map(|(enumeration, source)| (source, Known::Enumeration(enumeration.name.clone())));
        let newtypes = found.newtypes.iter().map(|(sql_type, source)| (source, Known::Newtype(sql_type.clone())));
        for (source, meaning) in enumerations.chain(newtypes) {
            let Some(earlier) = first.get(&source.name) else {
                first.insert(source.name.clone(), source.item.clone());
                known.insert(source.name.clone(), meaning);
                continue;
            };
            reports.push(
                Diagnostic::spanned(
                    DUPLICATE_TYPE,
                    &source.name,
                    source.item.clone(),
                    format!("two types of columns are called `{}`", source.name),
                )
                .help("rename one of them: a field's type is known by the last segment of its path")
                .second(earlier.clone(), "the first of that name"),
            );
        }
        // The derive asks the compiler whether the alias is the type that is believed here. Aliases of one name in several
        // modules are believed where they say the same.
        let mut aliases: BTreeMap<String, Option<SqlType>> = BTreeMap::new();
        for (name, sql_type) in found.type_aliases.drain(..) {
            let entry = aliases.entry(name).or_insert_with(|| Some(sql_type.clone()));
            if entry.as_ref() != Some(&sql_type) {
                *entry = None;
            }
        }
        for (name, sql_type) in aliases {
            if let Some(sql_type) = sql_type {
                known.entry(name).or_insert(Known::Newtype(sql_type));
            }
        }
        let mut types = Self { known };
        for (sql_type, source) in std::mem::take(&mut found.newtypes) {
            let Err(problem) = types.resolve(&sql_type, &mut vec![source.name.clone()]) else { continue };
            types.known.insert(source.name.clone(), Known::Unknown);
            reports.extend(types.report(
                problem,
                &source.name,
                source.item.clone(),
                &attribute::newtype::print("…").to_string(),
            ));
        }
        types
    }

    fn resolve(&self, sql_type: &SqlType, trail: &mut Vec<String>) -> Result<Resolved, Unresolved> {
        match sql_type {
            SqlType::Array(element) if element.unresolved().is_some() => {
                let resolved = self.resolve(element, trail)?;
                if resolved.enumeration.is_some() {
                    return Err(Unresolved::ArrayOfEnumeration(element.unresolved().unwrap_or_default().to_owned()));
                }
                Ok(Resolved { sql_type: SqlType::Array(Box::new(resolved.sql_type)), enumeration: None })
            }
            SqlType::Rust(name) => match self.known.get(name) {
                Some(Known::Enumeration(enumeration)) => {
                    Ok(Resolved { sql_type: SqlType::Text, enumeration: Some(enumeration.clone()) })
                }
                Some(Known::Newtype(inner)) => {
                    if trail.contains(name) {
                        return Err(Unresolved::Cycle(name.clone()));
                    }
                    trail.push(name.clone());
                    self.resolve(inner, trail)
                }
                Some(Known::Unknown) => Err(Unresolved::Said),
                None => Err(Unresolved::Unknown(name.clone())),
            },
            known => Ok(Resolved { sql_type: known.clone(), enumeration: None }),
        }
    }

    fn report(&self, problem: Unresolved, path: &str, at: Location, declare: &str) -> Option<Report> {
        let report = |message: String| Diagnostic::spanned(COLUMN_TYPE, path, at, message);
        Some(match problem {
            Unresolved::Said => return None,
            Unresolved::Unknown(name) => {
                let names = self.known.keys().map(String::as_str).chain(BUILT_IN.iter().copied());
                let help = match nearest(&name, names) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!(
                        "derive `Enumeration` or `SqlType` for it in this crate, or say what it is in SQL: {declare}"
                    ),
                };
                report(format!("`{name}` is not a column type that this crate defines")).help(help)
            }
            Unresolved::Cycle(name) => {
                report(format!("`{name}` is made of itself")).help("wrap a type that has a column")
            }
            Unresolved::ArrayOfEnumeration(name) => {
                report(format!("an array of the enumeration `{name}`: no check could hold its elements to the values"))
                    .help(format!("make a junction table with one row for each value, or use `Json<Vec<{name}>>`"))
            }
        })
    }

    fn columns(
        &self,
        table: &mut Table,
        source: &ModelSource,
        enumerations: &BTreeMap<String, Enumeration>,
        reports: &mut Vec<Report>,
    ) {
        let mut checks = Vec::new();
        for column in &mut table.columns {
            if column.sql_type.unresolved().is_none() {
                continue;
            }
            match self.resolve(&column.sql_type, &mut Vec::new()) {
                Ok(resolved) => {
                    checks.extend(settle(&table.name, column, resolved, enumerations));
                }
                Err(problem) => {
                    let place = Place::column(&table.name, &column.name);
                    let at = source.locate(&place.key(Key::Type));
                    reports.extend(self.report(problem, &place.path(), at, &attribute::column::text("type", "…")));
                }
            }
        }
        // Where the derive's CREATE TABLE has them.
        checks.append(&mut table.checks);
        table.checks = checks;
        ddl::scope_by_tenant(table);
    }
}

/// Gives a column its resolved type; returns the check that limits it to an enumeration's values.
fn settle(
    table: &str,
    column: &mut Column,
    resolved: Resolved,
    enumerations: &BTreeMap<String, Enumeration>,
) -> Option<Check> {
    column.sql_type = resolved.sql_type;
    column.enumeration = resolved.enumeration;
    let enumeration = enumerations.get(column.enumeration.as_ref()?)?;
    match enumeration.storage {
        Storage::Text => Some(Check {
            name: ddl::enumeration_check_name(table, &column.name),
            expression: ddl::enumeration_check_expression(&column.name, &ddl::value_list(enumeration)),
        }),
        Storage::Native => {
            column.sql_type = SqlType::Other(quote(&enumeration.name));
            None
        }
    }
}

/// Holds what a foreign key believes of its target against the model that it names.
fn foreign_keys(
    table: &Table,
    tables_of: &BTreeMap<String, Vec<String>>,
    failed: &std::collections::BTreeSet<String>,
    source: &ModelSource,
) -> Vec<Report> {
    let mut reports = Vec::new();
    for index in 0..table.foreign_keys.len() {
        let foreign_key = &table.foreign_keys[index];
        let Some(model) = &foreign_key.model else { continue };
        let place = Place::of_foreign_key(table, index);
        let at = source.locate(&place);
        let report = |message: String| Diagnostic::spanned(FOREIGN_KEY_TARGET, place.path(), at.clone(), message);
        match tables_of.get(model).map(Vec::as_slice) {
            Some(tables) if tables.contains(&foreign_key.table) => {}
            Some([real]) => reports.push(
                report(format!("`{model}` is the table `{real}`, not `{}`", foreign_key.table)).help(line(
                    foreign_key,
                    model,
                    Some(real),
                )),
            ),
            Some(tables) => {
                reports.push(
                    report(format!("several models are called `{model}`: of the tables {}", tables.join(", ")))
                        .help(line(foreign_key, model, tables.first())),
                );
            }
            None if failed.contains(model) => {}
            None => {
                let help = match nearest(model, tables_of.keys().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?    {}", line(foreign_key, near, None)),
                    None if tables_of.len() <= 10 => {
                        format!(
                            "the models are {}",
                            tables_of.keys().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                        )
                    }
                    None => "name a struct of this crate that derives `Table`".to_owned(),
                };
                reports.push(report(format!("there is no model `{model}`")).help(help));
            }
        }
    }
    reports
}

/// The attribute of a foreign key as a user types it, with another target.
fn line(foreign_key: &ForeignKey, model: &str, table: Option<&String>) -> String {
    let table = table.cloned().unwrap_or_else(|| table_name(model));
    let other = ForeignKey { model: Some(model.to_owned()), table, ..foreign_key.clone() };
    attribute::references::line(&other, "")
}
