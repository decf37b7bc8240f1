//! Only one command at a time writes the migrations of a package.
//!
//! A file in the package is locked, so that it holds wherever the package is mounted. It names its holder, and is taken away
//! with it; that of a killed process is locked by nobody, and taken over.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Error, IoError};
use crate::files;

/// The name of the file, next to the lock file.
pub(super) const FILE: &str = ".schema.guard";

/// For how long a command waits for another one. None of them writes for longer than a moment.
const WAIT: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, until it is dropped.
#[derive(Debug)]
pub(super) struct Guard {
    path: PathBuf,
    _file: File,
}

impl Guard {
    /// Waits until no one else writes.
    pub(super) fn take(package: &Path) -> Result<Self, Error> {
        Self::take_within(package, WAIT)
    }

    fn take_within(package: &Path, wait: Duration) -> Result<Self, Error> {
        let path = package.join(FILE);
        let failed = |error| IoError::new("lock", &path, error);
        let ends = Instant::now() + wait;
        loop {
            files::no_link(&path).map_err(failed)?;
            let mut file =
                OpenOptions::new().create(true).read(true).write(true).truncate(false).open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) if is_at(&file, &path) => {
                    file.set_len(0).and_then(|()| file.write_all(holder().as_bytes())).map_err(failed)?;
                    return Ok(Self { path, _file: file });
                }
                // Whoever had it took the file away.
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(failed(error).into()),
            }
            if Instant::now() > ends {
                return Err(held(&mut file));
            }
            sleep(PAUSE);
        }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // While it is still locked: who opened it by then sees that it is gone.
        let _ = fs::remove_file(&self.path);
    }
}

/// Whether the file that was opened is still the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |one: fs::Metadata, other: fs::Metadata| (one.dev(), one.ino()) == (other.dev(), other.ino());
    file.metadata().ok().zip(fs::symlink_metadata(path).ok()).is_some_and(|(one, other)| same(one, other))
}

/// A file that is open cannot be taken away there.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Who writes: pids are those of one machine or container.
fn holder() -> String {
    let machine = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let machine = if machine.is_empty() { String::new() } else { format!(" on {}", machine.trim()) };
    format!("process {}{machine}\n", std::process::id())
}

fn held(file: &mut File) -> Error {
    let mut holder = String::new();
    let read = file.rewind().and_then(|()| file.take(200).read_to_string(&mut holder));
    let holder = match (read, holder.lines().next()) {
        (Ok(_), Some(line)) if !line.is_empty() => line.escape_debug().to_string(),
        _ => "another process".to_owned(),
    };
    Error::Refused {
        message: format!("{holder} writes the migrations of this package"),
        help: format!("wait until it has ended, and run this again; {FILE} goes with it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_waits_and_names_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = Guard::take(folder.path()).unwrap();
        let Err(Error::Refused { message, .. }) = Guard::take_within(folder.path(), PAUSE) else {
            panic!("two at once");
        };
        assert!(message.starts_with(&format!("process {}", std::process::id())), "{message}");
        let package = folder.path().to_owned();
        let second = std::thread::spawn(move || Guard::take(&package).map(drop));
        sleep(PAUSE);
        drop(first);
        second.join().unwrap().unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        // That of a process that was killed is locked by nobody.
        fs::write(folder.path().join(FILE), "process 1 on elsewhere\n").unwrap();
        Guard::take(folder.path()).unwrap();
    }

    #[test]
    fn many_come_one_after_another() {
        let folder = tempfile::tempdir().unwrap();
        let count = folder.path().join("count");
        fs::write(&count, "0").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..20 {
                        let _guard = Guard::take(folder.path()).unwrap();
                        let was: u32 = fs::read_to_string(&count).unwrap().parse().unwrap();
                        fs::write(&count, (was + 1).to_string()).unwrap();
                    }
                });
            }
        });
        assert_eq!(fs::read_to_string(&count).unwrap(), "160");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let victim = other.path().join("victim");
        fs::write(&victim, "mine").unwrap();
        std::os::unix::fs::symlink(&victim, folder.path().join(FILE)).unwrap();
        assert!(matches!(Guard::take(folder.path()), Err(Error::Io(_))));
        assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
    }
}
