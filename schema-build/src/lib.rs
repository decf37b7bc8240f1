//! For a build script: the models are checked against the migrations whenever the crate is built.
//!
//! ```toml
//! [build-dependencies]
//! tablewright-build = "0.1"
//! ```
//! and the `main` of `build.rs` is
//! ```no_run
//! tablewright_build::check();
//! ```
//!
//! It talks to Cargo through standard output, and never panics. The derive reports the same at the field; the script reports
//! also what no single model can know, and what happened to the files.

#![deny(missing_docs)]

use std::path::{Path, PathBuf};

use tablewright_core::config::Profile;
use tablewright_core::diff::Difference;
use tablewright_core::migrations::{self, Error, LOCK_FILE, Lock, Outcome, Request};
use tablewright_core::parse::scan::{SOURCE, Scan, scan};
use tablewright_core::report::{Report, shown};
use tablewright_core::{config, diff, files};

/// Fails the build if the models do not match the migrations, or if a sealed migration was changed: with the
/// differences in words, and the command that writes what is missing.
///
/// Without `schema.lock` there is nothing to compare the models with, and nothing fails.
pub fn check() {
    run(false);
}

/// Rewrites the unsealed migration if the models changed; otherwise like [`check`].
///
/// If `CI` is set, in a crate that Cargo packages or took from a registry, or if a person wrote the migration, nothing
/// is written. A step that loses rows is never written here: only the command does that.
pub fn generate() {
    run(true);
}

fn run(write: bool) {
    let Some(package) = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from) else { return };
    for line in lines(&package, write && may_write(&package)) {
        println!("cargo::{line}");
    }
}

/// Whether the folder is a person's working copy, so that what is written can be committed.
fn may_write(package: &Path) -> bool {
    // Cargo puts these into every package that it makes or takes from elsewhere.
    let foreign = [".cargo_vcs_info.json", ".cargo-ok"].iter().any(|file| package.join(file).exists());
    std::env::var_os("CI").is_none() && !foreign
}

/// What is printed for Cargo, each line without its prefix.
fn lines(package: &Path, write: bool) -> Vec<String> {
    let mut lines = vec!["rerun-if-env-changed=CI".to_owned()];
    // A file that is not there would run the script at every build.
    let watch = |path: &Path| path.exists().then(|| format!("rerun-if-changed={}", path.display()));
    let toml = package.join("schema.toml");
    lines.extend(watch(&toml));
    let profile = match files::if_there(files::read_text(&toml)).map(|text| text.map(|text| config::parse(&text))) {
        Err(error) => {
            lines.push(format!("error=schema.toml cannot be read: {error}"));
            return lines;
        }
        Ok(None) => Profile::default(),
        Ok(Some(Ok(profile))) => profile,
        Ok(Some(Err(errors))) => {
            lines.extend(errors.iter().map(|error| format!("error=schema.toml: {} ({})", error.message, error.help)));
            return lines;
        }
    };
    for path in [Some(LOCK_FILE), Some(&profile.migrations), profile.sql.as_deref()].into_iter().flatten() {
        lines.extend(watch(&package.join(path)));
    }
    let scan = match scan(package, &profile) {
        Ok(scan) => scan,
        Err(failure) => {
            lines.extend(failure.files.iter().filter_map(|file| watch(file)));
            // The compiler explains best what is not Rust.
            if failure.reports.iter().all(|report| report.rule != SOURCE) {
                lines.extend(errors(package, &failure.reports));
            }
            return lines;
        }
    };
    lines.extend(scan.files.iter().filter_map(|file| watch(file)));
    match migrations::verify(package, &profile) {
        Ok(None) if write && !scan.schema.tables.is_empty() => lines.extend(written(package, &profile, &scan, None)),
        Ok(None) => {}
        Ok(Some(lock)) => lines.extend(held(package, &profile, &scan, &lock, write)),
        Err(error) => lines.extend(failed(package, error)),
    }
    lines
}

/// The models against a lock.
fn held(package: &Path, profile: &Profile, scan: &Scan, lock: &Lock, write: bool) -> Vec<String> {
    let differences = diff::differences(&lock.schema, &scan.schema);
    if differences.is_empty() || lock.migrations.is_empty() {
        return Vec::new();
    }
    let by_hand = lock.unsealed().iter().any(|migration| migration.by_hand);
    if write && !by_hand {
        return written(package, profile, scan, Some(&differences));
    }
    let reports = migrations::drift(package, lock, scan);
    // A changed comment does not fail a build.
    let silent = differences.iter().all(Difference::is_comment);
    let word = if silent { "warning" } else { "error" };
    reports.iter().map(|report| format!("{word}={}", line(package, report))).collect()
}

fn written(package: &Path, profile: &Profile, scan: &Scan, differences: Option<&[Difference]>) -> Vec<String> {
    let head = migrations::verify(package, profile).ok().flatten().and_then(|lock| lock.head).map(|head| head.name);
    let request = Request {
        name: head.or_else(|| Some(name(profile, differences))),
        date: migrations::needs_date(profile).then(migrations::today),
        ..Request::default()
    };
    match migrations::migrate(package, profile, scan, &request) {
        Ok(Outcome::Written(written)) => {
            let wrote = |(name, phase, what): &(String, tablewright_core::plan::Phase, String)| {
                format!("warning=wrote {name} ({phase}), not sealed: {}", one_line(what))
            };
            written.migrations.iter().map(wrote).collect()
        }
        Ok(Outcome::Removed { removed }) => {
            removed.iter().map(|file| format!("warning=removed {}", shown(file, package).display())).collect()
        }
        Ok(Outcome::UpToDate { .. }) => Vec::new(),
        Err(error) => failed(package, error),
    }
}

