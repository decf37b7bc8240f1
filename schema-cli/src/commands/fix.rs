//! `cargo schema fix`: edits the models where a fix needs no decision.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tablewright_core::diagnostic::Edit;
use tablewright_core::fix;
use tablewright_core::parse::scan;
use tablewright_core::report::Report;

use super::Verdict;
use crate::failure::{Failure, Problem};
use crate::file::replace;
use crate::output;
use crate::package::Package;

/// A fix may uncover what was hidden behind it, but not endlessly.
const ROUNDS: usize = 10;

pub(super) fn run(package: &Package, dry_run: bool) -> Result<Verdict, Problem> {
    let mut made: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut left = violations(package);
    for _ in 0..ROUNDS {
        let changed = round(&left, dry_run, &mut made)?;
        if !changed || dry_run {
            break;
        }
        left = violations(package);
    }
    let mut text = String::new();
    for (file, count) in &made {
        let verb = if dry_run { "would fix" } else { "fixed" };
        let what = if *count == 1 { "1 violation".to_owned() } else { format!("{count} violations") };
        // Writing to a string does not fail.
        let _ = writeln!(text, "{verb} {what} in {}", output::relative(file).display());
    }
    if made.is_empty() {
        text.push_str("nothing to fix\n");
    }
    output::out(&text);
    let unfixed: Vec<Report> = left.into_iter().filter(|report| !dry_run || report.fix.is_none()).collect();
    if !unfixed.is_empty() {
        output::violations(&unfixed);
    }
    let all_well = unfixed.is_empty() && (made.is_empty() || !dry_run);
    Ok(if all_well { Verdict::Good } else { Verdict::Violations })
}

fn violations(package: &Package) -> Vec<Report> {
    match &package.profile {
        Err(reports) => reports.clone(),
        Ok(profile) => scan::scan(&package.folder, profile).map_or_else(|failure| failure.reports, |_| Vec::new()),
    }
}

/// The text of a file as it was scanned, and what is to change in it.
type Changes = (Arc<str>, Vec<(Range<usize>, Edit)>);

/// Makes the fixes of one pass over the files; whether there were any.
fn round(reports: &[Report], dry_run: bool, made: &mut BTreeMap<PathBuf, usize>) -> Result<bool, Failure> {
    let mut by_file: BTreeMap<&Path, Changes> = BTreeMap::new();
    for fix in reports.iter().filter_map(|report| report.fix.as_ref()) {
        let (_, fixes) = by_file.entry(&fix.at.file).or_insert_with(|| (Arc::clone(&fix.at.source), Vec::new()));
        fixes.push((fix.at.range.clone(), fix.edit.clone()));
    }
    let mut changed = false;
    for (file, (source, fixes)) in by_file {
        let fixed = fix::apply(&source, &fixes);
        if fixed.made == 0 {
            continue;
        }
        if !dry_run {
            write(file, &source, &fixed.text)?;
        }
        *made.entry(file.to_owned()).or_default() += fixed.made;
        changed = true;
    }
    Ok(changed)
}

/// Writes a file if it is still what was read.
fn write(file: &Path, read: &str, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::new(format!("cannot write {}: {error}", file.display()));
    if tablewright_core::files::read_text(file).map_err(failed)? != read {
        return Err(Failure::new(format!("{} changed while it was read", file.display())).help("run it again"));
    }
    replace(file, text).map_err(failed)
}
