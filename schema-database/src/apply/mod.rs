//! The careful runner: sqlx's files, in sqlx's table, so that both runners can take turns.
//!
//! What it does beyond sqlx's own:
//! - it polls for the lock and never blocks in it, which would deadlock with `CREATE INDEX CONCURRENTLY`;
//! - a file that runs into `lock_timeout`, a deadlock or a serialisation failure is run again, for as long as allowed;
//! - an index that an interrupted build left INVALID is dropped and rebuilt;
//! - a statement that ran, but was not recorded because the runner was killed, is recognised if that is proved;
//! - a statement that would end its transaction or change its session is refused before anything runs;
//! - only [`revert`] finishes a way down that was started;
//! - it looks for rows that are in the way of any file before it runs the first;
//! - it shows the progress of long statements, and who blocks them.

mod alone;
mod drifted;
mod effect;
mod error;
mod event;
mod file;
mod help;
mod hidden;
mod index;
mod interrupt;
mod invalid;
mod lock;
mod look;
mod mark;
mod proof;
mod refusal;
mod revert;
mod run;
mod script;
mod state;
mod statement;
pub(super) mod table;
mod underway;
mod watch;

use std::time::{Duration, Instant};

pub use drifted::Recorded;
pub(super) use error::told;
pub use error::{Drifted, Failed, Hidden, InTheWay, Refused, seconds};
pub use event::{Event, Observer, Silent};
pub use file::{File, files};
pub(super) use index::code as code_of;
pub use refusal::{Refusal, refusals};
pub use revert::{Back, Step, revert, revertible};
pub use state::State;
pub use underway::HalfDone;
pub use watch::{Blocker, Progress};

use interrupt::Interrupt;
use run::Runner;

use tablewright_core::plan::Phase;

/// How the runner is to behave.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long to wait: for locks of tables, which are retried, for another runner, and for a statement that does nothing.
    pub wait: Duration,
    /// `lock_timeout` of files that do not set their own, in PostgreSQL's notation.
    pub lock_timeout: String,
    /// Where to stop: before the first file of this phase.
    pub until: Option<Phase>,
    /// The last version to apply.
    pub to: Option<i64>,
    /// Whether a row is used as the lock even if the server has advisory locks.
    pub lease: bool,
    /// How long a look at the rows of one table may take before the first file runs.
    pub look: Duration,
    /// What the tables are recorded to be after each migration.
    pub recorded: Recorded,
    /// Whether files run although a table that they change is not what it is recorded to be.
    pub accept_drift: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            wait: Duration::from_mins(10),
            lock_timeout: "2s".to_owned(),
            until: None,
            to: None,
            lease: false,
            look: Duration::from_secs(10),
            recorded: Recorded::default(),
            accept_drift: false,
        }
    }
}

/// What a run did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The migrations that ran, in order.
    pub ran: Vec<String>,
    /// Those that were already done.
    pub before: usize,
    /// Those that are left for later, because of [`Settings::until`] or [`Settings::to`].
    pub left: Vec<String>,
}

/// Applies what the database lacks.
///
/// # Errors
/// See [`Failed`]. What ran is recorded, and a second run continues after it.
pub async fn apply(url: &str, files: &[File], settings: &Settings, observer: &dyn Observer) -> Result<Summary, Failed> {
    let interrupt = Interrupt::listen();
    let runner = Runner::connect(url, settings, observer, interrupt.clone());
    interrupt.bounded(Box::pin(apply_all(runner, files))).await
}

async fn apply_all<'a>(
    connecting: impl Future<Output = Result<Runner<'a>, Failed>>,
    files: &[File],
) -> Result<Summary, Failed> {
    let mut runner = connecting.await?;
    let settings = runner.settings;
    let deadline = Instant::now().checked_add(settings.wait);
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
    // What is half way up gets its turn anyway.
    let underway = runner.underway(files, &applied).await?;
    underway.has_files()?;
    if let Some((_, half)) = underway.down.into_iter().next() {
        return Err(Failed::RevertUnderway(Box::new(half)));
    }
    summary.before = applied.len().saturating_sub(summary.ran.len());
    let pending: Vec<&File> = files.iter().filter(|file| !applied.contains_key(&file.version)).collect();
    runner.note_invalid(&pending).await?;
    let (now, later) = split(&pending, settings);
    refusal::check(now.iter().map(|file| &file.up))?;
    if summary.ran.is_empty() {
        runner.fits(&applied, now).await?;
    } else {
        runner.sees_rows(now, true).await?;
    }
    summary.left = later.iter().map(|file| file.name.clone()).collect();
    if let (Some(file), Some((last, _))) = (now.first(), applied.last_key_value())
        && file.version < *last
    {
        runner.note(&format!("{} runs now, although the database has later migrations", file.name));
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

/// What [`apply`] would do.
#[derive(Clone, Debug, Default)]
pub struct Pending<'f> {
    /// What was started, and would be finished.
    pub underway: Vec<HalfDone>,
    /// What would run.
    pub now: Vec<&'f File>,
    /// What would be left for later.
    pub later: Vec<&'f File>,
}

/// What [`apply`] would run, and what it would leave. Nothing is written, and no lock is taken.
///
/// # Errors
/// See [`Failed`].
pub async fn pending<'f>(url: &str, files: &'f [File], settings: &Settings) -> Result<Pending<'f>, Failed> {
    let mut runner = Runner::connect(url, settings, &Silent, Interrupt::never()).await?;
    let applied = runner.applied(files, false).await?;
    let (underway, _) = runner.marked(files, &applied).await?;
    underway.has_files()?;
    if let Some((_, half)) = underway.down.into_iter().next() {
        runner.close().await;
        return Err(Failed::RevertUnderway(Box::new(half)));
    }
    let pending: Vec<&File> = files.iter().filter(|file| !applied.contains_key(&file.version)).collect();
    let (now, later) = split(&pending, settings);
    let fits = match refusal::check(now.iter().map(|file| &file.up)) {
        Ok(()) => runner.fits(&applied, now).await,
        refused => refused,
    };
    runner.close().await;
    fits?;
    let underway = underway.up.into_iter().map(|(_, half)| half).collect();
    Ok(Pending { underway, now: now.to_vec(), later: later.to_vec() })
}

/// Which migrations a database has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The names of those that it does not have.
    pub missing: Vec<String>,
    /// What was started but not finished.
    pub underway: Vec<HalfDone>,
}

/// Which of the migrations a database has, and what is half done there. Nothing is written, and no lock is taken.
///
/// # Errors
/// See [`Failed`].
pub async fn standing(url: &str, files: &[File]) -> Result<Standing, Failed> {
    let settings = Settings::default();
    let mut runner = Runner::connect(url, &settings, &Silent, Interrupt::never()).await?;
    let applied = runner.applied(files, false).await?;
    let (underway, _) = runner.marked(files, &applied).await?;
    runner.close().await;
    let missing = files.iter().filter(|file| !applied.contains_key(&file.version)).map(|file| file.name.clone());
    let lost = underway.lost;
    let underway = underway.up.into_iter().chain(underway.down).map(|(_, half)| half).chain(lost);
    Ok(Standing { missing: missing.collect(), underway: underway.collect() })
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
