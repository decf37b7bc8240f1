//! `cargo schema status`: the migrations, and what is pending.

use std::fmt::Write as _;

use tablewright_core::config::Profile;
use tablewright_core::diff::Difference;
use tablewright_core::listing::{self, Rest};
use tablewright_core::migrations::{self, Error, Header, Lock};
use tablewright_core::parse::scan;
use tablewright_core::report::Location;
use tablewright_database::apply::{self, Standing};

use super::Verdict;
use super::apply::block_on;
use crate::failure::{Failure, Problem};
use crate::output::{self, relative};
use crate::package::Package;

pub(super) fn run(package: &Package, url: Option<&str>) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let lock = migrations::verify(&package.folder, profile)?;
    let Some(lock) = lock.filter(|lock| !lock.migrations.is_empty()) else {
        output::out("no migration yet: cargo schema migrate NAME\n");
        return Ok(Verdict::Good);
    };
    let mut text = list(package, profile, &lock)?;
    let mut verdict = Verdict::Good;
    if let Some(url) = url {
        text.push('\n');
        text.push_str(&standing(&block_on(async {
            let files = apply::files(&package.folder.join(&profile.migrations)).await?;
            apply::standing(url, &files).await
        })?));
    }
    text.push('\n');
    match scan::scan(&package.folder, profile) {
        Ok(scan) => {
            let pending = migrations::unmigrated(&package.folder, &lock, &scan);
            if pending.is_empty() {
                let _ = writeln!(text, "The models match {}.", lock.last().unwrap_or_default());
            } else {
                let _ = writeln!(text, "Not in a migration yet: {}", migrations::command(&lock));
            }
            let told = |(difference, at): &(Difference, Location)| {
                let path = difference.place.as_ref().map(|place| format!("{}: ", place.path())).unwrap_or_default();
                let at = if at.is_whole() {
                    String::new()
                } else {
                    format!(" ({}:{})", relative(&at.file).display(), at.start().0)
                };
                format!("{path}{}{at}", difference.brief())
            };
            let lines: Vec<String> = pending.iter().map(told).collect();
            text.push_str(&listing::lines(&lines, "  ", Rest::Counted("cargo schema check lists them")));
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

/// What a database has, and what is half done there.
fn standing(standing: &Standing) -> String {
    let mut text = match standing.missing.as_slice() {
        [] => "The database has every migration.\n".to_owned(),
        [one] => format!("The database lacks 1 migration, from {one} on.\n"),
        [first, ..] => {
            format!("The database lacks {} migrations, from {first} on.\n", standing.missing.len())
        }
    };
    for half in &standing.underway {
        let command = match (half.up, &half.loses) {
            (true, _) => "apply",
            (false, None) => "revert",
            (false, Some(_)) => "revert --accept-loss",
        };
        let _ = writeln!(text, "Underway: {half}: cargo schema {command}    finishes it");
        if let Some(loses) = &half.loses {
            let _ = writeln!(text, "  lost: {}", loses.trim_end_matches('.'));
        }
    }
    text
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
        let head = files.first().and_then(|up| tablewright_core::files::read_text(up).ok());
        let phase = head.and_then(|text| Header::read(&text).phase).map_or("", |phase| phase.word());
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
