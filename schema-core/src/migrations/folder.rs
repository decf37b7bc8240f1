//! The files of the migrations folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::lock::after_a_merge;
use super::name::Direction;
use super::{FileName, IoError, NUMBERED, UP_AND_DOWN};
use crate::diagnostic::Diagnostic;
use crate::report::{Location, Report, shown};

/// The files of a migrations folder, by migration; files that are not named like one are listed separately.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// The files, each with its migration and direction.
    pub(super) files: BTreeMap<FileName, PathBuf>,
    pub(super) reports: Vec<Report>,
}

/// Lists a folder. One that does not exist is empty. Only `.sql` files count, as for sqlx.
pub(super) fn list(folder: &Path) -> Result<Folder, IoError> {
    let mut found = Folder::default();
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(found),
        Err(error) => return Err(IoError::new("read", folder, error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        paths.push(entry.map_err(|error| IoError::new("read", folder, error))?.path());
    }
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_sql = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("sql"));
        if !is_sql {
            continue;
        }
        match FileName::parse(&name) {
            Ok(parsed) => {
                found.files.insert(parsed, path);
            }
            Err(problem) => found.reports.push(
                Diagnostic::spanned(
                    NUMBERED,
                    "",
                    Location::whole(&path),
                    format!("`{name}` is not a migration: {problem}"),
                )
                .help("name it like 001_create_users.up.sql, or move it to another folder"),
            ),
        }
    }
    Ok(found)
}

/// The files of one migration.
#[derive(Default)]
struct Pair<'a> {
    up: Option<&'a PathBuf>,
    down: Option<&'a PathBuf>,
}

impl Folder {
    /// From 1 on, without gap and without duplicate, each in both directions; some files do not count.
    pub(super) fn problems(&self, package: &Path, but: &[FileName]) -> Vec<Report> {
        let mut reports = Vec::new();
        let mut migrations: BTreeMap<(u32, String), Pair<'_>> = BTreeMap::new();
        for (name, path) in self.files.iter().filter(|(name, _)| !but.contains(name)) {
            let pair = migrations.entry((name.number, name.migration())).or_default();
            match name.direction {
                Direction::Up => pair.up = Some(path),
                Direction::Down => pair.down = Some(path),
                Direction::Both => (pair.up, pair.down) = (Some(path), Some(path)),
            }
        }
        let mut expected = 1;
        let mut earlier: Option<(u32, &PathBuf)> = None;
        for ((number, migration), Pair { up, down }) in migrations {
            let Some(path) = up.or(down) else { continue };
            if up.is_none() || down.is_none() {
                let (have, miss) = if up.is_some() { ("up", "down") } else { ("down", "up") };
                let missing = format!("{migration}.{miss}.sql");
                reports.push(
                    Diagnostic::spanned(
                        UP_AND_DOWN,
                        "",
                        Location::whole(path),
                        format!("there is a way {have} and no way {miss}: {missing} is missing"),
                    )
                    .help(after_a_merge(&format!(
                        "git checkout -- {}",
                        shown(&path.with_file_name(missing), package).display()
                    ))),
                );
            }
            match earlier {
                Some((last, first)) if last == number => reports.push(
                    Diagnostic::spanned(
                        NUMBERED,
                        "",
                        Location::whole(path),
                        format!("two migrations have the number {number:03}"),
                    )
                    .help(after_a_merge("take one of the two out of the folder, and write it again"))
                    .second(Location::whole(first), "the first of that number"),
                ),
                _ if number != expected => reports.push(
                    Diagnostic::spanned(
                        NUMBERED,
                        "",
                        Location::whole(path),
                        format!("migration {expected:03} is missing before {number:03}"),
                    )
                    .help(after_a_merge("migrations are numbered one after the other, from 001 on")),
                ),
                _ => {}
            }
            expected = number.saturating_add(1);
            earlier = Some((number, path));
        }
        reports
    }
}
