//! What stops a runner.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tablewright_core::migrations::Unlike;

use super::state::State;
use super::underway::HalfDone;
use super::watch::Blocker;
use crate::Error;

/// Why the runner stopped. Everything that ran is recorded; a second run continues where it stopped.
#[derive(Debug)]
pub enum Failed {
    /// The folder cannot be read.
    Files {
        /// The folder.
        folder: PathBuf,
        /// Why.
        message: String,
    },
    /// The database could not be reached, does not fit, or refused a statement of the runner's own.
    Database(Box<Error>),
    /// A statement of a file failed.
    Statement {
        /// The file.
        file: PathBuf,
        /// The line at which the server stumbled, from 1.
        line: Option<usize>,
        /// What the server said.
        error: Box<sqlx::Error>,
        /// What is left of the file.
        state: State,
    },
    /// The table says that a migration was not finished, and this runner did not write that.
    Dirty {
        /// The migration.
        name: String,
        /// Its number.
        version: i64,
    },
    /// The table holds a migration that the folder does not have.
    Missing {
        /// Its number.
        version: i64,
        /// Its words.
        description: String,
    },
    /// The table has a different file from the folder's.
    Changed {
        /// The migration.
        name: String,
    },
    /// A file ran under another number than it has now: it is known by its checksum.
    Renumbered {
        /// The migration, as it is called now.
        name: String,
        /// The number under which it ran.
        version: i64,
        /// The last migration that the table and the folder have in common.
        last: i64,
    },
    /// Part of the file ran, and then the file was changed.
    ChangedUnderway {
        /// The migration.
        name: String,
        /// Its number.
        version: i64,
        /// How many statements of it ran.
        done: usize,
    },
    /// Part of a file ran that the folder does not have.
    UnderwayWithoutFile {
        /// Its number.
        version: i64,
        /// How many statements of it ran.
        done: usize,
    },
    /// A way down was started, and only a revert finishes it.
    RevertUnderway(Box<HalfDone>),
    /// The address leads through a pooler that gives each transaction whichever session is free, and two connections the same.
    Pooled,
    /// Another runner was active the whole time.
    Busy {
        /// For how long.
        waited: Duration,
        /// Who, if the server says.
        holder: Option<Blocker>,
    },
    /// A lock could not be taken within the allowed time.
    Blocked {
        /// The file.
        file: PathBuf,
        /// How long it was tried.
        waited: Duration,
        /// How often.
        attempts: u32,
        /// Who was seen blocking it.
        blockers: Vec<Blocker>,
    },
    /// A statement only waited, for as long as allowed, and was ended.
    Stuck {
        /// The file.
        file: PathBuf,
        /// For how long.
        waited: Duration,
        /// For what, in the server's words.
        event: String,
        /// Who was seen blocking it.
        blockers: Vec<Blocker>,
    },
    /// The server did not answer.
    Unanswered {
        /// Whether there was a signal.
        interrupted: bool,
    },
    /// There is an index of that name, but a different one.
    OtherIndex {
        /// The file.
        file: PathBuf,
        /// The index.
        index: String,
        /// What is there.
        found: String,
        /// What the file says.
        wanted: String,
    },
    /// Something else has the name of an index.
    NameTaken {
        /// The file.
        file: PathBuf,
        /// The index as the file names it.
        index: String,
    },
    /// There is no way down.
    NoWayDown {
        /// The migration.
        name: String,
    },
    /// A way down loses rows.
    Loses {
        /// Each migration, and what its way down loses.
        losses: Vec<(String, String)>,
    },
    /// `--to` names no migration.
    NoSuchVersion {
        /// The number.
        version: i64,
        /// The last migration that the database has.
        last: Option<String>,
    },
    /// Files have statements that this runner does not run.
    Refused {
        /// Each of them.
        found: Vec<Refused>,
    },
    /// Policies hide rows from the role that files must see.
    HiddenRows {
        /// The role.
        role: String,
        /// What is hidden from whom.
        hidden: Vec<Hidden>,
    },
    /// Tables are not what the last migration left.
    Drifted {
        /// The words of that migration.
        after: String,
        /// Each difference.
        tables: Vec<Drifted>,
    },
    /// Rows would stop files that are to run.
    InTheWay {
        /// Which rows, and of which file.
        found: Vec<InTheWay>,
    },
    /// The lease went to another runner.
    LeaseLost,
    /// A signal.
    Interrupted {
        /// The migration that was running.
        name: Option<String>,
    },
}

