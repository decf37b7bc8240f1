//! The careful runner: the files of sqlx, in the table of sqlx, so that both runners can take turns.
//!
//! What it does beyond sqlx's own:
//! - it polls for the lock and never blocks in it, which would deadlock with `CREATE INDEX CONCURRENTLY`;
//! - a file that runs into `lock_timeout`, a deadlock or a serialisation failure is run again, for as long as is allowed;
//! - an index that an interrupted build left INVALID is dropped and built again;
//! - a file that ran, but was not recorded because the runner was killed, is recognised;
//! - it shows how far long statements are, and who is in their way.

mod alone;
mod error;
mod event;
mod file;
mod hidden;
mod index;
mod interrupt;
mod lock;
mod mark;
mod run;
mod script;
pub(super) mod table;
mod underway;
mod watch;

use std::time::{Duration, Instant};

pub(super) use error::told;
pub use error::{Failed, Hidden, State, seconds};
pub use event::{Event, Observer, Silent};
pub use file::{File, files};
pub(super) use index::code as code_of;
pub use watch::{Blocker, Progress};

use interrupt::Interrupt;
use run::Runner;

use schema_core::plan::Phase;

/// How the runner is to behave.
#[derive(Clone, Debug)]
pub struct Settings {
    /// For how long locks are tried for: those of tables, and that of another runner.
    pub wait: Duration,
    /// `lock_timeout` of files that do not set their own, in PostgreSQL's notation.
    pub lock_timeout: String,
    /// Where to stop: before the first file of this phase.
    pub until: Option<Phase>,
    /// The last version to apply.
    pub to: Option<i64>,
    /// Whether a row is used as the lock although the server has advisory locks, as where it has none.
    pub lease: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wait: Duration::from_mins(10), lock_timeout: "2s".to_owned(), until: None, to: None, lease: false }
    }
}

/// What a run did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The migrations that ran, in order.
    pub ran: Vec<String>,
    /// Those that were done already.
    pub before: usize,
    /// Those that are left for later, because of [`Settings::until`] or [`Settings::to`].
    pub left: Vec<String>,
}

/// Applies what the database does not have yet.
///
/// # Errors
/// See [`Failed`]. What ran is recorded, and a second run goes on behind it.
pub async fn apply(url: &str, files: &[File], settings: &Settings, observer: &dyn Observer) -> Result<Summary, Failed> {
    let mut runner = Runner::connect(url, settings, observer, Interrupt::listen()).await?;
    let deadline = Instant::now() + settings.wait;
    let mut summary = Summary::default();
    loop {
        runner.lock(deadline).await?;
        let result = up(&mut runner, files, settings, &mut summary).await;
        runner.note_lifted(files).await;
        match runner.unlock(result).await? {
            // Another runner waits in a blocking lock, which no index build outlives. It goes first.
            Turn::GiveWay => runner.pause().await?,
            Turn::Done => break,
        }
    }
    runner.close().await;
    Ok(summary)
}

/// Whether the run is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Done,
    GiveWay,
}

async fn up(
    runner: &mut Runner<'_>,
    files: &[File],
    settings: &Settings,
    summary: &mut Summary,
) -> Result<Turn, Failed> {
    let applied = runner.applied(files, true).await?;
    if underway::finish(runner, files, &applied, true, &mut Vec::new()).await? == Turn::GiveWay {
        return Ok(Turn::GiveWay);
    }
    let applied = runner.applied(files, true).await?;
    summary.before = applied.len().saturating_sub(summary.ran.len());
    let pending: Vec<&File> = files.iter().filter(|file| !applied.contains_key(&file.version)).collect();
    runner.note_invalid(&pending).await?;
    let (now, later) = split(&pending, settings);
    runner.sees_rows(now, true).await?;
    summary.left = later.iter().map(|file| file.name.clone()).collect();
    if let (Some(file), Some((last, _))) = (now.first(), applied.last_key_value())
        && file.version < *last
    {
        runner.note(&format!("{} runs now, although the database has later ones", file.name));
    }
    for file in now {
        if runner.run(file, true).await? == Turn::GiveWay {
            return Ok(Turn::GiveWay);
        }
        summary.ran.push(file.name.clone());
    }
    runner.tidy().await?;
    Ok(Turn::Done)
}

/// What is to run now, and what is left for later.
fn split<'a, 'f>(pending: &'a [&'f File], settings: &Settings) -> (&'a [&'f File], &'a [&'f File]) {
    let stop = pending.iter().position(|file| {
        file.phase.zip(settings.until).is_some_and(|(phase, until)| phase >= until)
            || settings.to.is_some_and(|to| file.version > to)
    });
    pending.split_at(stop.unwrap_or(pending.len()))
}

