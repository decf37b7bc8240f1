//! `cargo schema check`: every rule over every model, and the migrations against their record.

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::migrations::{self, Error, Lock};
use tablewright_core::parse::scan::{self, Scan};
use tablewright_core::plan;
use tablewright_core::report::{Location, Report};
use tablewright_core::{config, ids};

use super::{Verdict, refused};
use crate::cli::Format;
use crate::failure::Problem;
use crate::output::{self, Findings};
use crate::package::Package;

pub(super) fn run(package: &Package, format: Format, ci: bool) -> Result<Verdict, Problem> {
    let findings = look(package, ci)?;
    output::findings(&findings, format);
    Ok(if findings.violations.is_empty() { Verdict::Good } else { Verdict::Violations })
}

fn look(package: &Package, ci: bool) -> Result<Findings, Problem> {
    let mut findings = Findings::default();
    let profile = match &package.profile {
        Ok(profile) => profile,
        Err(reports) => {
            findings.violations.clone_from(reports);
            return Ok(findings);
        }
    };
    let scan = match scan::scan(&package.folder, profile) {
        Ok(scan) => {
            findings.notes.clone_from(&scan.notes);
            findings.tables = Some(scan.schema.tables.len());
            let problems = plan::problems(&scan.schema);
            findings.violations.extend(problems.into_iter().map(|problem| scan.report(problem)));
            Some(scan)
        }
        Err(failure) => {
            findings.notes = failure.notes;
            findings.violations = failure.reports;
            None
        }
    };
    let lock = match migrations::verify(&package.folder, profile) {
        Ok(lock) => lock,
        Err(Error::Violations(reports)) => {
            findings.violations.extend(reports);
            None
        }
        Err(error) => return Err(error.into()),
    };
    findings.migrations = lock.as_ref().map_or(0, |lock| lock.migrations.len());
    if let (Some(lock), Some(scan)) = (&lock, &scan)
        && !lock.migrations.is_empty()
    {
        findings.violations.extend(migrations::drift(&package.folder, lock, scan));
    }
    if let Some(lock) = &lock {
        findings.violations.extend(migrations::dangling(&package.folder, lock));
        statements(package, lock, scan.as_ref(), &mut findings)?;
    }
    if let Some(lock) = lock.as_ref().filter(|_| profile.format == config::Format::Sqlx) {
        let folder = package.folder.join(&profile.migrations);
        findings.violations.extend(refused::reports(&folder, lock.unsealed()));
        findings
            .notes
            .extend(refused::reports(&folder, lock.sealed()).into_iter().map(|it| it.help(SEALED_AND_REFUSED)));
    }
    if let Some(lock) = lock.as_ref().filter(|_| ci) {
        findings.violations.extend(unsealed(package, lock));
    }
    let tables = match findings.tables {
        Some(1) => "1 table".to_owned(),
        count => format!("{} tables", count.unwrap_or(0)),
    };
    findings.praise = match (&lock, findings.tables) {
        (Some(lock), _) if !lock.migrations.is_empty() => {
            format!("{tables}, no violations; the models match {}", lock.last().unwrap_or_default())
        }
        (_, Some(0) | None) => "no model found: nothing to check".to_owned(),
        _ => format!(
            "{tables}, no violations; no migration yet: cargo schema migrate {}",
            first_name(profile.service.as_deref())
        ),
    };
    Ok(findings)
}

/// Whether `verify` finds what the release of the last seal sends.
fn statements(package: &Package, lock: &Lock, scan: Option<&Scan>, findings: &mut Findings) -> Result<(), Problem> {
    let Some(scan) = scan.filter(|_| !lock.sealed().is_empty()) else { return Ok(()) };
    let message = match migrations::statements_are_current(&package.folder, lock, &scan.schema) {
        Ok(Some(true)) => return Ok(()),
        Ok(None) => "there is no schema.statements, so verify does not try what the last release sends",
        Ok(Some(false)) => "schema.statements is not that of the last sealed migration and these models",
        Err(Error::Violations(reports)) => {
            findings.violations.extend(reports);
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let at = Location::whole(&package.folder.join(migrations::LOCK_FILE));
    findings.notes.push(Diagnostic::spanned(ids::LOCK, "", at, message).help("cargo schema seal"));
    Ok(())
}

const SEALED_AND_REFUSED: &str = "it is sealed, so it stays: where it has not run yet, `sqlx migrate run` runs it as it is\n\
                                  or: once it has run everywhere, `cargo schema squash` leaves it out";

/// What a branch must not be merged with.
fn unsealed(package: &Package, lock: &Lock) -> Option<Report> {
    let first = lock.unsealed().first()?;
    let message = format!("{} is not sealed: a merged migration must never change", first.name);
    let at = Location::whole(&package.folder.join(migrations::LOCK_FILE));
    Some(Diagnostic::spanned(ids::UNSEALED, "", at, message).help("cargo schema seal"))
}

/// A name for the first migration.
fn first_name(service: Option<&str>) -> String {
    migrations::slug(&format!("create_{}", service.unwrap_or("tables")))
}
