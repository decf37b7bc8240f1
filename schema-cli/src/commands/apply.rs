//! `cargo schema apply`: runs the pending migrations.

use std::time::Duration;

use tablewright_core::config::{Format, Profile};
use tablewright_core::migrations;
use tablewright_database::apply;

use super::Verdict;
use crate::cli::Apply;
use crate::failure::{Failure, Problem};
use crate::output::{self, Teller};
use crate::package::Package;
use crate::source;

pub(super) fn run(package: &Package, arguments: &Apply) -> Result<Verdict, Problem> {
    let (profile, url) = ready(package, arguments.url.as_deref())?;
    let lock = migrations::verify(&package.folder, profile)?;
    let settings = apply::Settings {
        recorded: lock.as_ref().map(apply::Recorded::of).unwrap_or_default(),
        accept_drift: arguments.accept_drift,
        wait: arguments.wait,
        lock_timeout: profile.timeouts.lock.clone(),
        until: arguments.until.map(Into::into),
        ..apply::Settings::default()
    };
    let folder = package.folder.join(&profile.migrations);
    block_on(async {
        let files = apply::files(&folder).await?;
        if files.is_empty() {
            output::out("nothing to apply: there is no migration yet. cargo schema migrate NAME writes the first\n");
            // A database that has some all the same is an error, which the runner reports.
            if apply::pending(&url, &files, &settings).await.is_ok() {
                return Ok(());
            }
        }
        if arguments.dry_run {
            output::out(&planned(&apply::pending(&url, &files, &settings).await?));
            return Ok(());
        }
        let teller = Teller::default();
        let summary = apply::apply(&url, &files, &settings, &teller).await;
        teller.clear();
        let summary = summary?;
        output::out(&told(&summary));
        Ok(())
    })?;
    Ok(Verdict::Good)
}

/// The profile and the URL, once the files are what `schema.lock` records.
pub(super) fn ready<'p>(package: &'p Package, url: Option<&str>) -> Result<(&'p Profile, String), Problem> {
    let profile = package.profile()?;
    if profile.format != Format::Sqlx {
        return Err(Failure::new("the runner reads sqlx's files, but schema.toml asks for another format")
            .help("set format = \"sqlx\" in schema.toml, or use the runner for that format")
            .into());
    }
    let lock = migrations::verify(&package.folder, profile)?;
    if let Some(file) = lock.as_ref().and_then(|lock| lock.unsealed().first()) {
        output::out(&format!(
            "note: {} is not sealed, so it may still be rewritten: run cargo schema seal before you apply it to a database that \
             matters\n",
            file.name
        ));
    }
    Ok((profile, source::url(url)?))
}

pub(super) fn block_on<T>(work: impl Future<Output = Result<T, apply::Failed>>) -> Result<T, Failure> {
    tablewright_database::run(work).map_err(|error| failure(&error))
}

fn failure(error: &apply::Failed) -> Failure {
    // Paths are shown relative to the folder in which the user works.
    let here = std::env::current_dir().map(|here| format!("{}/", here.display())).unwrap_or_default();
    let message = error.to_string();
    let message = if here.len() > 1 { message.replace(&here, "") } else { message };
    let failure = Failure::new(message);
    match error.help() {
        Some(help) => failure.help(help),
        None => failure,
    }
}

fn planned(pending: &apply::Pending<'_>) -> String {
    let mut text = String::new();
    for file in &pending.now {
        let phase = file.phase.map_or_else(String::new, |phase| format!("  {phase}"));
        text.push_str(&format!("would apply {}{phase}\n", file.name));
        if let Some(half) = pending.underway.iter().find(|half| half.version == file.version) {
            text.push_str(&format!("    underway: {half}\n"));
        }
        if let Some(locks) = file.locks() {
            text.push_str(&format!("    locks: {}\n", locks.trim_end_matches('.')));
        }
    }
    for file in &pending.later {
        text.push_str(&format!("would leave {} for later\n", file.name));
    }
    if text.is_empty() { "nothing to do: the database has every migration\n".to_owned() } else { text }
}

fn told(summary: &apply::Summary) -> String {
    let migrations = |count: usize| if count == 1 { "1 migration".to_owned() } else { format!("{count} migrations") };
    let mut text = match summary.ran.len() {
        0 if summary.left.is_empty() => "nothing to do: the database has every migration\n".to_owned(),
        0 => "nothing to do\n".to_owned(),
        ran => format!("applied {}\n", migrations(ran)),
    };
    if let (Some(first), count) = (summary.left.first(), summary.left.len()) {
        text.push_str(&format!("left for later: {}, from {first} on\n", migrations(count)));
    }
    text
}

/// `90s`, `10m`, `1h`, or seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| "a length of time is written 90s, 10m or 1h".to_owned())?;
    let factor = match &text[digits.len()..] {
        "" | "s" => 1,
        "m" | "min" => 60,
        "h" => 3600,
        other => return Err(format!("`{other}` is not a unit of time: use s, m or h")),
    };
    number.checked_mul(factor).map(Duration::from_secs).ok_or_else(|| "that is too long".to_owned())
}
