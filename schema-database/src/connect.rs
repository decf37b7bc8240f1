//! Opening a connection, and saying why there is none.

use std::future::Future;
use std::io;
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};

use super::{Address, Error};

/// The oldest major version whose catalog is known.
pub const OLDEST: u32 = 13;

/// A running server answers sooner.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reading: a replica is enough.
    Read,
    /// Writing: a replica is refused at once.
    Write,
}

/// An open connection, and what is known of the server behind it.
#[derive(Debug)]
pub struct Connection {
    inner: PgConnection,
    address: Address,
    version: u32,
    cockroach: bool,
}

impl Connection {
    /// The connection, to run statements on.
    pub fn sql(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Where it leads, without its credentials.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The major version of PostgreSQL, or the one that CockroachDB claims.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Whether the server is CockroachDB.
    #[must_use]
    pub fn is_cockroach(&self) -> bool {
        self.cockroach
    }

    /// Ends the connection as the protocol requires.
    pub async fn close(self) {
        // Everything requested is done by now; a server that went away loses nothing.
        let _ = self.inner.close().await;
    }

    /// The cause of an error on this connection, sorted.
    pub fn failed(&self, doing: &'static str) -> impl FnOnce(sqlx::Error) -> Error + use<> {
        let address = self.address.clone();
        move |error| Error::running(&address, doing, error)
    }
}

/// Connects to the database of a URL.
///
/// # Errors
/// No server, a role or database that is refused, a server older than [`OLDEST`], and for [`Access::Write`] a server that
/// can only be read.
pub async fn connect(url: &str, access: Access) -> Result<Connection, Error> {
    let options = options(url)?;
    let address = Address::of(&options);
    let silence =
        || io::Error::new(io::ErrorKind::TimedOut, format!("no answer within {} seconds", PATIENCE.as_secs()));
    let inner = match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await {
        Ok(connected) => connected.map_err(|error| Error::connecting(address.clone(), error))?,
        Err(_) => return Err(Error::NoServer { address, source: silence() }),
    };
    let mut connection = Connection { inner, address, version: 0, cockroach: false };
    connection.learn(access).await?;
    Ok(connection)
}

/// Runs a command's work on a runtime of this thread.
///
/// # Errors
/// Those of the work, and a runtime that the system refuses.
pub fn run<T, E: From<Error>>(work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| Error::Other { doing: "start a runtime".into(), problem: error.to_string() })?;
    let result = runtime.block_on(work);
    // A look-up of a host that never ends would hold up what has ended.
    runtime.shutdown_background();
    result
}

#[expect(clippy::result_large_err, reason = "an error ends the command")]
fn options(url: &str) -> Result<PgConnectOptions, Error> {
    let refused = |problem: &str| Error::Url { problem: problem.to_owned() };
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(refused("it does not begin with postgres://"));
    }
    let options = PgConnectOptions::from_str(url).map_err(|error| match error {
        // The text of other errors could quote the URL.
        sqlx::Error::Configuration(problem) => refused(&problem.to_string()),
        _ => refused("it cannot be read"),
    })?;
    Ok(options.application_name("cargo-schema").disable_statement_logging())
}

impl Connection {
    /// What the server is, and whether it can be used.
    async fn learn(&mut self, access: Access) -> Result<(), Error> {
        let failed = self.failed("ask for the version");
        let facts = "SELECT current_setting('server_version_num')::int4 / 10000, version() LIKE 'CockroachDB%', \
                     current_setting('transaction_read_only') = 'on'";
        let row = sqlx::raw_sql(facts).fetch_one(&mut self.inner).await.map_err(failed)?;
        let read = |error| Error::running(&self.address, "ask for the version", error);
        let version: i32 = row.try_get(0).map_err(read)?;
        self.cockroach = row.try_get(1).map_err(read)?;
        let read_only: bool = row.try_get(2).map_err(read)?;
        self.version = version.unsigned_abs();
        if self.version < OLDEST {
            return Err(Error::TooOld { address: self.address.clone(), version: self.version, oldest: OLDEST });
        }
        if access == Access::Write && read_only {
            let problem = if self.in_recovery().await? {
                "it is a replica, which follows its primary"
            } else {
                "its sessions are read-only (default_transaction_read_only)"
            };
            return Err(Error::ReadOnly { address: self.address.clone(), problem: problem.to_owned() });
        }
        Ok(())
    }

    async fn in_recovery(&mut self) -> Result<bool, Error> {
        if self.cockroach {
            return Ok(false);
        }
        let failed = self.failed("ask whether it is a replica");
        sqlx::query_scalar("SELECT pg_is_in_recovery()").fetch_one(&mut self.inner).await.map_err(failed)
    }
}
