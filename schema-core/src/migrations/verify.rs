//! The folder compared with the lock.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::checksum::{checksum, differs_in_line_endings};
use super::lock::{BACK, after_a_merge};
use super::name::Direction;
use super::three_way::Clash;
use super::{DRIFT, Error, FileName, IMMUTABLE, IoError, LOCK, LOCK_FILE, Lock, Migration, folder, standing, write};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::diff::{self, Difference};
use crate::files;
use crate::parse::scan::Scan;
use crate::place::Place;
use crate::report::{Location, Report, shown};

/// Reads the lock file of a package, and compares the migrations folder with it. `None` where there is neither.
///
/// A migration that is not sealed may be edited; every other difference is an error. What a killed process left half
/// done is finished first.
pub fn verify(package: &Path, profile: &Profile) -> Result<Option<Lock>, Error> {
    let Examined { lock, mut reports, missing, .. } = examine(package, profile)?;
    reports.extend(missing);
    if reports.is_empty() { Ok(lock) } else { Err(Error::Violations(reports)) }
}

/// The files of migrations that are not sealed, were written by this program, and have been edited since.
pub fn edited(package: &Path, profile: &Profile) -> Result<Vec<PathBuf>, Error> {
    Ok(examine(package, profile)?.edited)
}

/// The names of the migrations whose statements a person wrote, or edited since.
#[must_use]
pub fn by_hand(package: &Path, profile: &Profile, lock: &Lock) -> BTreeSet<String> {
    let edited = edited(package, profile).unwrap_or_default();
    let folder = package.join(&profile.migrations);
    let of_a_person = |migration: &&Migration| {
        migration.by_hand || migration.files().next().is_some_and(|(file, ..)| edited.contains(&folder.join(file)))
    };
    lock.migrations.iter().filter(of_a_person).map(|migration| migration.name.clone()).collect()
}

/// The lock, and how the folder differs from it.
#[derive(Default)]
pub(super) struct Examined {
    pub(super) lock: Option<Lock>,
    pub(super) reports: Vec<Report>,
    /// Files of migrations that are not sealed, and that do not exist.
    pub(super) missing: Vec<Report>,
    /// Files of migrations that are not sealed, and that were edited.
    pub(super) edited: Vec<PathBuf>,
}

pub(super) fn examine(package: &Path, profile: &Profile) -> Result<Examined, Error> {
    write::recover(package, profile)?;
    let folder_path = package.join(&profile.migrations);
    let folder = folder::list(&folder_path)?;
    let mut found = Examined { reports: folder.reports.clone(), ..Examined::default() };
    let lock_file = package.join(LOCK_FILE);
    let bytes = files::if_there(files::read(&lock_file)).map_err(|error| IoError::new("read", &lock_file, error))?;
    let Some(bytes) = bytes else {
        found.reports.extend(folder.problems(package, &[]));
        if let Some(path) = folder.files.values().next() {
            let message = format!("there are migrations and no {LOCK_FILE}");
            let report = Diagnostic::spanned(LOCK, "", Location::whole(path), message);
            found.reports.push(report.help(format!("git checkout -- {LOCK_FILE}")));
        }
        return Ok(found);
    };
    let lock = match read_lock(&lock_file, bytes) {
        Ok(lock) => lock,
        Err((report, merged)) => {
            // What a merge left twice is reported because of the marks in the lock.
            if !merged {
                found.reports.extend(folder.problems(package, &[]));
            }
            found.reports.push(*report);
            return Ok(found);
        }
    };
    // What the lock does not know is reported as that, and not for its number as well.
    let mut apart: Vec<FileName> = Vec::new();
    for (name, path) in &folder.files {
        let known = lock.migrations.iter().find(|migration| migration.name == name.migration());
        if known.is_none_or(|migration| !migration.sealed) {
            apart.push(name.clone());
        }
        if known.is_none() {
            let message = format!("{LOCK_FILE} does not know {name}");
            let help = "a migration that is written by hand begins with `cargo schema migrate NAME --empty`: move the file away, and \
                        its statements into that; or put the lock file back";
            found.reports.push(Diagnostic::spanned(LOCK, "", Location::whole(path), message).help(after_a_merge(help)));
        }
    }
    found.reports.extend(folder.problems(package, &apart));
    for migration in &lock.migrations {
        for (file, recorded) in migration.files() {
            let path = folder_path.join(file);
            match state(&path, recorded)? {
                State::Same => {}
                State::Gone if migration.sealed => found.reports.extend(gone(&path, package)),
                State::Gone => found.missing.push(gone_unsealed(&path)),
                State::Edited(_) if !migration.sealed => {
                    if !migration.by_hand {
                        found.edited.push(path);
                    }
                }
                State::Edited(ends) => found.reports.push(touched(&path, package, ends)),
            }
        }
    }
    found.lock = Some(lock);
    Ok(found)
}

