//! Migration files and `schema.lock`: names, headers, checksums, and how they come to disk.
//!
//! `schema.lock` lies next to `schema.toml`. It holds a checksum of every migration file, both directions, and the schema
//! after the last one. Checksums are over the bytes as they are, since that is what `sqlx` hashes too.

mod acknowledged;
mod checksum;
mod folder;
mod guard;
mod head;
mod header;
mod journal;
mod json;
mod lock;
mod merge;
mod migrate;
mod name;
mod render;
mod seal;
mod shape;
mod squash;
mod standing;
mod statements;
#[cfg(test)]
pub(crate) mod tests;
mod three_way;
mod today;
mod verify;
#[cfg(test)]
mod version_1;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::report::Report;

pub use checksum::checksum;
pub use head::{Before, Head};
pub use header::{Header, Kind, Sentence, Writer};
pub use lock::{Lock, Migration, VERSION};
pub use merge::{Branch, History, Merged, Sides, merge};
pub use migrate::{Outcome, Pending, Request, Written, migrate, needs_date, pending};
pub use name::{Direction, FileName, MAX_NAME_BYTES, check_name, day, number_of, slug};
pub use render::{File, Naming, Rendered, render, steps, way_down, way_up};
pub use seal::seal;
pub use shape::{Shape, Unlike, changed};
pub use squash::{Squashed, squash};
pub use statements::{
    OldRelease, Parameter, Release, STATEMENTS_FILE, Statement, Statements, old_release, record_statements, statements,
    statements_are_current, statements_can_be_read,
};
pub use three_way::Clash;
pub use today::today;
pub use verify::{by_hand, command, dangling, drift, edited, unmigrated, verify};

/// The name of the lock file.
pub const LOCK_FILE: &str = "schema.lock";

pub use crate::ids::{DRIFT, IMMUTABLE, LOCK, NUMBERED, UP_AND_DOWN};

/// Why no migration was written.
#[derive(Debug)]
pub enum Error {
    /// Something is wrong with the existing files.
    Violations(Vec<Report>),
    /// The command cannot be carried out as it was given.
    Refused {
        /// Why.
        message: String,
        /// What to type.
        help: String,
    },
    /// The disk.
    Io(IoError),
}

/// What could not be done to a file.
#[derive(Debug)]
pub struct IoError {
    /// `read`, `write`, `create`.
    pub action: &'static str,
    /// The file.
    pub path: PathBuf,
    /// Why.
    pub source: std::io::Error,
}

impl fmt::Display for IoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} {}: {}", self.action, self.path.display(), self.source)
    }
}

impl std::error::Error for IoError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl From<IoError> for Error {
    fn from(error: IoError) -> Self {
        Self::Io(error)
    }
}

impl IoError {
    fn new(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self { action, path: path.to_owned(), source }
    }
}
