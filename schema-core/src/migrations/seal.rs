//! Seals migrations.

use std::path::{Path, PathBuf};

use super::journal::Changes;
use super::migrate::lock_text;
use super::verify::examine;
use super::write::Guard;
use super::{Error, IoError, LOCK_FILE, Migration, checksum};
use crate::config::Profile;
use crate::files;

/// Freezes the migrations that are not sealed, with what their files hold now. Their names come back.
pub fn seal(package: &Path, profile: &Profile) -> Result<Vec<String>, Error> {
    let guard = Guard::take(package, profile)?;
    let found = examine(package, profile)?;
    let reports: Vec<_> = found.reports.into_iter().chain(found.missing).collect();
    if !reports.is_empty() {
        return Err(Error::Violations(reports));
    }
    let Some(mut lock) = found.lock else {
        return Err(Error::Refused {
            message: "there is no migration to seal".to_owned(),
            help: "cargo schema migrate NAME".to_owned(),
        });
    };
    let folder = package.join(&profile.migrations);
    let mut sealed = Vec::new();
    for migration in lock.migrations.iter_mut().filter(|migration| !migration.sealed) {
        let checksums: Vec<String> =
            migration.files().map(|(name, _)| of_file(&folder.join(name))).collect::<Result<_, _>>()?;
        let edited = checksums.first() != Some(&migration.up) || checksums.get(1) != migration.down.as_ref();
        let mut checksums = checksums.into_iter();
        *migration = Migration {
            name: migration.name.clone(),
            up: checksums.next().unwrap_or_default(),
            down: checksums.next(),
            sealed: true,
            by_hand: migration.by_hand || edited,
            tables: migration.tables.clone(),
        };
        sealed.push(migration.name.clone());
    }
    if sealed.is_empty() {
        return Ok(sealed);
    }
    lock.head = None;
    guard.apply(&Changes { write: vec![(PathBuf::from(LOCK_FILE), lock_text(&lock)?)], remove: Vec::new() })?;
    Ok(sealed)
}

fn of_file(path: &Path) -> Result<String, IoError> {
    let bytes = files::read(path).map_err(|error| IoError::new("read", path, error))?;
    Ok(checksum(&bytes))
}
