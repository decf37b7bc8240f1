use std::fmt::Write as _;

use schema_core::migrations::{self, Error, Lock};
use schema_core::parse::scan;
use schema_core::schema::Profile;

use super::Verdict;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let lock = migrations::verify(&package.folder, profile)?;
    let Some(lock) = lock.filter(|lock| !lock.migrations.is_empty()) else {
        output::out("no migration yet: cargo schema migrate NAME\n");
        return Ok(Verdict::Good);
    };
    let mut text = list(package, profile, &lock)?;
    let mut verdict = Verdict::Good;
    text.push('\n');
    match scan::scan(&package.folder, profile) {
        Ok(scan) => {
            let pending = migrations::unmigrated(&package.folder, &lock, &scan);
            if pending.is_empty() {
                let _ = writeln!(text, "The models are what {} made.", lock.last().unwrap_or_default());
            } else {
                let _ = writeln!(text, "Not in a migration yet: {}", migrations::command(&lock));
            }
            for (difference, at) in &pending {
                let path = difference.place.as_ref().map(|place| format!("{}: ", place.path())).unwrap_or_default();
                let at = if at.is_whole() {
                    String::new()
                } else {
                    format!(" ({}:{})", relative(&at.file).display(), at.start().0)
                };
                let _ = writeln!(text, "  {path}{}{at}", difference.brief());
            }
        }
        Err(failure) => {
            let _ = writeln!(
                text,
                "The models cannot be read, or break {} rules: cargo schema check",
                failure.reports.len()
            );
            verdict = Verdict::Violations;
        }
    }
    output::out(&text);
    Ok(verdict)
}

/// A line for each migration: its name, its phase, and whether it is sealed.
fn list(package: &Package, profile: &Profile, lock: &Lock) -> Result<String, Failure> {
    let folder = package.folder.join(&profile.migrations);
    let edited = match migrations::edited(&package.folder, profile) {
        Ok(edited) => edited,
        Err(Error::Io(error)) => return Err(Failure::new(error.to_string())),
        Err(_) => Vec::new(),
    };
    let width = lock.migrations.iter().map(|migration| migration.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for migration in &lock.migrations {
        let files: Vec<_> = migration.files().map(|(name, _)| folder.join(name)).collect();
        let head = files.first().and_then(|up| std::fs::read_to_string(up).ok());
        let phase = head.and_then(|text| migrations::phase(&text)).map_or("", |phase| phase.word());
        let state = match (migration.sealed, migration.by_hand, files.iter().any(|file| edited.contains(file))) {
            (true, true, _) => "sealed, by hand",
            (true, false, _) => "sealed",
            (false, true, _) => "not sealed, by hand",
            (false, false, true) => "not sealed, edited since it was written",
            (false, false, false) => "not sealed",
        };
        let _ = writeln!(text, "{:width$}  {phase:8}  {state}", migration.name);
    }
    Ok(text)
}