/// A statement that is not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file.
    pub file: PathBuf,
    /// Its line, from 1.
    pub line: usize,
    /// What it would do.
    pub what: String,
    /// What to write instead.
    pub help: &'static str,
}

/// A table whose policies hide rows from a file that must see every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The first migration that reads the table.
    pub file: String,
    /// The table.
    pub table: String,
}

/// How a table is not what the last migration left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drifted {
    /// The table.
    pub table: String,
    /// The difference.
    pub unlike: Unlike,
}

/// Rows that would stop a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InTheWay {
    /// The migration.
    pub file: String,
    /// What is wrong with them.
    pub what: String,
    /// The first of them.
    pub which: String,
    /// What to do, with the query that finds all of them.
    pub cure: String,
}

impl std::error::Error for Failed {}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Database(Box::new(error))
    }
}

impl Failed {
    /// How what the database records and the files do not fit each other.
    fn of_record(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dirty { name, .. } => write!(
                f,
                "_sqlx_migrations says that {name} was started but not finished, by a runner other than this one"
            ),
            Self::Missing { version, description } => write!(
                f,
                "the database has migration {version:03} ({description}), and there is no file with that number here"
            ),
            Self::Changed { name } => {
                write!(f, "{name}.up.sql is not the file that ran in this database: the checksums differ")
            }
            Self::Renumbered { name, version, .. } => {
                write!(
                    f,
                    "what is {name} now ran in this database as {version:03}, before a merge gave it another number"
                )
            }
            Self::UnderwayWithoutFile { version, .. } => write!(
                f,
                "a part of migration {version:03} ran in this database, and there is no file with that number here; nothing was run"
            ),
            Self::ChangedUnderway { name, .. } => {
                write!(f, "a part of {name} ran in this database, and then the file was changed")
            }
            Self::RevertUnderway(half) => {
                let loses = half.loses.iter().map(|loses| format!("finishing it loses: {loses}"));
                listed(f, &format!("{half}; nothing was run"), loses)
            }
            Self::NoSuchVersion { version, last } => match last {
                Some(last) => write!(f, "there is no migration {version:03}; the last that the database has is {last}"),
                None => write!(f, "there is no migration {version:03}; the database has none"),
            },
            // What has nothing to do with the record is told where this is called.
            _ => Ok(()),
        }
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Files { folder, message } => write!(f, "cannot read {}: {message}", folder.display()),
            Self::Database(error) => error.fmt(f),
            Self::Statement { file, line, error, state } => {
                let line = line.map(|line| format!(":{line}")).unwrap_or_default();
                write!(f, "{}{line}: {}; {state}", file.display(), told(error))
            }
            Self::Dirty { .. }
            | Self::Missing { .. }
            | Self::Changed { .. }
            | Self::Renumbered { .. }
            | Self::ChangedUnderway { .. }
            | Self::UnderwayWithoutFile { .. }
            | Self::NoSuchVersion { .. }
            | Self::RevertUnderway(_) => self.of_record(f),
            Self::Pooled => f.write_str(
                "a pooler gives each transaction here whichever session is free (PgBouncer's pool_mode = transaction), and \
                 the lock that keeps other runners away belongs to one session; nothing was run",
            ),
            Self::Busy { waited, holder } => {
                let holder = holder.as_ref().map_or_else(String::new, |holder| format!(": {holder}"));
                write!(f, "another runner was active for all of {}{holder}; nothing was run", seconds(*waited))
            }
            Self::Blocked { file, waited, attempts, blockers } => {
                let waited = seconds(*waited);
                let what = format!(
                    "a lock could not be taken, {attempts} times in {waited}; nothing of this file is left behind"
                );
                blocked(f, file, &what, blockers)
            }
            Self::Stuck { file, waited, event, blockers } => {
                let waited = seconds(*waited);
                let what = format!(
                    "a statement did nothing but wait for {waited} ({event}), and was ended; what was done before is recorded"
                );
                blocked(f, file, &what, blockers)
            }
            Self::Unanswered { interrupted } => {
                let who = if *interrupted { "interrupted, and the server" } else { "the server" };
                write!(f, "{who} does not answer: what was running may have been done or not")
            }
            Self::OtherIndex { file, index, found, wanted } => write!(
                f,
                "{}: there is already an index {index}, and it is different\nfound:  {found}\nwanted: {wanted}",
                file.display()
            ),
            Self::NameTaken { file, index } => {
                let file = file.display();
                write!(
                    f,
                    "{file}: {index} is the name of something else than an index of this table, so nothing can be built"
                )
            }
            Self::NoWayDown { name } => write!(f, "{name} has no way down: {name}.down.sql is missing"),
            Self::Loses { losses } => {
                let losses = losses.iter().map(|(name, loss)| format!("{name}: {loss}"));
                listed(f, "reverting this loses what cannot be restored", losses)
            }
            Self::Refused { found } => {
                let found = found.iter().map(|it| format!("{}:{}: {}", it.file.display(), it.line, it.what));
                listed(f, "some statements cannot be run so that what is recorded is true; nothing was run", found)
            }
            Self::HiddenRows { role, hidden } => {
                let hidden = hidden.iter().map(|it| format!("{}: {} must see every row", it.table, it.file));
                listed(f, &format!("row-level security hides rows from the role {role}; nothing was run"), hidden)
            }
            Self::Drifted { after, tables } => {
                let tables = tables.iter().map(|it| format!("{}: {}", it.table, it.unlike));
                listed(
                    f,
                    &format!("the database is not what its last migration left ({after}); nothing was run"),
                    tables,
                )
            }
            Self::InTheWay { found } => {
                let found = found.iter().map(|it| format!("{}: {}\n    {}", it.file, it.what, it.which));
                listed(f, "rows are in the way of what is to run; nothing was run, and nothing was locked", found)
            }
            Self::LeaseLost => f.write_str("the migration lease of this run ended and another runner has it"),
            Self::Interrupted { name } => interrupted(f, name.as_deref()),
        }
    }
}

