//! What goes wrong between a command and a server, case by case, and what to do about it.

use std::borrow::Cow;
use std::fmt;

use sqlx::postgres::{PgConnectOptions, PgDatabaseError, PgErrorPosition};

/// Where a connection leads, without its credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The host, or the folder of the socket.
    pub host: String,
    /// The port.
    pub port: u16,
    /// The database.
    pub database: String,
    /// The role.
    pub user: String,
}

impl Address {
    pub(super) fn of(options: &PgConnectOptions) -> Self {
        let user = options.get_username().to_owned();
        let socket = options.get_socket().map(|folder| folder.display().to_string());
        Self {
            host: socket.unwrap_or_else(|| options.get_host().to_owned()),
            port: options.get_port(),
            database: options.get_database().unwrap_or(&user).to_owned(),
            user,
        }
    }

    /// Host and port, or the folder of the socket.
    #[must_use]
    pub fn server(&self) -> String {
        if self.host.starts_with('/') { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database {} at {}", self.database, self.server())
    }
}

/// Why a database could not be used. No message contains a password.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The URL is not one of a PostgreSQL server.
    #[error("this is not the URL of a PostgreSQL database: {problem}")]
    Url {
        /// What is wrong with it, without the URL itself.
        problem: String,
    },
    /// No server answers.
    #[error("no server answers at {}: {source}", address.server())]
    NoServer {
        /// The address that was tried.
        address: Address,
        /// What the system says.
        source: std::io::Error,
    },
    /// The server requires TLS that is not available, or the other way round.
    #[error("no secure connection to {}: {problem}", address.server())]
    Tls {
        /// The server.
        address: Address,
        /// What the library says.
        problem: String,
    },
    /// Wrong password, unknown role, or a line of `pg_hba.conf` that forbids it.
    #[error("{} refuses the role {}: {problem}", address.server(), address.user)]
    Authentication {
        /// The server.
        address: Address,
        /// What the server says.
        problem: String,
    },
    /// The database does not exist.
    #[error("{} has no database {}", address.server(), address.database)]
    NoDatabase {
        /// The server.
        address: Address,
    },
    /// The server is there but accepts no one just now: it starts, stops or is full.
    #[error("{} accepts no connection now: {problem}", address.server())]
    Busy {
        /// The server.
        address: Address,
        /// What the server says.
        problem: String,
    },
    /// The server is older than what the catalog queries know.
    #[error("{} is PostgreSQL {version}, and cargo schema works with {oldest} and newer", address.server())]
    TooOld {
        /// The server.
        address: Address,
        /// Its version.
        version: u32,
        /// The oldest supported version.
        oldest: u32,
    },
    /// A replica, or a session that may only read, where something is to be written.
    #[error("{address} can only be read: {problem}")]
    ReadOnly {
        /// The database.
        address: Address,
        /// How that shows.
        problem: String,
    },
    /// The role may not do it.
    #[error("the role {} may not {doing}: {problem}", address.user)]
    Permission {
        /// The database.
        address: Address,
        /// What was tried.
        doing: Cow<'static, str>,
        /// What the server says.
        problem: String,
    },
    /// A lock or the statement took longer than its timeout.
    #[error("it took too long to {doing}: {problem}")]
    TimedOut {
        /// What was tried.
        doing: Cow<'static, str>,
        /// What the server says.
        problem: String,
    },
    /// The connection broke in the middle.
    #[error("the connection to {} was lost while trying to {doing}: {problem}", address.server())]
    Lost {
        /// The server.
        address: Address,
        /// What was being done.
        doing: Cow<'static, str>,
        /// What is known of it.
        problem: String,
    },
    /// The server refused a statement.
    #[error("cannot {doing}: {problem}")]
    Statement {
        /// What was tried.
        doing: Cow<'static, str>,
        /// SQLSTATE, five characters.
        code: String,
        /// What the server says, with its detail and hint.
        problem: String,
    },
    /// What is there cannot be used: the text says why.
    #[error("{message}")]
    Refused {
        /// What is wrong.
        message: String,
        /// What to do.
        help: String,
    },
    /// Anything else: a reply that cannot be read, the runtime.
    #[error("cannot {doing}: {problem}")]
    Other {
        /// What was tried.
        doing: Cow<'static, str>,
        /// What is known of it.
        problem: String,
    },
}

