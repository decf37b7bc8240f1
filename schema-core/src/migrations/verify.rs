use std::path::{Path, PathBuf};

use super::checksum::{checksum, differs_in_line_endings};
use super::name::Direction;
use super::{DRIFT, Error, FileName, IMMUTABLE, IoError, LOCK, LOCK_FILE, Lock, Migration, folder};
use crate::diagnostic::Diagnostic;
use crate::diff;
use crate::parse::scan::Scan;
use crate::report::{Location, Report, shown};
use crate::schema::Profile;

/// Reads the lock file of a package, and holds the migrations folder against it. `None` where there is neither.
pub fn verify(package: &Path, profile: &Profile) -> Result<Option<Lock>, Error> {
    let lock_file = package.join(LOCK_FILE);
    let folder_path = package.join(&profile.migrations);
    let folder = folder::list(&folder_path, package)?;
    let mut reports = folder.reports;
    let text = match std::fs::read(&lock_file) {
        Ok(bytes) => String::from_utf8(bytes).map_err(|_| {
            let report = Diagnostic::spanned(LOCK, "", Location::whole(&lock_file), "the lock file is not UTF-8");
            Error::Violations(vec![report.help(format!("git checkout -- {LOCK_FILE}"))])
        })?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            if let Some(path) = folder.files.values().next() {
                let message = format!("there are migrations and no {LOCK_FILE}");
                reports.push(
                    Diagnostic::spanned(LOCK, "", Location::whole(path), message)
                        .help(format!("git checkout -- {LOCK_FILE}")),
                );
            }
            return if reports.is_empty() { Ok(None) } else { Err(Error::Violations(reports)) };
        }
        Err(error) => return Err(IoError::new("read", &lock_file, error).into()),
    };
    let lock = match Lock::parse(&lock_file, &text) {
        Ok(lock) => lock,
        Err(report) => {
            reports.push(*report);
            return Err(Error::Violations(reports));
        }
    };
    let mut listed: Vec<PathBuf> = Vec::new();
    for migration in &lock.migrations {
        for (up, recorded) in [(true, &migration.up), (false, &migration.down)] {
            let path = folder_path.join(file_name(migration, up));
            check_file(&path, package, recorded, &mut reports)?;
            listed.push(path);
        }
    }
    for (name, path) in &folder.files {
        if !listed.contains(path) {
            let message = format!("{LOCK_FILE} does not know {name}");
            let help = "a migration is written by `cargo schema migrate`: take the file out of the folder, or put the lock file back";
            reports.push(Diagnostic::spanned(LOCK, "", Location::whole(path), message).help(help));
        }
    }
    if reports.is_empty() { Ok(Some(lock)) } else { Err(Error::Violations(reports)) }
}

/// The name of a migration's file.
pub(super) fn file_name(migration: &Migration, up: bool) -> String {
    format!("{}.{}.sql", migration.name, if up { "up" } else { "down" })
}

fn check_file(path: &Path, package: &Path, recorded: &str, reports: &mut Vec<Report>) -> Result<(), IoError> {
    let shown = shown(path, package);
    let back = format!("git checkout -- {}", shown.display());
    let report =
        |message: String, help: String| Diagnostic::spanned(IMMUTABLE, "", Location::whole(path), message).help(help);
    match std::fs::read(path) {
        Ok(bytes) if checksum(&bytes) == *recorded => {}
        Ok(bytes) if differs_in_line_endings(&bytes, recorded) => reports.push(report(
            "only the line endings of this file changed, but sqlx sees another file".to_owned(),
            format!("write `*.sql text eol=lf` into .gitattributes, then: {back}"),
        )),
        Ok(_) => reports.push(report(
            format!("this file is not what {LOCK_FILE} records: a migration is never changed once it is written"),
            back,
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            // A missing direction is told by the folder already.
            let pair = other_direction(path).is_some_and(|other| other.exists());
            if !pair {
                reports.push(report(format!("this file is missing, {LOCK_FILE} records it"), back));
            }
        }
        Err(error) => return Err(IoError::new("read", path, error)),
    }
    Ok(())
}

fn other_direction(path: &Path) -> Option<PathBuf> {
    let name = FileName::parse(path.file_name()?.to_str()?).ok()?;
    let direction = if name.direction == Direction::Up { Direction::Down } else { Direction::Up };
    Some(path.with_file_name(FileName { direction, ..name }.to_string()))
}

/// How the models differ from what the migrations made, each difference at its place in the source.
#[must_use]
pub fn drift(package: &Path, lock: &Lock, scan: &Scan) -> Vec<Report> {
    let last = lock.last().unwrap_or_default();
    let differences = diff::differences(&lock.schema, &scan.schema);
    differences
        .iter()
        .map(|difference| {
            let at = match &difference.place {
                Some(place) => scan.locate(place),
                None => Location::whole(&package.join(LOCK_FILE)),
            };
            let path = difference.place.as_ref().map(|place| place.path().to_owned()).unwrap_or_default();
            Diagnostic::spanned(
                DRIFT,
                path,
                at,
                format!("{}, and no migration up to {last} does that", difference.brief()),
            )
        })
        .collect()
}
