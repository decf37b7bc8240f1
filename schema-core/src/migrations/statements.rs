//! `schema.statements`: what the release of the last seal sends to the database, and what is needed to run it. `verify` runs
//! it while the next migration changes the schema below that release.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::journal::Changes;
use super::json::json;
use super::lock::after_a_merge;
use super::write::Guard;
use super::{Error, IoError, LOCK, Lock, checksum};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::queries::Part;
use crate::queries::helpers::{Given, Helper, Kind, Role, helpers};
use crate::report::{Location, Report};
use crate::schema::{Schema, SqlType, Table};

/// The name of the file, next to the lock file.
pub const STATEMENTS_FILE: &str = "schema.statements";

/// The version of the format that this program writes, and the only one that it reads.
const VERSION: u64 = 1;

/// Statements, by their names: `orders.find`, `orders.recent_for_user/after_0`.
pub type Statements = BTreeMap<String, Statement>;

/// A statement, and what has to be known to run it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// What it does.
    pub kind: Kind,
    /// The tables that it names; the first is the one whose rows it takes.
    pub tables: Vec<String>,
    /// Whether the row that its parameters are taken from is found by it.
    #[serde(default)]
    pub finds: bool,
    /// Its parameters, in order.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    /// The statement.
    pub sql: String,
}

/// A parameter of a statement. In the file it is a list on one line: what it takes, its type, its column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<String>", try_from = "Vec<String>")]
pub struct Parameter {
    /// What it takes.
    pub role: Role,
    /// Its type.
    pub sql_type: SqlType,
    /// Whether it takes one value for each of several rows.
    pub many: bool,
}

/// What a parameter takes: the word for one row, and for each of several.
const ROW: [&str; 2] = ["row", "each_row"];
const NEW: [&str; 2] = ["new", "each_new"];
const IS_GIVEN: [&str; 2] = ["is_given", "each_is_given"];
const LIMIT: [&str; 2] = ["limit", "each_limit"];

impl From<Parameter> for Vec<String> {
    fn from(Parameter { role, sql_type, many }: Parameter) -> Self {
        let (words, column) = match role {
            Role::Row(column) => (ROW, Some(column)),
            Role::New(column) => (NEW, Some(column)),
            Role::IsGiven(column) => (IS_GIVEN, Some(column)),
            Role::Limit => (LIMIT, None),
        };
        [words[usize::from(many)].to_owned(), sql_type.to_string()].into_iter().chain(column).collect()
    }
}

impl TryFrom<Vec<String>> for Parameter {
    type Error = String;

    fn try_from(list: Vec<String>) -> Result<Self, String> {
        let [word, sql_type, rest @ ..] = list.as_slice() else {
            return Err("a parameter is what it takes, a type and a column".to_owned());
        };
        let is = |words: [&str; 2]| words.contains(&word.as_str());
        let role = match rest {
            [] if is(LIMIT) => Role::Limit,
            [column] if is(ROW) => Role::Row(column.clone()),
            [column] if is(NEW) => Role::New(column.clone()),
            [column] if is(IS_GIVEN) => Role::IsGiven(column.clone()),
            _ => return Err(format!("`{word}` is nothing that a parameter takes")),
        };
        Ok(Self { role, sql_type: sql_type.parse()?, many: [ROW, NEW, IS_GIVEN, LIMIT].iter().any(|it| it[1] == word) })
    }
}

impl From<Given> for Parameter {
    fn from(Given { role, sql_type, many }: Given) -> Self {
        Self { role, sql_type, many }
    }
}

/// What one release of the program sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The migration that it was written for: the last one that was sealed with it.
    pub after: String,
    /// Its statements.
    #[serde(default)]
    pub statements: Statements,
}

/// What the file holds: the release of the last seal, and the one before as far as it differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    version: u64,
    /// The checksum of the file with nothing in this place.
    #[serde(default)]
    checksum: String,
    /// The release of the last seal.
    release: Release,
    /// The release before; absent where there was none.
    #[serde(default)]
    before: Option<Earlier>,
}

/// How the release before differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Earlier {
    after: String,
    /// The statements that it has otherwise.
    #[serde(default)]
    statements: Statements,
    /// The statements that it does not have.
    #[serde(default)]
    absent: Vec<String>,
}

#[derive(Deserialize)]
struct VersionOnly {
    version: Option<u64>,
}

/// Every statement of a schema's helpers and declared queries.
#[must_use]
pub fn statements(schema: &Schema) -> Statements {
    schema.tables.values().flat_map(of_table).collect()
}

fn of_table(table: &Table) -> impl Iterator<Item = (String, Statement)> {
    let name = |helper: &Helper| {
        let part = match helper.part {
            Part::Whole => String::new(),
            Part::First => "/first".to_owned(),
            Part::After(nulls) => format!("/after_{nulls}"),
            Part::Before(nulls) => format!("/before_{nulls}"),
        };
        format!("{}.{}{part}", table.name, helper.name)
    };
    let statement = move |helper: Helper| {
        let sql = helper.sql.as_text()?.to_owned();
        let (kind, finds) = (helper.kind, helper.finds);
        let (name, tables) = (name(&helper), vec![table.name.clone()]);
        let parameters = helper.parameters.into_iter().map(Parameter::from).collect();
        Some((name, Statement { kind, tables, finds, parameters, sql }))
    };
    helpers(table).into_iter().filter_map(statement)
}

