//! Where a server may come from, and the search for installed programs.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Tried};
use crate::privileges::{self, Account};

/// The oldest major version that is picked by itself; `PG_BIN` may name an older one.
pub(crate) const OLDEST: u32 = 15;

/// The version of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// `15` of 15.18.
    pub major: u32,
    /// `18` of 15.18; 0 for a development version.
    pub minor: u32,
}

impl Version {
    /// Reads `15.18`, `v26.2.1`, `18beta1` or `19devel`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim_start_matches('v').split('.');
        let number = |part: &str| {
            let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
            part[..digits].parse().ok()
        };
        Some(Self { major: number(parts.next()?)?, minor: parts.next().and_then(number).unwrap_or(0) })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The places where a server is looked for, in the order of the fields.
///
/// [`Server::start`](crate::Server::start) uses [`Search::from_env`] as it is. Change a field to leave a place out,
/// or to look elsewhere.
///
/// ```no_run
/// let mut search = tablewright_tempdb::Search::from_env();
/// search.url = None; // a server of our own, whatever DATABASE_URL says
/// let server = search.start()?;
/// # Ok::<(), tablewright_tempdb::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Search {
    /// A running server in which databases are created: `DATABASE_URL`.
    pub url: Option<String>,
    /// The folder of the programs to use, whatever else is installed: `PG_BIN`.
    pub bin: Option<PathBuf>,
    /// Folders where `postgres` may be, as well as `pip` and `npm`: `PATH`.
    pub path: Vec<PathBuf>,
    /// Folders where packages put the programs: those of Debian and Homebrew that exist here.
    pub packages: Vec<PathBuf>,
    /// Whether a pinned build may be downloaded; a build that is in the cache is used in any case.
    /// Off where `TABLEWRIGHT_OFFLINE` is set to anything but `0`.
    pub download: bool,
    /// Where cluster templates and downloaded builds are kept: `TABLEWRIGHT_CACHE_DIR`, or a folder in the
    /// user's cache. For root it must be open to the account that the server runs as.
    pub cache: PathBuf,
}

impl Search {
    /// What the environment says.
    #[must_use]
    pub fn from_env() -> Self {
        let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            url: text("DATABASE_URL"),
            bin: text("PG_BIN").map(PathBuf::from),
            path: std::env::var_os("PATH").map_or_else(Vec::new, |path| std::env::split_paths(&path).collect()),
            packages: package_folders(),
            download: text("TABLEWRIGHT_OFFLINE").is_none_or(|value| value == "0"),
            cache: privileges::cache_folder(),
        }
    }

    /// The first file of this name in `path`.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        self.path.iter().map(|folder| folder.join(name)).find(|file| file.is_file())
    }
}

fn package_folders() -> Vec<PathBuf> {
    const PLACES: [(&str, &str); 5] = [
        ("/usr/lib/postgresql", ""),
        ("/opt/homebrew/opt", "postgresql"),
        ("/usr/local/opt", "postgresql"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql"),
        ("/Applications/Postgres.app/Contents/Versions", ""),
    ];
    let mut found = Vec::new();
    for (parent, prefix) in PLACES {
        let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
        let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix));
        found.extend(named.map(|entry| entry.path().join("bin")).filter(|bin| bin.join("postgres").is_file()));
    }
    found
}

/// The programs of one server version.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    pub(crate) bin: PathBuf,
    pub(crate) version: Version,
    /// All that `postgres --version` says: builds of one version differ.
    pub(crate) description: String,
}

impl Programs {
    /// Checks the folder by running its `postgres`, as the account that will run the server.
    pub(crate) fn probe(folder: &Path, account: Option<Account>) -> Result<Self, String> {
        // PATH often has a link to only the program; `initdb` and the libraries are next to its target.
        let postgres = folder.join("postgres");
        let postgres =
            postgres.canonicalize().map_err(|error| format!("{} cannot be used: {error}", postgres.display()))?;
        let bin = postgres.parent().unwrap_or(folder).to_owned();
        if !bin.join("initdb").is_file() {
            return Err(format!("{} has no `initdb`", bin.display()));
        }
        let output = privileges::server_command(&postgres, account)
            .arg("--version")
            .output()
            .map_err(|error| format!("{} does not run: {error}", postgres.display()))?;
        let description = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let version = description.split_whitespace().nth(2).and_then(Version::parse);
        match version {
            Some(version) if output.status.success() => Ok(Self { bin, version, description }),
            _ => Err(format!(
                "{} --version failed ({}): {}",
                postgres.display(),
                output.status,
                String::from_utf8_lossy(&output.stderr).trim()
            )),
        }
    }
}

/// The newest installed programs; `PG_BIN` wins outright, and is an error where it does not work.
pub(crate) fn installed(
    search: &Search,
    account: Option<Account>,
    tried: &mut Tried,
) -> Result<Option<Programs>, Error> {
    if let Some(bin) = &search.bin {
        let bin_error = |reason| Error::Bin { bin: bin.clone(), reason };
        return Programs::probe(bin, account).map(Some).map_err(bin_error);
    }
    tried.note("PG_BIN", "not set");
    let mut found: Vec<Programs> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    for folder in search.path.iter().chain(&search.packages) {
        // PATH often links to a folder of packages, and each probe runs a program.
        match folder.join("postgres").canonicalize() {
            Ok(program) if program.is_file() && !seen.contains(&program) => seen.push(program),
            _ => continue,
        }
        match Programs::probe(folder, account) {
            Ok(programs) if programs.version.major < OLDEST => {
                tried.note(
                    &folder.display().to_string(),
                    format!("PostgreSQL {}, older than {OLDEST}", programs.version),
                );
            }
            Ok(programs) => found.push(programs),
            Err(reason) => tried.note(&folder.display().to_string(), reason),
        }
    }
    // The first of equals stays: PATH comes before the folders of packages.
    let newest = found.into_iter().reduce(|best, next| if next.version > best.version { next } else { best });
    if newest.is_none() {
        tried.note("PATH and the folders of Debian's and Homebrew's packages", "no usable `postgres`");
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn versions_are_read_and_ordered() {
        let version = |text| Version::parse(text).expect(text);
        assert_eq!(version("15.18"), Version { major: 15, minor: 18 });
        assert_eq!(version("19devel"), Version { major: 19, minor: 0 });
        assert_eq!(version("v26.2.1"), Version { major: 26, minor: 2 });
        assert!(version("18.0") > version("15.18"));
        assert!(Version::parse("devel").is_none());
    }
}
