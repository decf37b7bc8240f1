use std::path::{Path, PathBuf};

use super::name::{check_name, migration_name};
use super::verify::file_name;
use super::write::{self, Mode};
use super::{Error, IoError, LOCK_FILE, Lock, Migration, checksum, file, verify};
use crate::parse::scan::Scan;
use crate::report::Location;
use crate::schema::Profile;
use crate::{diff, plan};

/// What came of it.
#[derive(Debug)]
pub enum Outcome {
    /// Files were written.
    Written(Written),
    /// The models are what this migration made.
    UpToDate {
        /// The last migration.
        last: String,
    },
}

/// The files that were written.
#[derive(Debug)]
pub struct Written {
    /// The migration's name, with its number.
    pub migration: String,
    /// The files, the lock last.
    pub files: Vec<PathBuf>,
    /// The files of the migration that it replaces, where those had another name.
    pub removed: Vec<PathBuf>,
    /// How many tables it creates.
    pub tables: usize,
}

/// Writes the first migration of a package, and its lock.
///
/// `rewrite_first` replaces the one migration that there is, for as long as no database has it.
pub fn migrate(
    package: &Path,
    profile: &Profile,
    scan: &Scan,
    name: &str,
    rewrite_first: bool,
) -> Result<Outcome, Error> {
    check_name(name).map_err(|problem| Error::Refused {
        message: format!("`{}` is no name of a migration: {problem}", shortened(name)),
        help: "cargo schema migrate create_users".to_owned(),
    })?;
    let lock = verify(package, profile)?;
    let earlier = match &lock {
        Some(lock) if !lock.migrations.is_empty() => Some(lock),
        _ => None,
    };
    if let Some(lock) = earlier {
        let differences = diff::differences(&lock.schema, &scan.schema);
        let last = lock.last().unwrap_or_default().to_owned();
        match (rewrite_first, lock.migrations.as_slice()) {
            (false, _) if differences.is_empty() => return Ok(Outcome::UpToDate { last }),
            (false, _) => {
                let place = |difference: &diff::Difference| match &difference.place {
                    Some(place) => scan.locate(place),
                    None => Location::whole(&package.join(LOCK_FILE)),
                };
                let differences = differences.into_iter().map(|difference| {
                    let at = place(&difference);
                    (difference, at)
                });
                return Err(Error::Differs { last, differences: differences.collect() });
            }
            (true, [_]) => {}
            (true, several) => {
                return Err(Error::Refused {
                    message: format!(
                        "there are {} migrations, `--rewrite-first` is for the first while it is the only one",
                        several.len()
                    ),
                    help: "a migration that others build on is never changed".to_owned(),
                });
            }
        }
    } else if rewrite_first {
        return Err(Error::Refused {
            message: "there is no migration to rewrite".to_owned(),
            help: format!("cargo schema migrate {name}"),
        });
    }
    if scan.schema.tables.is_empty() {
        return Err(Error::Refused {
            message: "there is no model, so there is nothing to create".to_owned(),
            help: "#[derive(Table)] on a struct that the crate root leads to by its `mod` items".to_owned(),
        });
    }
    write_first(package, profile, scan, name, earlier)
}

fn write_first(
    package: &Path,
    profile: &Profile,
    scan: &Scan,
    name: &str,
    earlier: Option<&Lock>,
) -> Result<Outcome, Error> {
    let creation = plan::create_all(&scan.schema, profile)
        .map_err(|problems| Error::Violations(problems.into_iter().map(|problem| scan.report(problem)).collect()))?;
    let migration = migration_name(None, 1, name);
    let up = file::up(&migration, &scan.schema, &creation, profile);
    let down = file::down(&migration, &scan.schema, &creation, profile);
    let entry = Migration { name: migration.clone(), up: checksum(up.as_bytes()), down: checksum(down.as_bytes()) };
    let lock = Lock::new(vec![entry.clone()], &scan.schema);
    if earlier == Some(&lock) {
        return Ok(Outcome::UpToDate { last: migration });
    }
    let text = lock.text().map_err(|message| Error::Refused {
        message,
        help: "this is a mistake of this program: please report it with the models".to_owned(),
    })?;

    let folder = package.join(&profile.migrations);
    std::fs::create_dir_all(&folder).map_err(|error| IoError::new("create", &folder, error))?;
    let replaced: Vec<PathBuf> = earlier
        .iter()
        .flat_map(|lock| &lock.migrations)
        .flat_map(|earlier| [true, false].map(|up| folder.join(file_name(earlier, up))))
        .collect();
    let files = [(file_name(&entry, true), up), (file_name(&entry, false), down)];
    let mut writes: Vec<(PathBuf, String, Mode)> = files
        .into_iter()
        .map(|(name, text)| {
            let path = folder.join(name);
            let mode = if replaced.contains(&path) { Mode::Replace } else { Mode::New };
            (path, text, mode)
        })
        .collect();
    writes.push((package.join(LOCK_FILE), text, Mode::Replace));
    write::all(&writes)?;

    let written: Vec<PathBuf> = writes.into_iter().map(|(path, ..)| path).collect();
    let removed: Vec<PathBuf> = replaced.into_iter().filter(|path| !written.contains(path)).collect();
    for path in &removed {
        std::fs::remove_file(path).map_err(|error| IoError::new("remove", path, error))?;
    }
    Ok(Outcome::Written(Written { migration, files: written, removed, tables: scan.schema.tables.len() }))
}

/// A name as a message can show it.
fn shortened(name: &str) -> String {
    let shown: String = name.chars().take(40).flat_map(char::escape_debug).collect();
    if name.chars().count() > 40 { format!("{shown}…") } else { shown }
}
