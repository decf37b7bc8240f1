//! What a user sees: each format in its own file, and nothing else writes to the terminal.

mod github;
mod human;
mod json;
mod run;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tablewright_core::listing::Rest;
use tablewright_core::report::{Report, shown};

use crate::cli::Format;

pub(crate) use run::Teller;

/// What a command found.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) violations: Vec<Report>,
    pub(crate) notes: Vec<Report>,
    /// How many tables were checked; `None` if they could not be read.
    pub(crate) tables: Option<usize>,
    /// How many migrations there are.
    pub(crate) migrations: usize,
    /// What to say if nothing is wrong.
    pub(crate) praise: String,
}

/// Where to find the rest of a list that a command cuts, unless everything was requested.
pub(crate) fn rest(all: bool) -> Rest<'static> {
    if all { Rest::Told } else { Rest::Counted("--all lists them") }
}

pub(crate) fn findings(findings: &Findings, format: Format) {
    match format {
        Format::Human => human::print(findings),
        Format::Json => out(&json::document(findings)),
        Format::Github => out(&github::commands(findings)),
    }
}

/// Prints violations as the compiler does, with a line that counts them.
pub(crate) fn violations(reports: &[Report]) {
    human::reports(reports, false);
    human::count(reports);
}

/// Prints them without a line that counts.
pub(crate) fn reports(reports: &[Report]) {
    human::reports(reports, false);
}

pub(crate) fn error(message: &str) {
    error_with_help(message, None);
}

pub(crate) fn error_with_help(message: &str, help: Option<&str>) {
    human::title(message, help);
}

/// An error about several things, a line for each.
pub(crate) fn error_with_lines(message: &str, lines: &str, help: Option<&str>) {
    human::listing(message, lines, help);
}

/// A line that belongs to an error above it.
pub(crate) fn remark(text: &str) {
    err(&format!("{text}\n"));
}

/// Writes to standard output. A reader that went away is not our error.
pub(crate) fn out(text: &str) {
    let _ = anstream::stdout().write_all(text.as_bytes());
}

fn err(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// A path relative to the folder in which the user works.
pub(crate) fn relative(path: &Path) -> PathBuf {
    std::env::current_dir().map_or_else(|_| path.to_owned(), |here| shown(path, &here))
}
