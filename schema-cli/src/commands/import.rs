//! `cargo schema import`: models and a baseline from an existing database.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tablewright_core::config::{Format, KeyStyle, Profile};
use tablewright_core::diff::Pair;
use tablewright_core::listing::{self, Rest};
use tablewright_core::migrations::{self, Header, Kind, Outcome, Request, Sentence, Writer};
use tablewright_core::parse::scan;
use tablewright_core::plan::Phase;
use tablewright_database::import::{self, Baseline, Imported};
use tablewright_database::{Access, Connection, Introspection, Options};

use super::Verdict;
use crate::cli::Import;
use crate::failure::{Failure, Problem};
use crate::file::replace;
use crate::output::{self, relative};
use crate::package::Package;
use crate::source;

/// The migration that creates what the database has.
const BASELINE: &str = "baseline";

/// What prevents an import.
fn free(package: &Package, profile: &Profile) -> Result<(), Failure> {
    let taken =
        [package.folder.join("src/models.rs"), package.folder.join("src/models"), package.folder.join("schema.lock")];
    if let Some(path) = taken.iter().find(|path| path.exists()) {
        return Err(Failure::new(format!("{} already exists, and an import would write it", relative(path).display()))
            .help("import into a new package: cargo new --lib models"));
    }
    if let Some(models) = &profile.models {
        return Err(Failure::new(format!(
            "schema.toml says that the models are in {models}, but an import writes src/models.rs"
        ))
        .help("remove `models` from schema.toml"));
    }
    Ok(())
}

pub(super) fn run(package: &Package, arguments: &Import) -> Result<Verdict, Problem> {
    let given = package.profile()?;
    free(package, given)?;
    let url = source::url(arguments.url.as_deref())?;
    let options = Options::of(&arguments.schemas);
    let has_profile = package.folder.join("schema.toml").exists();
    let (imported, found, profile, differences) = tablewright_database::run(async {
        let mut connection = tablewright_database::connect(&url, Access::Write).await?;
        let found = tablewright_database::introspect(&mut connection, &options).await?;
        let profile = if has_profile { given.clone() } else { import::fitting(&found.schema) };
        let typed = tablewright_database::pretty(&mut connection, &found.schema, &profile, &options).await?;
        let imported = import::import(&typed, &profile).map_err(|error| Failure::new(error.to_string()))?;
        let differences = differences(&mut connection, &imported, &found, &profile, &options).await?;
        connection.close().await;
        Ok::<_, Problem>((imported, found, profile, differences))
    })?;
    let left_out = left_out(&imported, &found, differences);
    let wrote = write(package, &profile, has_profile, &imported, &left_out)?;
    let migrations = baseline(package, &profile, &found)?;
    output::out(&told(&wrote, &imported, &left_out));
    if arguments.no_mark {
        output::out("\nnot marked as applied: cargo schema apply would run it\n");
    } else {
        marked(&url, &migrations)?;
    }
    Ok(Verdict::Good)
}

/// How the models' own tables would differ from the database's, in words.
async fn differences(
    connection: &mut Connection,
    imported: &Imported,
    found: &Introspection,
    profile: &Profile,
    options: &Options,
) -> Result<Vec<String>, Problem> {
    let spelled = tablewright_database::canonical(connection, &imported.schema, profile, options).await?;
    let aligned = tablewright_database::align(&imported.schema, &spelled.schema, &found.schema);
    let pair = Pair::new(&aligned, &imported.schema);
    Ok(pair.changes().iter().map(|change| change.difference().text()).collect())
}

/// Everything that the models do not express, in order.
fn left_out(imported: &Imported, found: &Introspection, differences: Vec<String>) -> Vec<String> {
    let needed = &imported.schema.extensions;
    let extensions = found.schema.extensions.iter().filter(|name| !needed.contains(*name));
    let mut all: Vec<String> = imported.left_out.clone();
    all.extend(extensions.map(|name| format!("extension {name}: nothing in the models needs it")));
    all.extend(found.unheld.iter().map(ToString::to_string));
    // A table without a model is reported once.
    let told = |text: &String| {
        imported
            .left_out
            .iter()
            .any(|it| it.starts_with("table ") && text.contains(it.split(':').next().unwrap_or("?")))
    };
    all.extend(differences.into_iter().filter(|text| !told(text)).map(|text| format!("in the models, {text}")));
    let mut seen = BTreeSet::new();
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    all.into_iter().map(one_line).filter(|line| seen.insert(line.clone())).collect()
}

fn write(
    package: &Package,
    profile: &Profile,
    has_profile: bool,
    imported: &Imported,
    left_out: &[String],
) -> Result<Vec<PathBuf>, Failure> {
    let source = package.folder.join("src");
    let mut files = imported.files.clone();
    if let Some(models) = files.get_mut(Path::new("models.rs")) {
        *models = format!("{}{models}", header(left_out));
    }
    let failed = |error: std::io::Error| Failure::new(format!("cannot write the models: {error}"));
    import::write(&files, &source).map_err(failed)?;
    let mut wrote: Vec<PathBuf> = files.keys().map(|path| source.join(path)).collect();
    format(&wrote);
    wrote.extend(declare(&source).map_err(failed)?);
    let mut settings = String::new();
    if !has_profile && profile.primary_key == KeyStyle::Bigint {
        settings.push_str("primary_key = \"bigint\"\n");
    }
    if !imported.rules_off.is_empty() {
        settings.push_str("\n[rules]\n");
        for rule in &imported.rules_off {
            // Writing to a string does not fail.
            let _ = writeln!(settings, "{rule} = {{ level = \"off\", reason = \"{}\" }}", import::REASON_OFF);
        }
    }
    if !settings.is_empty() {
        let path = package.folder.join("schema.toml");
        if has_profile {
            return Err(
                Failure::new("the models need more lines in schema.toml, which is not overwritten").help(settings)
            );
        }
        fs::write(&path, settings.trim_start()).map_err(failed)?;
        wrote.push(path);
    }
    Ok(wrote)
}