/// What [`apply`] would run, and what it would leave. Nothing is written, and no lock is taken.
///
/// # Errors
/// See [`Failed`].
pub async fn pending<'f>(
    url: &str,
    files: &'f [File],
    settings: &Settings,
) -> Result<(Vec<&'f File>, Vec<&'f File>), Failed> {
    let mut runner = Runner::connect(url, settings, &Silent, Interrupt::never()).await?;
    let applied = runner.applied(files, false).await?;
    let pending: Vec<&File> = files.iter().filter(|file| !applied.contains_key(&file.version)).collect();
    let (now, later) = split(&pending, settings);
    let seen = runner.sees_rows(now, true).await;
    runner.close().await;
    seen?;
    Ok((now.to_vec(), later.to_vec()))
}

/// The files that a database has not run, by `_sqlx_migrations`; none where it has no such table.
///
/// # Errors
/// A table that cannot be read.
pub async fn missing<'f>(connection: &mut super::Connection, files: &'f [File]) -> Result<Vec<&'f File>, super::Error> {
    let failed = connection.failed("read _sqlx_migrations");
    let applied = table::applied(connection.sql()).await.map_err(failed)?;
    Ok(files.iter().filter(|file| !applied.is_empty() && !applied.contains_key(&file.version)).collect())
}

/// Which migrations are taken back: the last one, or all behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// The last one.
    One,
    /// All behind this version; 0 takes everything back.
    To(i64),
}

/// What [`revert`] would take back, the last first, with what each way down says that it loses.
///
/// # Errors
/// See [`Failed`].
pub async fn revertible(url: &str, files: &[File], back: Back) -> Result<Vec<(String, Option<String>)>, Failed> {
    let settings = Settings::default();
    let mut runner = Runner::connect(url, &settings, &Silent, Interrupt::never()).await?;
    let applied = runner.applied(files, false).await?;
    runner.close().await;
    let chosen = chosen(files, &applied, back)?;
    Ok(chosen.into_iter().map(|file| (file.name.clone(), file.loses())).collect())
}

fn chosen<'f>(
    files: &'f [File],
    applied: &std::collections::BTreeMap<i64, table::Applied>,
    back: Back,
) -> Result<Vec<&'f File>, Failed> {
    let backward = || files.iter().rev().filter(|file| applied.contains_key(&file.version));
    match back {
        Back::One => Ok(backward().take(1).collect()),
        Back::To(to) if to == 0 || files.iter().any(|file| file.version == to) => {
            Ok(backward().take_while(|file| file.version > to).collect())
        }
        Back::To(version) => {
            Err(Failed::NoSuchVersion { version, last: backward().next().map(|file| file.name.clone()) })
        }
    }
}

/// Takes migrations back, the last first. `accept_loss` lets those run whose headers say that they lose rows.
///
/// # Errors
/// See [`Failed`].
pub async fn revert(
    url: &str,
    files: &[File],
    back: Back,
    accept_loss: bool,
    settings: &Settings,
    observer: &dyn Observer,
) -> Result<Vec<String>, Failed> {
    let mut runner = Runner::connect(url, settings, observer, Interrupt::listen()).await?;
    let deadline = Instant::now() + settings.wait;
    let mut reverted = Vec::new();
    // One step stays one step, also where it has to be taken up again.
    let mut back = back;
    loop {
        runner.lock(deadline).await?;
        let result = down(&mut runner, files, &mut back, accept_loss, &mut reverted).await;
        runner.note_lifted(files).await;
        match runner.unlock(result).await? {
            Turn::GiveWay => runner.pause().await?,
            Turn::Done => break,
        }
    }
    runner.close().await;
    Ok(reverted)
}

async fn down(
    runner: &mut Runner<'_>,
    files: &[File],
    back: &mut Back,
    accept_loss: bool,
    reverted: &mut Vec<String>,
) -> Result<Turn, Failed> {
    let applied = runner.applied(files, true).await?;
    if underway::finish(runner, files, &applied, false, reverted).await? == Turn::GiveWay {
        return Ok(Turn::GiveWay);
    }
    let applied = runner.applied(files, true).await?;
    let chosen = chosen(files, &applied, *back)?;
    if let (Back::One, Some(file)) = (*back, chosen.first()) {
        let before = files.iter().rev().find(|other| other.version < file.version);
        *back = Back::To(before.map_or(0, |file| file.version));
    }
    if let Some(file) = chosen.iter().find(|file| file.down.is_none()) {
        return Err(Failed::NoWayDown { name: file.name.clone() });
    }
    let losses = chosen.iter().filter_map(|file| Some((file.name.clone(), file.loses()?)));
    let losses: Vec<(String, String)> = losses.collect();
    if !losses.is_empty() && !accept_loss {
        return Err(Failed::Loses { losses });
    }
    runner.sees_rows(&chosen, false).await?;
    for file in chosen {
        if runner.run(file, false).await? == Turn::GiveWay {
            return Ok(Turn::GiveWay);
        }
        reverted.push(file.name.clone());
    }
    runner.tidy().await?;
    Ok(Turn::Done)
}