impl Recorded {
    /// The record of a release, after that of the one before.
    fn new(release: Release, before: Option<&Release>) -> Self {
        let before = before.map(|before| Earlier {
            after: before.after.clone(),
            statements: before
                .statements
                .iter()
                .filter(|(name, statement)| release.statements.get(*name) != Some(*statement))
                .map(|(name, statement)| (name.clone(), statement.clone()))
                .collect(),
            absent: release.statements.keys().filter(|name| !before.statements.contains_key(*name)).cloned().collect(),
        });
        Self { version: VERSION, checksum: String::new(), release, before }
    }

    /// The release before that of the last seal.
    #[must_use]
    fn before(&self) -> Option<Release> {
        let before = self.before.as_ref()?;
        let mut statements = self.release.statements.clone();
        statements.retain(|name, _| !before.absent.contains(name));
        statements.extend(before.statements.clone());
        Some(Release { after: before.after.clone(), statements })
    }

    fn old_release(&self, lock: &Lock) -> OldRelease {
        let is_last = lock.last() == Some(self.release.after.as_str());
        let Some(release) = (if is_last { self.before() } else { Some(self.release.clone()) }) else {
            return OldRelease::First;
        };
        let is_known = lock.migrations.iter().any(|migration| migration.name == release.after);
        if is_known { OldRelease::Known(release) } else { OldRelease::Unknown }
    }

    /// The file's text: the same for the same release.
    fn text(&self) -> Result<String, String> {
        let plain = Self { checksum: String::new(), ..self.clone() };
        let bare = plain.pretty()?;
        Self { checksum: checksum(bare.as_bytes()), ..plain }.pretty()
    }

    fn pretty(&self) -> Result<String, String> {
        let mut json = json(self).map_err(|error| error.to_string())?;
        json.prune(&[]);
        Ok(json.pretty() + "\n")
    }

    /// Reads the file's text.
    fn parse(file: &Path, text: &str) -> Result<Self, Box<Report>> {
        let report = |message: String, help: &str| {
            Box::new(Diagnostic::spanned(LOCK, "", Location::whole(file), message).help(help))
        };
        let again =
            &after_a_merge("git checkout -- schema.statements    or, for the models as they are: cargo schema seal");
        if super::lock::conflict(text).is_some() {
            return Err(report(
                "a merge left both sides here".to_owned(),
                "cargo schema rebase    puts the branches together, and writes it from the models",
            ));
        }
        let broken =
            |error: &serde_json::Error| report(format!("this is not what `cargo schema` writes: {error}"), again);
        let version = serde_json::from_str::<VersionOnly>(text).map_err(|error| broken(&error))?.version;
        match version {
            Some(VERSION) => {}
            Some(version) => {
                let message = format!("the file is of version {version}, this program reads version {VERSION}");
                return Err(report(message, "cargo install cargo-schema"));
            }
            None => return Err(report("the file does not say its version".to_owned(), again)),
        }
        let found: Self = serde_json::from_str(text).map_err(|error| broken(&error))?;
        let expected = found.text().map_err(|message| report(message, again))?;
        if expected != text.replace("\r\n", "\n") {
            return Err(report("this file is not what its checksum says: it is never edited".to_owned(), again));
        }
        Ok(found)
    }
}

/// The release that runs while the migrations at the end of a lock are applied: that of the last seal, or the one before
/// where all of them are sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OldRelease {
    /// There is none: the migrations are the first.
    First,
    /// No one recorded it.
    Unknown,
    /// This one.
    Known(Release),
}

/// The release that runs while the migrations at the end of a lock are applied.
pub fn old_release(package: &Path, lock: &Lock) -> Result<OldRelease, Error> {
    Ok(match recorded_statements(package)? {
        Some(recorded) => recorded.old_release(lock),
        None if lock.sealed().is_empty() => OldRelease::First,
        None => OldRelease::Unknown,
    })
}

/// Reads the file of a package; `None` where there is none.
fn recorded_statements(package: &Path) -> Result<Option<Recorded>, Error> {
    let file = package.join(STATEMENTS_FILE);
    let bytes = files::if_there(files::read(&file)).map_err(|error| IoError::new("read", &file, error))?;
    let Some(bytes) = bytes else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes);
    Recorded::parse(&file, &text).map(Some).map_err(|report| Error::Violations(vec![*report]))
}