fn header(left_out: &[String]) -> String {
    let mut text = "//! The tables of a database, as `cargo schema import` found them.\n".to_owned();
    if !left_out.is_empty() {
        text.push_str("//!\n//! What the database has and these models do not say; the baseline makes what of it can be spelled:\n");
        for line in left_out {
            text.push_str(&format!("//! - {line}\n"));
        }
    }
    text.push('\n');
    text
}

/// Formats like the user's other files, if rustfmt is installed.
fn format(files: &[PathBuf]) {
    let rust = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    let _ = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .args(rust)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

/// Declares the module at the crate's root; the file, if it changed.
fn declare(source: &Path) -> std::io::Result<Option<PathBuf>> {
    let roots = [source.join("lib.rs"), source.join("main.rs")];
    let Some(root) = roots.iter().find(|root| root.exists()) else {
        fs::write(&roots[0], "pub mod models;\n")?;
        return Ok(Some(roots[0].clone()));
    };
    let text = tablewright_core::files::read_text(root)?;
    if text.lines().any(|line| line.trim_end().ends_with("mod models;")) {
        return Ok(None);
    }
    // After the file's own documentation and attributes.
    let head = text.lines().take_while(|line| {
        let line = line.trim_start();
        line.is_empty() || line.starts_with("//!") || line.starts_with("#!")
    });
    let at: usize = head.map(|line| line.len() + 1).sum();
    let at = at.min(text.len());
    let changed = format!("{}pub mod models;\n{}", &text[..at], &text[at..]);
    replace(root, &changed)?;
    Ok(Some(root.clone()))
}

/// Writes and seals the migration that creates what the database has, and returns its folder.
///
/// It counts as written by hand: it also creates what models cannot express, such as the functions that a default calls.
fn baseline(package: &Package, profile: &Profile, found: &Introspection) -> Result<PathBuf, Problem> {
    // As the user's next command reads it.
    let package = Package::at(&package.folder)?;
    let profile = package.profile.as_ref().unwrap_or(profile);
    let scan = scan::scan(&package.folder, profile).map_err(|failure| Problem::Violations(failure.reports))?;
    let by_hand = profile.format == Format::Sqlx;
    let request = Request { name: Some(BASELINE.to_owned()), by_hand, ..Request::default() };
    if let Outcome::Written(written) = migrations::migrate(&package.folder, profile, &scan, &request)? {
        if by_hand {
            let (up, down) = import::script(found, &scan.schema, profile).map_err(|problems| {
                Problem::Violations(problems.into_iter().map(|problem| scan.report(problem)).collect())
            })?;
            for file in &written.files {
                let name = file.to_string_lossy();
                let (what, text) = if name.ends_with(".up.sql") {
                    ("makes what the database had when it was imported", &up)
                } else if name.ends_with(".down.sql") {
                    ("takes away everything that was imported", &down)
                } else {
                    continue;
                };
                let header = Header {
                    kind: Some(Kind::Baseline),
                    what: Some(Sentence::new(what)),
                    phase: Some(Phase::Expand),
                    writer: Some(Writer::Import),
                    ..Header::default()
                };
                fs::write(file, format!("{header}\n{text}"))
                    .map_err(|error| Failure::new(format!("cannot write {name}: {error}")))?;
            }
        }
        migrations::seal(&package.folder, profile)?;
        migrations::record_statements(&package.folder, profile, None)?;
    }
    Ok(package.folder.join(&profile.migrations))
}

fn told(wrote: &[PathBuf], imported: &Imported, left_out: &[String]) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let counted =
        |count: usize, one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    let tables = counted(imported.schema.tables.len(), "table as a model", "tables as models");
    let _ = writeln!(text, "{tables} in {}", counted(wrote.len(), "file", "files"));
    if imported.waivers > 0 {
        let waivers = counted(imported.waivers, "waiver", "waivers");
        let _ = writeln!(text, "{waivers} with a TODO: cargo schema waivers lists them");
    }
    if !imported.needs.is_empty() {
        let _ = writeln!(text, "before it compiles, unless Cargo.toml has it:");
        text.push_str(&listing::lines(&imported.needs, "  ", Rest::Counted("see there")));
    }
    if !left_out.is_empty() {
        let things = counted(left_out.len(), "thing is", "things are");
        let _ = writeln!(text, "{things} not in the models; see the top of src/models.rs:");
        text.push_str(&listing::lines(left_out, "  ", Rest::Counted("see there")));
    }
    text
}

fn marked(url: &str, migrations: &Path) -> Result<(), Problem> {
    let outcome = tablewright_database::run(async {
        let mut connection = tablewright_database::connect(url, Access::Write).await?;
        let outcome = import::mark(&mut connection, migrations).await?;
        connection.close().await;
        Ok::<_, tablewright_database::Error>(outcome)
    })?;
    output::out(&match outcome {
        Baseline::Marked(_) => "001_baseline is marked as applied in _sqlx_migrations\n".to_owned(),
        Baseline::Known(count) => format!(
            "not marked as applied: _sqlx_migrations knows {count} migrations of another folder; once those are done with, \
             empty it and run cargo schema import in a new package\n"
        ),
    });
    Ok(())
}