/// A name for a migration without one: after the first table that changes.
fn name(profile: &Profile, differences: Option<&[Difference]>) -> String {
    migrations::slug(&match differences {
        None => format!("create_{}", profile.service.as_deref().unwrap_or("tables")),
        Some(differences) => {
            let table = differences.iter().find_map(|it| Some(it.place.as_ref()?.item().to_owned()));
            format!("change_{}", table.as_deref().unwrap_or("tables"))
        }
    })
}

fn failed(package: &Path, error: Error) -> Vec<String> {
    match error {
        Error::Violations(reports) => errors(package, &reports),
        Error::Refused { message, help } => vec![format!("error={} ({})", one_line(&message), one_line(&help))],
        Error::Io(error) => vec![format!("error={}", one_line(&error.to_string()))],
    }
}

fn errors(package: &Path, reports: &[Report]) -> Vec<String> {
    reports.iter().map(|report| format!("error={}", line(package, report))).collect()
}

/// `src/models.rs:10:9: orders.note: the column is new (cargo schema migrate NAME)`
fn line(package: &Path, report: &Report) -> String {
    let file = shown(&report.at.file, package).display().to_string();
    let (row, column) = report.at.start();
    let place = if report.at.is_whole() { file } else { format!("{file}:{row}:{column}") };
    let path = if report.path.is_empty() { String::new() } else { format!("{}: ", report.path) };
    let help = report.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    one_line(&format!("{place}: {path}{}{help}", report.message))
}

/// Cargo reads its instructions line by line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const MODEL: &str =
        "#[derive(Table)] pub struct User { id: Uuid, created_at: DateTime<Utc>, updated_at: DateTime<Utc> }";

    fn package(models: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("src")).unwrap();
        fs::write(folder.path().join("src/lib.rs"), models).unwrap();
        folder
    }

    fn told(package: &Path, write: bool) -> Vec<String> {
        let speaks = |line: &String| line.starts_with("error=") || line.starts_with("warning=");
        lines(package, write).into_iter().filter(speaks).collect()
    }

    #[test]
    fn a_check_fails_with_the_difference_and_the_command_and_writes_nothing() {
        let folder = package(MODEL);
        let path = folder.path();
        assert_eq!(told(path, false), [""; 0]);
        assert_eq!(told(path, true), ["warning=wrote 001_create_tables (expand), not sealed: creates the table users"]);
        assert_eq!(told(path, true), [""; 0]);
        migrations::seal(path, &Profile::default()).unwrap();
        let lock = fs::read_to_string(path.join(LOCK_FILE)).unwrap();
        fs::write(path.join("src/lib.rs"), MODEL.replace("id: Uuid,", "id: Uuid, note: Option<String>,")).unwrap();
        assert_eq!(
            told(path, false),
            [
                "error=src/lib.rs:1:46: users.note: the column is new, and no migration up to 001_create_tables does that (cargo schema \
              migrate NAME)"
            ]
        );
        assert_eq!(fs::read_to_string(path.join(LOCK_FILE)).unwrap(), lock);
        assert_eq!(told(path, true).len(), 1);
        assert!(path.join("migrations/002_change_users.up.sql").exists());
        assert_eq!(told(path, false), [""; 0]);
        // Existing files are watched; a missing one would run the script forever.
        let watched = lines(path, false);
        for file in ["schema.lock", "migrations", "src/lib.rs"] {
            assert!(watched.contains(&format!("rerun-if-changed={}", path.join(file).display())), "{watched:?}");
        }
        assert!(!watched.iter().any(|line| line.contains("schema.toml")));
    }

    #[test]
    fn a_build_never_writes_a_drop() {
        let folder = package(&MODEL.replace("id: Uuid,", "id: Uuid, note: Option<String>,"));
        let path = folder.path();
        told(path, true);
        migrations::seal(path, &Profile::default()).unwrap();
        fs::write(path.join("src/lib.rs"), MODEL).unwrap();
        let told = told(path, true);
        assert!(told.len() == 1 && told[0].starts_with("error=") && told[0].contains("--drop users.note"), "{told:?}");
        assert!(!path.join("migrations/002_change_users.up.sql").exists());
    }

    #[test]
    fn a_journal_that_leads_elsewhere_fails_the_build_and_touches_nothing() {
        let outer = package("");
        let folder = outer.path().join("inner");
        fs::rename(package(MODEL).keep(), &folder).unwrap();
        fs::write(outer.path().join("victim"), "mine").unwrap();
        fs::write(folder.join(".schema.journal"), r#"{"write":[["src/lib.rs","pwned"]],"remove":["../victim"]}"#)
            .unwrap();
        for write in [false, true] {
            let told = told(&folder, write);
            assert!(
                told[0].starts_with("error=.schema.journal: no command of this program wrote this journal"),
                "{told:?}"
            );
        }
        assert_eq!(fs::read_to_string(outer.path().join("victim")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(folder.join("src/lib.rs")).unwrap(), MODEL);
    }

    #[test]
    fn documentation_warns_and_a_touched_file_fails() {
        let folder = package(MODEL);
        let path = folder.path();
        told(path, true);
        migrations::seal(path, &Profile::default()).unwrap();
        fs::write(path.join("src/lib.rs"), format!("/// A person.\n{MODEL}")).unwrap();
        assert!(told(path, false)[0].starts_with("warning=src/lib.rs:2:"), "{:?}", told(path, false));
        fs::write(path.join("migrations/001_create_tables.up.sql"), "").unwrap();
        assert!(told(path, false)[0].starts_with("error=migrations/001_create_tables.up.sql: this file is not what"));
        // The compiler reports what does not parse.
        fs::write(path.join("src/lib.rs"), "pub struct {").unwrap();
        assert_eq!(told(path, false), [""; 0]);
    }
}
