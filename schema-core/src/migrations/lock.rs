use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::json::Json;
use super::name::stem_parts;
use super::{LOCK, LOCK_FILE};
use crate::diagnostic::Diagnostic;
use crate::plan;
use crate::report::{Location, Report};
use crate::schema::Schema;

/// The version of the format that this program writes, and the only one that it reads.
pub const VERSION: u64 = 1;

/// The words that a value has where nothing else is said.
const DEFAULTS: &[(&str, &str)] =
    &[("kind", "standard"), ("method", "btree"), ("direction", "ascending"), ("storage", "text")];

/// What `schema.lock` holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    version: u64,
    /// The migrations, in order.
    #[serde(default)]
    pub migrations: Vec<Migration>,
    /// The schema after the last of them, as far as a database holds it.
    #[serde(default)]
    pub schema: Schema,
}

/// One migration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Migration {
    /// Its name with its number: `001_create_shop`.
    pub name: String,
    /// The checksum of the way up.
    pub up: String,
    /// The checksum of the way down.
    pub down: String,
}

#[derive(Deserialize)]
struct VersionOnly {
    version: Option<u64>,
}

impl Lock {
    /// A lock of these migrations.
    #[must_use]
    pub fn new(migrations: Vec<Migration>, schema: &Schema) -> Self {
        Self { version: VERSION, migrations, schema: plan::recorded(schema) }
    }

    /// The file's text: the same for the same lock, whatever built the program.
    ///
    /// The error says what does not read back as it was; it would be a mistake of this program.
    pub fn text(&self) -> Result<String, String> {
        let plain = serde_json::to_string(self).map_err(|error| error.to_string())?;
        let mut json: Json = serde_json::from_str(&plain).map_err(|error| error.to_string())?;
        json.prune(DEFAULTS);
        let text = json.pretty() + "\n";
        match serde_json::from_str::<Self>(&text) {
            Ok(read) if read == *self => Ok(text),
            Ok(_) => Err("the lock file would lose a part of the schema".to_owned()),
            Err(error) => Err(format!("the lock file would not read back: {error}")),
        }
    }

    /// Reads the file's text.
    pub fn parse(file: &Path, text: &str) -> Result<Self, Box<Report>> {
        let source: Arc<str> = Arc::from(text);
        let report = |range: Range<usize>, message: String, help: String| {
            let at = if text.is_empty() { Location::whole(file) } else { Location::new(file, &source, range) };
            Box::new(Diagnostic::spanned(LOCK, "", at, message).help(help))
        };
        let back = format!("git checkout -- {LOCK_FILE}");
        if let Some(marker) = conflict(text) {
            return Err(report(
                marker,
                "a merge left both sides here: two branches added a migration".to_owned(),
                format!("take one side ({back}), and write the other branch's migration anew"),
            ));
        }
        let broken = |error: &serde_json::Error| {
            let at = byte_of(text, error.line(), error.column());
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            report(at, format!("this is not what `cargo schema` writes: {message}"), back.clone())
        };
        let version = serde_json::from_str::<VersionOnly>(text).map_err(|error| broken(&error))?.version;
        if version != Some(VERSION) {
            let at = text.find("\"version\"").map_or(0..0, |start| start..start + "\"version\"".len());
            let message = match version {
                Some(version) => format!("the lock file is of version {version}, this program reads version {VERSION}"),
                None => "the lock file does not say its version".to_owned(),
            };
            let help = if version.is_some() { "cargo install schema-cli".to_owned() } else { back };
            return Err(report(at, message, help));
        }
        let lock: Self = serde_json::from_str(text).map_err(|error| broken(&error))?;
        for (index, migration) in lock.migrations.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if !stem_parts(&migration.name).is_ok_and(|(_, found, _)| found == number) {
                let start = text.find(&format!("\"{}\"", migration.name)).unwrap_or(0);
                let range = start..start + migration.name.len() + 2;
                return Err(report(range, format!("this should be migration {number:03}"), back));
            }
        }
        Ok(lock)
    }

    /// The last migration's name.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.migrations.last().map(|migration| migration.name.as_str())
    }
}

/// Where a merge left its mark.
fn conflict(text: &str) -> Option<Range<usize>> {
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
