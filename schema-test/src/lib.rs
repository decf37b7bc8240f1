//! For tests: the migrations of a package proved, as by `cargo schema verify`, and empty databases.
//!
//! ```toml
//! [dev-dependencies]
//! tablewright-test = "0.1"
//! ```
//!
//! ```no_run
//! // In tests/migrations.rs, with #[test]:
//! fn migrations() {
//!     tablewright_test::migrations(env!("CARGO_MANIFEST_DIR"));
//! }
//! ```

#![cfg(unix)]
#![deny(missing_docs)]

use std::path::Path;

use tablewright_core::config;
use tablewright_core::config::Profile;
use tablewright_core::files;
use tablewright_core::migrations::{self, Error};
use tablewright_core::parse::scan;
use tablewright_core::report::Report;

use tablewright_core::listing::{self, Rest};
use tablewright_database::apply::Silent;
use tablewright_database::run;
use tablewright_database::verify::{self, Subject};

pub use tablewright_tempdb::{Database, Error as DatabaseError, Server, database};

/// Proves the migrations of a package, on a throw-away server or that of `DATABASE_URL`, in a separate database.
///
/// # Panics
/// If a check fails, with everything that failed.
#[track_caller]
pub fn migrations(package: impl AsRef<Path>) {
    if let Err(problem) = prove(package.as_ref()) {
        panic!("{problem}");
    }
}

fn prove(package: &Path) -> Result<(), String> {
    let file = package.join("schema.toml");
    let text = files::if_there(files::read_text(&file));
    let profile = match text.map_err(|error| format!("cannot read {}: {error}", file.display()))? {
        Some(text) => config::parse(&text).map_err(|errors| {
            let lines = errors.iter().map(|error| format!("{}: {} ({})", file.display(), error.message, error.help));
            lines.collect::<Vec<_>>().join("\n")
        })?,
        None => Profile::default(),
    };
    let models = scan::scan(package, &profile).map_err(|failure| told(&failure.reports))?.schema;
    let lock = migrations::verify(package, &profile).map_err(refused)?;
    let lock = lock.filter(|lock| !lock.migrations.is_empty());
    let lock = lock.ok_or("there is no migration to verify: cargo schema migrate create_tables")?;
    let server = Server::shared().map_err(|error| error.to_string())?;
    let by_hand = migrations::by_hand(package, &profile, &lock);
    let folder = package.join(&profile.migrations);
    let old = migrations::old_release(package, &lock).map_err(refused)?;
    let subject = Subject {
        folder: &folder,
        models: Some(&models),
        profile: &profile,
        by_hand: &by_hand,
        old: &old,
        rows: verify::ROWS,
    };
    let report = run(verify::verify(server, &subject, &Silent)).map_err(|error| error.to_string())?;
    let lines = report.findings.iter().map(|finding| {
        let about = finding.migration.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        let help = finding.help.as_ref().map(|help| format!("    {help}\n")).unwrap_or_default();
        let rest = Rest::Counted("cargo schema verify --format json has them");
        let differences = listing::lines(&finding.differences, "    ", rest);
        format!("{}: {about}{}\n{differences}{help}", finding.check.title(), finding.message).trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { Ok(()) } else { Err(lines.join("\n")) }
}

fn refused(error: Error) -> String {
    match error {
        Error::Violations(reports) => told(&reports),
        Error::Refused { message, help } => format!("{message} ({help})"),
        Error::Io(error) => error.to_string(),
    }
}

fn told(reports: &[Report]) -> String {
    let lines = reports.iter().map(|report| {
        let (line, column) = report.at.start();
        format!("{}:{line}:{column}: {}: {} [{}]", report.at.file.display(), report.path, report.message, report.rule)
    });
    lines.collect::<Vec<_>>().join("\n")
}