impl Error {
    /// What to do about it, if anything.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::Url { .. } => "postgres://user:password@host:5432/database".to_owned(),
            Self::NoServer { address, .. } => {
                format!(
                    "is it running, and is {} its address? Try: pg_isready -h {} -p {}",
                    address.server(),
                    address.host,
                    address.port
                )
            }
            Self::Tls { .. } => {
                "sslmode=require asks for TLS without checking the certificate, sslrootcert=FILE names the authority \
                 to check it with, sslmode=disable does without; they come after `?` in the URL"
                    .to_owned()
            }
            Self::Authentication { .. } => {
                "the password may be in the URL (special characters as %40 and the like), in PGPASSWORD or in \
                 ~/.pgpass"
                    .to_owned()
            }
            Self::NoDatabase { address } => format!("createdb {}", address.database),
            Self::Busy { .. } => "try again, or close connections that are not needed".to_owned(),
            Self::TooOld { .. } => "upgrade the server, or name another server".to_owned(),
            Self::ReadOnly { .. } => {
                "name the primary, not a replica; a role may also be set to default_transaction_read_only".to_owned()
            }
            Self::Permission { address, .. } => {
                format!("connect as the owner of the tables, or grant it to {}", address.user)
            }
            Self::TimedOut { .. } => {
                "another session may hold the lock: see pg_stat_activity; then try again".to_owned()
            }
            Self::Lost { .. } => {
                "look at the server's log; what was in a transaction was rolled back, so run the command again"
                    .to_owned()
            }
            Self::Refused { help, .. } => help.clone(),
            Self::Statement { .. } | Self::Other { .. } => return None,
        })
    }

    /// SQLSTATE of a statement that the server refused.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Statement { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Sorts an error that came up on an open connection.
    #[must_use]
    pub fn running(address: &Address, doing: impl Into<Cow<'static, str>>, error: sqlx::Error) -> Self {
        let doing = doing.into();
        let address = address.clone();
        let lost = |problem: String, address, doing| Self::Lost { address, doing, problem };
        match error {
            sqlx::Error::Io(error) => lost(error.to_string(), address, doing),
            // A frame that is cut short by a server that went away.
            sqlx::Error::Protocol(problem) if problem.contains("unexpected") && problem.contains("EOF") => {
                lost(problem, address, doing)
            }
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default().into_owned();
                let problem = explained(error.as_ref());
                match code.as_str() {
                    "42501" => Self::Permission { address, doing, problem },
                    "25006" => Self::ReadOnly { address, problem },
                    "55P03" | "57014" | "25P03" | "25P04" => Self::TimedOut { doing, problem },
                    code if code.starts_with("57P") || code.starts_with("08") => lost(problem, address, doing),
                    _ => Self::Statement { doing, code, problem },
                }
            }
            other => Self::Other { doing, problem: other.to_string() },
        }
    }

    /// Sorts an error that came up while connecting.
    pub(super) fn connecting(address: Address, error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Io(source) => Self::NoServer { address, source },
            sqlx::Error::Tls(problem) => Self::Tls { address, problem: problem.to_string() },
            sqlx::Error::Configuration(problem) => Self::Url { problem: problem.to_string() },
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default().into_owned();
                let problem = explained(error.as_ref());
                match code.as_str() {
                    "28P01" | "28000" => Self::Authentication { address, problem },
                    "3D000" => Self::NoDatabase { address },
                    "42501" => Self::Permission { address, doing: "connect".into(), problem },
                    code if code.starts_with("57P") || code.starts_with("53") => Self::Busy { address, problem },
                    _ => Self::Statement { doing: "connect".into(), code, problem },
                }
            }
            // What sqlx lacks for the method that the server asks for, such as a password.
            sqlx::Error::Protocol(problem) => Self::Authentication { address, problem },
            other => Self::Other { doing: "connect".into(), problem: other.to_string() },
        }
    }
}

/// A message of the server with its detail, hint and place.
fn explained(error: &dyn sqlx::error::DatabaseError) -> String {
    let mut text = error.message().to_owned();
    let Some(error) = error.try_downcast_ref::<PgDatabaseError>() else { return text };
    for more in [error.detail(), error.hint(), error.r#where()].into_iter().flatten() {
        text.push_str("; ");
        text.push_str(&more.replace('\n', " "));
    }
    if let Some(PgErrorPosition::Original(place)) = error.position() {
        text.push_str(&format!(" (at character {place})"));
    }
    text
}
