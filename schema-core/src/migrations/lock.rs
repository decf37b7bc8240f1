//! `schema.lock`: the schema that the migrations make, and each of their files with its checksum.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::json::json;
use super::name::{Direction, stem_parts};
use super::{Head, LOCK, Shape};
use crate::diagnostic::Diagnostic;
use crate::report::{Location, Report};
use crate::schema::Schema;

/// The version of the format that this program writes, and the only one that it reads.
pub const VERSION: u64 = 1;

/// How a lock file is put back.
pub(super) const BACK: &str = "git checkout -- schema.lock";

/// How one gets out of a state that git may have made, or a person.
pub(super) fn after_a_merge(otherwise: &str) -> String {
    format!("after a merge, a rebase or a cherry-pick: cargo schema rebase\notherwise: {otherwise}")
}

/// The words that a value has where nothing else is said.
const DEFAULTS: &[(&str, &str)] =
    &[("kind", "standard"), ("method", "btree"), ("direction", "ascending"), ("storage", "text")];

/// What `schema.lock` holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u64,
    /// The migrations, in order. Those that are not sealed come last.
    #[serde(default)]
    pub migrations: Vec<Migration>,
    /// What the migrations that are not sealed are rewritten from; absent where all are sealed.
    #[serde(default)]
    pub head: Option<Head>,
    /// The schema after the last of them, as far as a database holds it.
    #[serde(default)]
    pub schema: Schema,
}

/// One migration: one file in each direction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// Its name with its number: `001_create_shop`.
    pub name: String,
    /// The checksum of the way up; of the file, where both directions are in one.
    pub up: String,
    /// The checksum of the way down, where that is a file of its own.
    #[serde(default)]
    pub down: Option<String>,
    /// Whether it is final.
    #[serde(default)]
    pub sealed: bool,
    /// Whether a person wrote its statements.
    #[serde(default)]
    pub by_hand: bool,
    /// Each table that it and the files before it of one name changed, as it is after them: on the last of these files alone.
    /// A lock of an earlier version of this program has none.
    #[serde(default)]
    pub tables: BTreeMap<String, Shape>,
}

impl Migration {
    /// Its files, each with its recorded checksum.
    pub fn files(&self) -> impl Iterator<Item = (String, &str)> {
        let first = if self.down.is_some() { Direction::Up } else { Direction::Both };
        let down = self.down.as_deref().map(|down| (Direction::Down, down));
        std::iter::once((first, self.up.as_str()))
            .chain(down)
            .map(|(direction, checksum)| (format!("{}{}", self.name, direction.suffix()), checksum))
    }
}

#[derive(Deserialize)]
struct VersionOnly {
    version: Option<u64>,
}

impl Lock {
    /// A lock of migrations that are all sealed.
    #[must_use]
    pub fn new(migrations: Vec<Migration>, schema: &Schema) -> Self {
        Self::of_recorded(migrations, crate::schema::recorded(schema))
    }

    /// The same of a schema that was stripped for it.
    pub(super) fn of_recorded(migrations: Vec<Migration>, schema: Schema) -> Self {
        Self { version: VERSION, migrations, head: None, schema }
    }

    /// The migrations that are final.
    #[must_use]
    pub fn sealed(&self) -> &[Migration] {
        let end = self.migrations.iter().position(|migration| !migration.sealed).unwrap_or(self.migrations.len());
        &self.migrations[..end]
    }

    /// The migrations that are rewritten while the models change.
    #[must_use]
    pub fn unsealed(&self) -> &[Migration] {
        &self.migrations[self.sealed().len()..]
    }

