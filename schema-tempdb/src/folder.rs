//! The throw-away folder of a cluster, and the sweep of folders whose process is dead.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::error::{Error, IoContext};
use crate::privileges::{self, Account};

const PREFIX: &str = "tablewright-pg-";
const LOCK: &str = "owner.lock";

/// A folder that lives as long as its owner: the owner holds a lock in it, which the system frees whatever
/// way the owner ends.
pub(crate) struct Folder {
    path: PathBuf,
    _lock: File,
}

impl Folder {
    pub(crate) fn create(account: Option<Account>) -> Result<Self, Error> {
        let parents = privileges::temporary_folders(account);
        for parent in &parents {
            sweep(parent, account);
        }
        let parent = &parents[0];
        let new = tempfile::Builder::new()
            .prefix(".tablewright-new-")
            .permissions(fs::Permissions::from_mode(0o700))
            .tempdir_in(parent)
            .context("create a temporary folder in", parent)?;
        let lock_path = new.path().join(LOCK);
        let lock = File::create(&lock_path).context("create", &lock_path)?;
        lock.lock().context("lock", &lock_path)?;
        if let Some(account) = account {
            account.give(new.path())?;
        }
        // Named last: a sweep that sees the name also sees that the lock is held.
        let unique = new.path().to_string_lossy().rsplit('-').next().unwrap_or_default().to_owned();
        let path = parent.join(format!("{PREFIX}{unique}"));
        fs::rename(new.path(), &path).context("name the folder", &path)?;
        let _ = new.keep();
        Ok(Self { path, _lock: lock })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.path.join("server.log")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

/// Best effort: the watchdog may be removing the same folder, and what stays is swept at the next start.
fn remove(folder: &Path) {
    for _ in 0..3 {
        if fs::remove_dir_all(folder).map_or_else(|error| error.kind() == io::ErrorKind::NotFound, |()| true) {
            return;
        }
    }
}

/// Removes the folders of dead processes; the watchdog has usually done it, unless it was killed as well.
fn sweep(parent: &Path, account: Option<Account>) {
    let me = rustix::process::geteuid().as_raw();
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let folder = entry.path();
        // Not another account's folder, and not a link: anyone may write names into a temporary folder.
        let ours = folder.symlink_metadata().is_ok_and(|data| {
            data.is_dir() && (data.uid() == me || account.is_some_and(|account| account.owns(data.uid())))
        });
        if ours && is_abandoned(&folder.join(LOCK)) {
            stop_orphan(&folder);
            remove(&folder);
        }
    }
}

fn is_abandoned(lock: &Path) -> bool {
    match File::open(lock).map(|file| file.try_lock()) {
        Ok(Ok(())) => true,
        Ok(Err(TryLockError::WouldBlock | TryLockError::Error(_))) => false,
        // Half removed by a watchdog that was killed.
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// Stops the server of an abandoned folder. Its process id may belong to another program by now, so the command line
/// has to name the folder; where that cannot be read, the server stops by itself once it misses its folder.
fn stop_orphan(folder: &Path) {
    let Some(pid) = fs::read_to_string(folder.join("data/postmaster.pid"))
        .ok()
        .and_then(|text| text.lines().next()?.trim().parse::<i32>().ok())
    else {
        return;
    };
    let command_line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    if String::from_utf8_lossy(&command_line).contains(&*folder.to_string_lossy())
        && let Some(pid) = rustix::process::Pid::from_raw(pid)
    {
        let _ = rustix::process::kill_process(pid, rustix::process::Signal::QUIT);
    }
}

#[cfg(test)]
mod tests {
    use super::{Folder, LOCK, PREFIX};
    use crate::privileges::{self, Account};

    #[test]
    fn the_folder_of_a_dead_process_is_swept_and_a_live_one_stays() {
        let account = Account::for_server().unwrap();
        let live = Folder::create(account).unwrap();
        let stale = privileges::temporary_folders(account)[0].join(format!("{PREFIX}stale{}", std::process::id()));
        std::fs::create_dir(&stale).unwrap();
        std::fs::write(stale.join(LOCK), "").unwrap();

        let next = Folder::create(account).unwrap();

        assert!(!stale.exists());
        assert!(live.path().exists());
        assert!(next.path().exists());
    }
}
