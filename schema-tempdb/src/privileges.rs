//! Running as root: PostgreSQL refuses to, so its programs run as an unprivileged account.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::error::{Error, IoContext};

const CANDIDATES: [&str; 3] = ["postgres", "_postgres", "nobody"];

/// The account that the server's programs run as, where that is not the current one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// `None` unless the process runs as root.
    pub(crate) fn for_server() -> Result<Option<Self>, Error> {
        static FOUND: OnceLock<Option<Account>> = OnceLock::new();
        if !rustix::process::geteuid().is_root() {
            return Ok(None);
        }
        let found = FOUND.get_or_init(|| CANDIDATES.iter().find_map(|name| Self::named(name)));
        match found {
            Some(account) => Ok(Some(*account)),
            None => Err(Error::Account { tried: CANDIDATES.join(", ") }),
        }
    }

    /// Asks `id` and not `/etc/passwd`, which macOS and directory services do not use.
    fn named(name: &str) -> Option<Self> {
        let number = |flag: &str| {
            let output = Command::new("id").args([flag, name]).output().ok()?;
            let text = String::from_utf8(output.stdout).ok()?;
            // macOS prints the id of `nobody` as -2.
            let signed = || text.trim().parse().ok().map(i32::cast_unsigned);
            text.trim().parse::<u32>().ok().or_else(signed)
        };
        let (uid, gid) = (number("-u")?, number("-g")?);
        Some(Self { uid, gid })
    }

    pub(crate) fn owns(self, uid: u32) -> bool {
        self.uid == uid
    }

    pub(crate) fn give(self, path: &Path) -> Result<(), Error> {
        std::os::unix::fs::chown(path, Some(self.uid), Some(self.gid)).context("give to the server's account", path)
    }
}

/// A command of the server: its account, and an environment in which no `PG*` variable changes what it does.
pub(crate) fn server_command(program: &Path, account: Option<Account>) -> Command {
    // Kept: what finds libraries and locales. Everything else could only make two machines differ.
    const KEPT: [&str; 4] = ["PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LOCALE_ARCHIVE"];
    let mut command = Command::new(program);
    command.env_clear().envs(KEPT.iter().filter_map(|name| Some((*name, std::env::var_os(name)?))));
    // On macOS a server without a locale goes multi-threaded during startup and gives up.
    command.env("LC_ALL", "C").env("TZ", "UTC");
    // The account may not be able to enter the current folder.
    command.current_dir("/");
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

/// Where throw-away folders may go, the best first: `TMPDIR` where it is set, memory where there is plenty, since a cluster
/// is a thousand small files, the system's temporary folder. Left out is where a socket path would not fit, or where
/// the server's account could not go.
pub(crate) fn temporary_folders(account: Option<Account>) -> Vec<PathBuf> {
    // A socket path has 104 bytes on macOS, 108 on Linux; folder and socket name take 40 of them.
    const ROOM: usize = 60;
    let system = std::env::temp_dir();
    // The server's programs run in a folder other than ours.
    let system = std::path::absolute(&system).unwrap_or(system);
    let memory = PathBuf::from("/dev/shm");
    let mut folders = Vec::new();
    if system.as_os_str().len() <= ROOM && (account.is_none() || open_to_all(&system)) {
        folders.push(system);
    }
    if cfg!(target_os = "linux") && open_to_all(&memory) && is_roomy(&memory) {
        let chosen_by_user = std::env::var_os("TMPDIR").is_some();
        folders.insert(if chosen_by_user { folders.len() } else { 0 }, memory);
    }
    folders.push(PathBuf::from("/tmp"));
    folders
}

/// A container has 64 megabytes of it, unless configured otherwise.
fn is_roomy(folder: &Path) -> bool {
    const PLENTY: u64 = 2 << 30;
    rustix::fs::statvfs(folder).is_ok_and(|space| space.f_bavail * space.f_frsize >= PLENTY)
}

fn open_to_all(folder: &Path) -> bool {
    let mode = |path: &Path| path.metadata().map_or(0, |data| data.permissions().mode());
    mode(folder) & 0o003 == 0o003 && folder.ancestors().all(|ancestor| mode(ancestor) & 0o001 != 0)
}

/// The cache: root's own one is closed to the account that must run programs from it.
pub(crate) fn cache_folder() -> PathBuf {
    use etcetera::BaseStrategy as _;
    if let Some(folder) = std::env::var_os("TABLEWRIGHT_CACHE_DIR").filter(|value| !value.is_empty()) {
        return PathBuf::from(folder);
    }
    let base = if rustix::process::geteuid().is_root() {
        PathBuf::from("/var/cache")
    } else {
        etcetera::base_strategy::choose_native_strategy()
            .map_or_else(|_| std::env::temp_dir(), |strategy| strategy.cache_dir())
    };
    base.join("tablewright").join("postgresql")
}