    /// The schema after the last sealed migration.
    #[must_use]
    pub fn sealed_schema(&self) -> Cow<'_, Schema> {
        match &self.head {
            None => Cow::Borrowed(&self.schema),
            Some(head) => Cow::Owned(head.before.apply(&self.schema)),
        }
    }

    /// The file's text: the same for the same lock, whatever built the program.
    ///
    /// The error says what does not read back as it was; it would be a bug of this program. It is looked for where
    /// the program is built for tests, because reading the file takes as long as reading the models.
    pub fn text(&self) -> Result<String, String> {
        let mut json = json(self).map_err(|error| error.to_string())?;
        json.prune(DEFAULTS);
        let text = json.pretty() + "\n";
        if cfg!(debug_assertions) {
            match serde_json::from_str::<Self>(&text) {
                Ok(read) if read == *self => {}
                Ok(_) => return Err("the lock file would lose a part of the schema".to_owned()),
                Err(error) => return Err(format!("the lock file would not read back: {error}")),
            }
        }
        Ok(text)
    }

    /// Reads the file's text.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Box<Report>> {
        let lock = Self::read(file, text)?;
        match lock.out_of_order(text) {
            None => Ok(lock),
            Some((range, message)) => {
                let at = Location::new(file, &Arc::from(text), range);
                Err(Box::new(Diagnostic::spanned(LOCK, "", at, message).help(after_a_merge(BACK))))
            }
        }
    }

    /// Reads a file that git may have put together from two, so that its migrations may be out of order. `None` where it does not
    /// say what is sealed.
    #[must_use]
    pub fn parse_merged(file: &Path, text: &str) -> Option<Self> {
        let mut lock = Self::read(file, text).ok()?;
        lock.migrations.sort_by_key(|migration| !migration.sealed);
        if lock.unsealed().is_empty() {
            lock.head = None;
        }
        (lock.head.is_some() != lock.unsealed().is_empty()).then_some(lock)
    }

    fn read(file: &Path, text: &str) -> Result<Self, Box<Report>> {
        let source: Arc<str> = Arc::from(text);
        let report = |range: Range<usize>, message: String, help: String| {
            let at = if text.is_empty() { Location::whole(file) } else { Location::new(file, &source, range) };
            Box::new(Diagnostic::spanned(LOCK, "", at, message).help(help))
        };
        let back = BACK.to_owned();
        if let Some(marker) = conflict(text) {
            return Err(report(
                marker,
                "a merge left both sides here: two branches added a migration".to_owned(),
                "cargo schema rebase".to_owned(),
            ));
        }
        let broken = |error: &serde_json::Error| {
            let at = byte_of(text, error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            report(at, format!("this is not what `cargo schema` writes: {message}"), after_a_merge(BACK))
        };
        let version = serde_json::from_str::<VersionOnly>(text).map_err(|error| broken(&error))?.version;
        if version != Some(VERSION) {
            let at = text.find("\"version\"").map_or(0..0, |start| start..start + "\"version\"".len());
            let message = match version {
                Some(version) => format!("the lock file is of version {version}, this program reads version {VERSION}"),
                None => "the lock file does not say its version".to_owned(),
            };
            let help = if version.is_some() { "cargo install cargo-schema".to_owned() } else { back };
            return Err(report(at, message, help));
        }
        serde_json::from_str(text).map_err(|error| broken(&error))
    }

    /// What is wrong with the order of the migrations, and where.
    fn out_of_order(&self, text: &str) -> Option<(Range<usize>, String)> {
        for (index, migration) in self.migrations.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if !stem_parts(&migration.name).is_ok_and(|(_, found, _)| found == number) {
                let range = name_range(text, &migration.name);
                return Some((range, format!("this should be migration {number:03}")));
            }
        }
        let after_open = self.migrations.iter().skip(self.sealed().len()).find(|migration| migration.sealed);
        if let Some(migration) = after_open {
            let range = name_range(text, &migration.name);
            return Some((range, "this is sealed, and one before it is not".to_owned()));
        }
        if self.head.is_some() == self.unsealed().is_empty() {
            let range = text.find("\"head\"").map_or(0..0, |start| start..start + "\"head\"".len());
            let message = if self.head.is_some() {
                "every migration is sealed, and `head` speaks of one that is not"
            } else {
                "a migration is not sealed, and there is no `head` that says what was before it"
            };
            return Some((range, message.to_owned()));
        }
        None
    }

    /// Each migration that the schema is known after, with the tables that were changed up to it since the one before.
    pub fn shapes(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, Shape>)> {
        let known = self.migrations.iter().filter(|migration| !migration.tables.is_empty());
        known.map(|migration| (migration.name.as_str(), &migration.tables))
    }

    /// The last migration's name.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.migrations.last().map(|migration| migration.name.as_str())
    }
}

/// Where a migration's name is.
fn name_range(text: &str, name: &str) -> Range<usize> {
    let start = text.find(&format!("\"{name}\"")).unwrap_or(0);
    start..start + name.len() + 2
}

/// Where a merge left its mark.
pub(super) fn conflict(text: &str) -> Option<Range<usize>> {
    let mark = "<<<<<<< ";
    let start = if text.starts_with(mark) { 0 } else { text.find(&format!("\n{mark}"))? + 1 };
    Some(start..start + text[start..].lines().next().map_or(0, str::len))
}

/// The character at a line and column as `serde_json` counts them: both from 1, columns in bytes.
fn byte_of(text: &str, line: usize, column: usize) -> Range<usize> {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let at = (start + column.saturating_sub(1)).min(text.len());
    let at = text.floor_char_boundary(at);
    at..at + text[at..].chars().next().map_or(0, char::len_utf8)
}