/// The lock, or what is wrong with it and whether that is a merge.
fn read_lock(file: &Path, bytes: Vec<u8>) -> Result<Lock, (Box<Report>, bool)> {
    let text = String::from_utf8(bytes).map_err(|_| {
        let report = Diagnostic::spanned(LOCK, "", Location::whole(file), "the lock file is not UTF-8");
        (Box::new(report.help(format!("git checkout -- {LOCK_FILE}"))), false)
    })?;
    Lock::parse(file, &text).map_err(|report| (report, super::lock::conflict(&text).is_some()))
}

/// How a file is, seen from its recorded checksum.
enum State {
    Same,
    Gone,
    /// Whether only the line endings differ.
    Edited(bool),
}

fn state(path: &Path, recorded: &str) -> Result<State, IoError> {
    let bytes = files::if_there(files::read(path)).map_err(|error| IoError::new("read", path, error))?;
    Ok(match bytes {
        Some(bytes) if checksum(&bytes) == *recorded => State::Same,
        Some(bytes) => State::Edited(differs_in_line_endings(&bytes, recorded)),
        None => State::Gone,
    })
}

fn touched(path: &Path, package: &Path, line_endings: bool) -> Report {
    let back = format!("git checkout -- {}", shown(path, package).display());
    let (message, help) = if line_endings {
        (
            "only the line endings of this file changed, but sqlx sees another file".to_owned(),
            format!("write `*.sql text eol=lf` into .gitattributes, then: {back}"),
        )
    } else {
        (
            format!("this file is not what {LOCK_FILE} records: a sealed migration is never changed"),
            after_a_merge(&format!(
                "{back}    what is to be different is a migration of its own: cargo schema migrate NAME"
            )),
        )
    };
    Diagnostic::spanned(IMMUTABLE, "", Location::whole(path), message).help(help)
}

fn gone(path: &Path, package: &Path) -> Option<Report> {
    // A missing direction is already reported for the folder.
    if other_direction(path).is_some_and(|other| other.exists()) {
        return None;
    }
    let message = format!("this file is missing, {LOCK_FILE} records it");
    let back = format!("git checkout -- {}", shown(path, package).display());
    Some(Diagnostic::spanned(IMMUTABLE, "", Location::whole(path), message).help(after_a_merge(&back)))
}

fn gone_unsealed(path: &Path) -> Report {
    let message = format!("this file is missing, {LOCK_FILE} records it; it is not sealed yet");
    Diagnostic::spanned(IMMUTABLE, "", Location::whole(path), message).help("cargo schema migrate    rewrites it")
}

fn other_direction(path: &Path) -> Option<PathBuf> {
    let name = FileName::parse(path.file_name()?.to_str()?).ok()?;
    let direction = match name.direction {
        Direction::Up => Direction::Down,
        Direction::Down => Direction::Up,
        Direction::Both => return None,
    };
    Some(path.with_file_name(FileName { direction, ..name }.to_string()))
}

/// What the models have that no migration makes, each difference with its place in the source.
#[must_use]
pub fn unmigrated(package: &Path, lock: &Lock, scan: &Scan) -> Vec<(Difference, Location)> {
    diff::differences(&lock.schema, &scan.schema)
        .into_iter()
        .map(|difference| {
            let at = place(package, &difference, scan);
            (difference, at)
        })
        .collect()
}

/// The same as reports, as a check prints them.
#[must_use]
pub fn drift(package: &Path, lock: &Lock, scan: &Scan) -> Vec<Report> {
    let last = lock.last().unwrap_or_default();
    unmigrated(package, lock, scan)
        .into_iter()
        .map(|(difference, at)| {
            let path = difference.place.as_ref().map(Place::path).unwrap_or_default();
            let message = format!("{}, and no migration up to {last} does that", difference.brief());
            Diagnostic::spanned(DRIFT, path, at, message).help(command(lock))
        })
        .collect()
}

/// What the schema of the lock names that is not there: git put two branches together line by line, and they do not commute.
#[must_use]
pub fn dangling(package: &Path, lock: &Lock) -> Vec<Report> {
    let told = |clash: Clash| {
        let at = Location::whole(&package.join(LOCK_FILE));
        Diagnostic::spanned(LOCK, "", at, format!("{}: {}", clash.thing, clash.how)).help(after_a_merge(BACK))
    };
    standing::dangling(&lock.schema).into_iter().map(told).collect()
}

/// Where a difference is in the source; the lock file, where nothing of it is left.
pub(super) fn place(package: &Path, difference: &Difference, scan: &Scan) -> Location {
    match &difference.place {
        Some(place) => scan.locate(place),
        None => Location::whole(&package.join(LOCK_FILE)),
    }
}

/// The command that writes what is missing.
#[must_use]
pub fn command(lock: &Lock) -> String {
    match &lock.head {
        Some(head) => format!("cargo schema migrate    rewrites {}, which is not sealed", head.name),
        None => "cargo schema migrate NAME".to_owned(),
    }
}