/// What is wrong, and a line for each thing that is.
fn listed(f: &mut fmt::Formatter<'_>, what: &str, mut lines: impl Iterator<Item = String>) -> fmt::Result {
    f.write_str(what)?;
    lines.try_for_each(|line| write!(f, "\n{line}"))
}

fn interrupted(f: &mut fmt::Formatter<'_>, name: Option<&str>) -> fmt::Result {
    match name {
        Some(name) => write!(f, "interrupted in {name}: its statement was cancelled, what was done before is recorded"),
        None => f.write_str("interrupted"),
    }
}

fn blocked(f: &mut fmt::Formatter<'_>, file: &Path, what: &str, blockers: &[Blocker]) -> fmt::Result {
    let blockers = blockers.iter().map(|blocker| format!("blocked by: {blocker}"));
    listed(f, &format!("{}: {what}", file.display()), blockers)
}

/// An error of sqlx in the server's own words, with its code.
pub(crate) fn told(error: &sqlx::Error) -> String {
    let Some(database) = error.as_database_error() else {
        return match error {
            sqlx::Error::Io(error) => format!("the connection was lost ({error})"),
            other => other.to_string(),
        };
    };
    let mut text = database.message().to_owned();
    if let Some(postgres) = database.try_downcast_ref::<sqlx::postgres::PgDatabaseError>()
        && let Some(detail) = postgres.detail()
    {
        text.push_str(" (");
        text.push_str(detail.trim_end_matches('.'));
        text.push(')');
    }
    if let Some(code) = database.code() {
        text.push_str(&format!(" [{code}]"));
    }
    text
}

/// A length of time for people: `0.4 s`, `3 min 20 s`.
#[must_use]
pub fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    match whole {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..120 => format!("{whole} s"),
        120..7200 => format!("{} min {} s", whole / 60, whole % 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}