/// Writes the statements of the release that belongs to the last sealed migration; `false` where the file says so already,
/// or nothing is sealed.
pub fn record_statements(package: &Path, profile: &Profile, models: Option<&Schema>) -> Result<bool, Error> {
    let Some(lock) = super::verify(package, profile)? else { return Ok(false) };
    let guard = Guard::take(package, profile)?;
    let Some(last) = lock.sealed().last() else { return Ok(false) };
    // A file that cannot be read is replaced: a merge may have left both sides in it.
    let known = recorded_statements(package).ok().flatten();
    let release = Release { after: last.name.clone(), statements: statements(&sealed_models(&lock, models)) };
    let before = match &known {
        Some(known) if known.release.after == release.after => known.before(),
        Some(known) => Some(known.release.clone()),
        None => None,
    };
    let before = before.filter(|before| lock.sealed().iter().any(|migration| migration.name == before.after));
    let next = Recorded::new(release, before.as_ref());
    let text = next.text().map_err(|message| Error::Refused {
        message,
        help: "this is a mistake of this program: please report it with the models".to_owned(),
    })?;
    if files::read_text(&package.join(STATEMENTS_FILE)).is_ok_and(|there| there == text) {
        return Ok(false);
    }
    guard.apply(&Changes { write: vec![(PathBuf::from(STATEMENTS_FILE), text)], remove: Vec::new() })?;
    Ok(true)
}

/// An error where the file is not what this program writes, as after a merge that left both sides in it.
pub fn statements_can_be_read(package: &Path) -> Result<(), Error> {
    recorded_statements(package).map(drop)
}

/// Whether the file is that of the last sealed migration and of these models; `None` where there is no file.
pub fn statements_are_current(package: &Path, lock: &Lock, models: &Schema) -> Result<Option<bool>, Error> {
    let Some(known) = recorded_statements(package)? else { return Ok(None) };
    let Some(last) = lock.sealed().last() else { return Ok(Some(true)) };
    if known.release.after != last.name {
        return Ok(Some(false));
    }
    // While a migration is open, the models are those of the release to come.
    let is_open = !lock.unsealed().is_empty();
    Ok(Some(is_open || known.release.statements == statements(&sealed_models(lock, Some(models)))))
}

/// The tables of the sealed schema, with the queries that the models declare on them. A table that the models have changed
/// since belongs to the next release.
fn sealed_models(lock: &Lock, models: Option<&Schema>) -> Schema {
    let mut sealed = lock.sealed_schema().into_owned();
    let Some(models) = models else { return sealed };
    let recorded = crate::schema::recorded(models);
    for (name, table) in &mut sealed.tables {
        if let Some(model) = models.tables.get(name).filter(|_| recorded.tables.get(name) == Some(&*table)) {
            *table = model.clone();
        }
    }
    sealed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Column, PrimaryKey};

    fn schema(columns: &[&str]) -> Schema {
        let table = Table {
            name: "users".to_owned(),
            columns: columns.iter().map(|name| Column::new(name, SqlType::Text)).collect(),
            primary_key: PrimaryKey { name: "users_pkey".to_owned(), columns: vec!["id".to_owned()] },
            ..Table::default()
        };
        Schema { tables: [("users".to_owned(), table)].into(), ..Schema::default() }
    }

    fn release(after: &str, columns: &[&str]) -> Release {
        Release { after: after.to_owned(), statements: statements(&schema(columns)) }
    }

    #[test]
    fn both_releases_read_back() {
        let (old, new) = (release("001_a", &["id", "name"]), release("002_b", &["id", "name", "title"]));
        let recorded = Recorded::new(new.clone(), Some(&old));
        let text = recorded.text().unwrap();
        let read = Recorded::parse(Path::new(STATEMENTS_FILE), &text).unwrap();
        assert_eq!(read.release, new);
        assert_eq!(read.before(), Some(old.clone()));
        assert_eq!(read.text().unwrap(), text);
        assert!(old.statements["users.find"].sql.starts_with("SELECT id, name FROM users"));
        let lock = |names: &[&str]| {
            let migration = |name: &&str| super::super::Migration { name: (*name).to_owned(), ..Default::default() };
            Lock::new(names.iter().map(migration).collect(), &Schema::default())
        };
        // With an open migration, the release of the last seal is the old one.
        assert_eq!(read.old_release(&lock(&["001_a", "002_b", "003_c"])), OldRelease::Known(new));
        assert_eq!(read.old_release(&lock(&["001_a", "002_b"])), OldRelease::Known(old));
        assert_eq!(read.old_release(&lock(&["001_squashed"])), OldRelease::Unknown);
        let first = Recorded::new(release("001_a", &["id"]), None);
        assert_eq!(first.old_release(&lock(&["001_a"])), OldRelease::First);
    }

    #[test]
    fn what_was_touched_is_said() {
        let text = Recorded::new(release("001_a", &["id"]), None).text().unwrap();
        let said = |text: &str| Recorded::parse(Path::new(STATEMENTS_FILE), text).unwrap_err().message.clone();
        assert!(said(&text.replace("SELECT", "SELECT ALL")).contains("checksum"));
        assert!(said(&text.replace("\"version\": 1", "\"version\": 2")).contains("of version 2"));
        assert!(said("{}").contains("its version"));
        assert!(said(&text[..text.len() / 2]).contains("not what `cargo schema` writes"));
        assert!(said(&format!("<<<<<<< ours\n{text}")).contains("both sides"));
    }
}
