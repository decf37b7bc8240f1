//! `cargo schema lint`: migration files checked against the linter's rules.

use std::path::PathBuf;
use std::sync::Arc;

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::files;
use tablewright_core::migrations;
use tablewright_core::report::{Location, Report};
use tablewright_database::lint;

use super::Verdict;
use crate::cli::Format;
use crate::failure::Problem;
use crate::output::{self, Findings};
use crate::package::{Package, unread};

use tablewright_core::ids::SQUAWK;

/// Lints the named files, or else the way up of every migration.
pub(super) fn run(package: &Package, files: &[PathBuf], format: Format) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let lock = match migrations::verify(&package.folder, profile) {
        Ok(lock) => lock.unwrap_or_default(),
        // A named file is linted whatever state the folder is in.
        Err(_) if !files.is_empty() => migrations::Lock::default(),
        Err(error) => return Err(error.into()),
    };
    let folder = package.folder.join(&profile.migrations);
    let of_a_person = migrations::by_hand(&package.folder, profile, &lock);
    let known: Vec<(PathBuf, bool)> = lock
        .migrations
        .iter()
        .filter_map(|migration| {
            let file = folder.join(migration.files().next()?.0);
            Some((file, of_a_person.contains(&migration.name)))
        })
        .collect();
    let here = std::env::current_dir().unwrap_or_default();
    let asked: Vec<(PathBuf, bool)> = if files.is_empty() {
        known
    } else {
        let by_hand =
            |file: &PathBuf| known.iter().find(|(known, _)| known == file).is_none_or(|(_, by_hand)| *by_hand);
        files.iter().map(|file| here.join(file)).map(|file| (file.clone(), by_hand(&file))).collect()
    };
    let mut violations: Vec<Report> = Vec::new();
    for (file, by_hand) in &asked {
        let text = files::read_text(file).map_err(|error| unread(file, &error))?;
        let source: Arc<str> = Arc::from(text.as_str());
        for found in lint::findings(&text, *by_hand) {
            let at = Location::new(file, &source, found.range);
            let message = format!("{}: {}", found.rule, found.message);
            let help =
                found.help.map_or_else(|| explained(&found.rule), |help| format!("{help}\n{}", explained(&found.rule)));
            violations.push(Diagnostic::spanned(SQUAWK, "", at, message).help(help));
        }
    }
    let count = if asked.len() == 1 { "1 file".to_owned() } else { format!("{} files", asked.len()) };
    let findings = Findings { violations, praise: format!("{count}, no findings"), ..Findings::default() };
    output::findings(&findings, format);
    Ok(if findings.violations.is_empty() { Verdict::Good } else { Verdict::Violations })
}

fn explained(rule: &str) -> String {
    if rule == "syntax" {
        "no server would accept this".to_owned()
    } else {
        format!("https://squawkhq.com/docs/{rule}")
    }
}
