//! Files come to disk whole or not at all, and several of them together: what is to be done is written down first, so that
//! a process that is killed leaves the old state, or a journal that the next command finishes.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::guard;
use super::journal::{self, Changes};
use super::{Error, IoError};
use crate::config::Profile;

/// What the names of temporary files begin and end with.
const TEMPORARY: (&str, &str) = (".schema-", ".tmp");

/// Whoever holds it is the only one that writes migrations of a package.
#[derive(Debug)]
pub(super) struct Guard<'a> {
    package: &'a Path,
    /// The folder of the migrations, seen from the package.
    migrations: &'a Path,
    _held: guard::Guard,
}

impl<'a> Guard<'a> {
    /// Waits until no one else writes, and finishes what a killed process had begun.
    pub(super) fn take(package: &'a Path, profile: &'a Profile) -> Result<Self, Error> {
        let held = guard::Guard::take(package)?;
        let guard = Self { package, migrations: Path::new(&profile.migrations), _held: held };
        guard.recover()?;
        Ok(guard)
    }

    fn recover(&self) -> Result<(), Error> {
        let Some(changes) = journal::read(self.package, self.migrations)? else { return Ok(()) };
        changes.leave_links(self.package)?;
        for (path, text) in &changes.write {
            let path = self.package.join(path);
            // An empty folder does not outlive a checkout.
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(|error| IoError::new("create", folder, error))?;
            }
            beside(&path, text)?.persist(&path).map_err(|error| IoError::new("write", &path, error.error))?;
        }
        for path in &changes.remove {
            remove(&self.package.join(path))?;
        }
        for (path, _) in &changes.write {
            sweep(&self.package.join(path));
        }
        Ok(remove(&self.package.join(journal::FILE))?)
    }

    /// Carries the changes out: all of them, or none where one fails.
    pub(super) fn apply(&self, changes: &Changes) -> Result<(), IoError> {
        changes.leave_links(self.package)?;
        let mut ready = Vec::new();
        for (path, text) in &changes.write {
            let path = self.package.join(path);
            ready.push((beside(&path, text)?, path));
        }
        let journal = self.package.join(journal::FILE);
        // Migrations that a user keeps outside of the package are written as well as can be: a journal that led there
        // would be one that no one may trust.
        if changes.lie_inside(self.package, self.migrations) {
            let text = serde_json::to_string(changes).map_err(|error| IoError::new("write", &journal, error.into()))?;
            beside(&journal, &text)?.persist(&journal).map_err(|error| IoError::new("write", &journal, error.error))?;
            sync(&journal);
        }

        let mut undo: Vec<(PathBuf, Option<Vec<u8>>)> = Vec::new();
        let result = place(ready, &changes.remove, self.package, &mut undo);
        if result.is_err() {
            for (path, before) in undo.into_iter().rev() {
                // The first error is the one to report.
                let _ = match before {
                    Some(bytes) => fs::write(&path, bytes),
                    None => fs::remove_file(&path),
                };
            }
        }
        for (path, _) in &changes.write {
            sync(&self.package.join(path));
        }
        remove(&journal)?;
        result
    }
}

fn place(
    ready: Vec<(NamedTempFile, PathBuf)>,
    gone: &[PathBuf],
    package: &Path,
    undo: &mut Vec<(PathBuf, Option<Vec<u8>>)>,
) -> Result<(), IoError> {
    for (file, path) in ready {
        let before = fs::read(&path).ok();
        file.persist(&path).map_err(|error| IoError::new("write", &path, error.error))?;
        undo.push((path, before));
    }
    for path in gone {
        let path = package.join(path);
        let before = fs::read(&path).ok();
        remove(&path)?;
        undo.extend(before.map(|bytes| (path, Some(bytes))));
    }
    Ok(())
}

/// Finishes what a killed process had begun, where it had begun something.
pub(super) fn recover(package: &Path, profile: &Profile) -> Result<(), Error> {
    // A journal that is not to be trusted is reported before anything is waited for.
    match journal::read(package, Path::new(&profile.migrations))? {
        Some(_) => Guard::take(package, profile).map(drop),
        None => Ok(()),
    }
}

fn remove(path: &Path) -> Result<(), IoError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(IoError::new("remove", path, error)),
        _ => Ok(()),
    }
}

/// Takes away the temporary files that a killed process left next to a file.
fn sweep(path: &Path) {
    let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
    for entry in entries.into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
            // It is in no one's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn sync(path: &Path) {
    // A folder cannot be flushed everywhere; the files are whole without it.
    let _ = path.parent().map(|folder| fs::File::open(folder).and_then(|folder| folder.sync_all()));
}

fn beside(path: &Path, text: &str) -> Result<NamedTempFile, IoError> {
    let error = |error| IoError::new("write", path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that a program creates: the umask takes away what it does.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(error)?;
    file.write_all(text.as_bytes()).map_err(error)?;
    file.as_file().sync_all().map_err(error)?;
    Ok(file)
}
