//! `cargo schema verify` as a test of your own.
//!
//! ```no_run
//! // [dev-dependencies]
//! // schema-cli = "0.1"
//!
//! // In tests/migrations.rs, with #[test]:
//! fn migrations() {
//!     schema_cli::test::migrations(env!("CARGO_MANIFEST_DIR"));
//! }
//! ```

use std::collections::BTreeSet;
use std::path::Path;

use schema_core::config;
use schema_core::config::Profile;
use schema_core::migrations::{self, Error, Lock};
use schema_core::parse::scan;
use schema_core::report::Report;
use schema_tempdb::Server;

use crate::database::apply::Silent;
use crate::database::run;
use crate::database::verify::{self, Subject};
use crate::listing::{self, Rest};

/// Proves the migrations of a package, on a throw-away server or that of `DATABASE_URL`, in a database of their own.
///
/// # Panics
/// Where something does not hold, with everything that does not.
#[track_caller]
pub fn migrations(package: impl AsRef<Path>) {
    if let Err(problem) = prove(package.as_ref()) {
        panic!("{problem}");
    }
}

/// The names of the migrations whose statements a person wrote.
#[must_use]
pub fn by_hand(package: &Path, profile: &Profile, lock: &Lock) -> BTreeSet<String> {
    let edited = migrations::edited(package, profile).unwrap_or_default();
    let folder = package.join(&profile.migrations);
    let of_a_person = |migration: &&migrations::Migration| {
        migration.by_hand || migration.files().next().is_some_and(|(file, ..)| edited.contains(&folder.join(file)))
    };
    lock.migrations.iter().filter(of_a_person).map(|migration| migration.name.clone()).collect()
}

fn prove(package: &Path) -> Result<(), String> {
    let file = package.join("schema.toml");
    let profile = match std::fs::read_to_string(&file) {
        Ok(text) => config::parse(&text).map_err(|errors| {
            let lines = errors.iter().map(|error| format!("{}: {} ({})", file.display(), error.message, error.help));
            lines.collect::<Vec<_>>().join("\n")
        })?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Profile::default(),
        Err(error) => return Err(format!("cannot read {}: {error}", file.display())),
    };
    let models = scan::scan(package, &profile).map_err(|failure| told(&failure.reports))?.schema;
    let lock = migrations::verify(package, &profile).map_err(|error| match error {
        Error::Violations(reports) => told(&reports),
        Error::Refused { message, help } => format!("{message} ({help})"),
        Error::Io(error) => error.to_string(),
    })?;
    let lock = lock.filter(|lock| !lock.migrations.is_empty());
    let lock = lock.ok_or("there is no migration to verify: cargo schema migrate create_tables")?;
    let server = Server::shared().map_err(|error| error.to_string())?;
    let by_hand = by_hand(package, &profile, &lock);
    let folder = package.join(&profile.migrations);
    let subject = Subject { folder: &folder, models: Some(&models), profile: &profile, by_hand: &by_hand };
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

fn told(reports: &[Report]) -> String {
    let lines = reports.iter().map(|report| {
        let (line, column) = report.at.start();
        format!("{}:{line}:{column}: {}: {} [{}]", report.at.file.display(), report.path, report.message, report.rule)
    });
    lines.collect::<Vec<_>>().join("\n")
}
