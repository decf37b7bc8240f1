//! `cargo schema verify`: proves the migrations on a throw-away server.

use std::cell::Cell;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tablewright_core::listing::{self, Rest};
use tablewright_core::migrations;
use tablewright_database::apply::seconds;
use tablewright_database::verify::{self, Finding, Proof, Report, Subject, Watcher};
use tablewright_tempdb::Server;

use super::Verdict;
use super::apply::block_on;
use crate::cli::{Format, Verify};
use crate::failure::{Failure, Problem};
use crate::output;
use crate::package::Package;
use crate::source;

/// The indentation of a difference below its finding.
const INDENTATION: &str = "  ";

pub(super) fn run(package: &Package, arguments: &Verify) -> Result<Verdict, Problem> {
    let profile = package.profile()?;
    let models = source::models(package)?.schema;
    let lock = migrations::verify(&package.folder, profile)?;
    let Some(lock) = lock.filter(|lock| !lock.migrations.is_empty()) else {
        return Err(Failure::new("there is no migration to verify").help("cargo schema migrate create_tables").into());
    };
    let server = match &arguments.url {
        Some(url) => Server::from_url(url),
        None => Server::start(),
    };
    let server = server.map_err(|error| Failure::new(error.to_string()))?;
    let folder = package.folder.join(&profile.migrations);
    let by_hand = migrations::by_hand(&package.folder, profile, &lock);
    let old = migrations::old_release(&package.folder, &lock)?;
    let subject =
        Subject { folder: &folder, models: Some(&models), profile, by_hand: &by_hand, old: &old, rows: arguments.rows };
    let teller = Teller::new(matches!(arguments.format, Format::Human));
    let report = block_on(verify::verify(&server, &subject, &teller));
    teller.bar.finish_and_clear();
    let report = report?;
    match arguments.format {
        Format::Json => output::out(&document(&report)),
        Format::Human | Format::Github => print(&report),
    }
    Ok(if report.findings.is_empty() { Verdict::Good } else { Verdict::Violations })
}

fn print(report: &Report) {
    for note in &report.notes {
        output::out(&format!("note: {note}\n"));
    }
    for untried in &report.untried {
        output::out(&format!("note: {untried}\n"));
    }
    for finding in &report.findings {
        let Finding { migration, message, differences, help, .. } = finding;
        let about = migration.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let lines = listing::lines(differences, INDENTATION, Rest::Counted("--format json has them"));
        output::error_with_lines(&format!("{about}{message}"), &lines, help.as_deref());
    }
    let files = if report.files == 1 { "1 migration".to_owned() } else { format!("{} migrations", report.files) };
    match report.findings.len() {
        0 => {
            let rows = match (report.rows, report.ran) {
                (0, _) => String::new(),
                (rows, ran) => format!("{rows} sample rows, {ran} statements run, "),
            };
            let (planned, server) = (report.statements, &report.server);
            output::out(&format!("{files} verified, {rows}{planned} statements planned, on {server}\n"));
        }
        1 => output::error("1 finding"),
        count => output::error(&format!("{count} findings")),
    }
}

fn document(report: &Report) -> String {
    let findings = report.findings.iter().map(|finding| {
        json!({
            "check": finding.check.word(),
            "migration": finding.migration,
            "message": finding.message,
            "differences": finding.differences,
            "help": finding.help,
        })
    });
    let document = json!({
        "server": report.server,
        "migrations": report.files,
        "statements": report.statements,
        "rows": report.rows,
        "statements_run": report.ran,
        "untried": report.untried.iter().map(|it| json!({"what": it.word(), "message": it.to_string()})).collect::<Vec<_>>(),
        "checks": report.made.iter().map(|check| check.word()).collect::<Vec<_>>(),
        "findings": findings.collect::<Vec<_>>(),
        "notes": report.notes,
    });
    format!("{document:#}\n")
}

/// Shows the progress.
struct Teller {
    lines: bool,
    bar: ProgressBar,
    begun: Cell<Instant>,
}

impl Teller {
    fn new(lines: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        Self { lines, bar, begun: Cell::new(Instant::now()) }
    }
}

impl Watcher for Teller {
    fn begins(&self, check: Proof, parts: usize) {
        self.begun.set(Instant::now());
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len}  {msg}");
        self.bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bar.set_length(parts as u64);
        self.bar.set_position(0);
        self.bar.set_message(check.title());
    }

    fn part(&self, name: &str) {
        self.bar.inc(1);
        self.bar.set_message(name.to_owned());
    }

    fn ends(&self, check: Proof, good: bool) {
        let word = if good { "passed" } else { "failed" };
        if self.lines {
            let took = seconds(self.begun.get().elapsed());
            self.bar.suspend(|| output::out(&format!("{}: {word}, in {took}\n", check.title())));
        }
    }
}
