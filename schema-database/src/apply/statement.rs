//! One statement at work: what a second connection sees of it, and when it is given up.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, PgConnection};

use super::Failed;
use super::event::Event;
use super::file::OneWay;
use super::lock::RENEW;
use super::run::Runner;
use super::watch::{self, Blocker, Progress, Wait};

/// How often the second connection looks at the first.
const LOOK: Duration = Duration::from_millis(100);

/// How long a statement that was cancelled may go on, before its session is ended.
const CANCELLED: Duration = Duration::from_secs(2);

/// What a statement waited for, without going on, for as long as locks are retried.
#[derive(Clone, Debug)]
pub(super) struct Stuck {
    waited: Duration,
    /// In the server's words: `Lock virtualxid`.
    event: String,
    blockers: Vec<Blocker>,
}

impl Runner<'_> {
    /// Runs a text while the second connection watches. A signal cancels it, and so does waiting for as long as allowed.
    pub(super) async fn watched(&mut self, text: String) -> Result<(), sqlx::Error> {
        let (patience, pid) = (self.settings.wait, self.pid);
        let Self { connection, watch, interrupt, observer, lock, .. } = self;
        let seen = RefCell::new(Vec::new());
        let stuck = RefCell::new(None);
        let observed = watch.is_some() && !connection.is_cockroach();
        let work = async { sqlx::raw_sql(AssertSqlSafe(text)).execute(connection.sql()).await.map(drop) };
        let look = async {
            let Some(watch) = watch else { return std::future::pending().await };
            let mut renewed = Instant::now();
            let mut every = LOOK;
            let mut still = Still::default();
            let mut cancelled = None;
            loop {
                tokio::select! {
                    () = tokio::time::sleep(every) => {}
                    () = interrupt.wait(), if cancelled.is_none() => {
                        cancelled = Some(Instant::now());
                        end(watch.sql(), pid, Means::Cancel).await;
                    }
                }
                if renewed.elapsed() > RENEW {
                    let _ = lock.renew(watch.sql()).await;
                    renewed = Instant::now();
                }
                if cancelled.is_some_and(|since| since.elapsed() > CANCELLED) {
                    end(watch.sql(), pid, Means::Terminate).await;
                }
                if observed {
                    let Ok(looked) = tokio::time::timeout(patience.max(CANCELLED), look_at(watch.sql(), pid)).await
                    else {
                        // What was sent to it is not answered either.
                        interrupt.give_up();
                        return std::future::pending().await;
                    };
                    if let Ok((progress, waits)) = looked {
                        if !progress.blockers.is_empty() {
                            seen.borrow_mut().clone_from(&progress.blockers);
                        }
                        observer.event(&Event::Progress(&progress));
                        let blockers = progress.blockers.clone();
                        if let Some((event, waited)) = still.since(waits, progress)
                            && waited >= patience
                            && cancelled.is_none()
                        {
                            *stuck.borrow_mut() = Some(Stuck { waited, event, blockers });
                            cancelled = Some(Instant::now());
                            end(watch.sql(), pid, Means::Cancel).await;
                        }
                    }
                }
                every = (every * 2).min(Duration::from_millis(500));
            }
        };
        let result = first(work, look).await;
        self.seen = seen.into_inner();
        // It may have ended by itself while it was being cancelled.
        self.stuck = stuck.into_inner().filter(|_| result.is_err());
        result
    }

    /// The failure of a statement that was ended because it only waited.
    pub(super) fn gave_up(&mut self, direction: &OneWay) -> Option<Failed> {
        let Stuck { waited, event, blockers } = self.stuck.take()?;
        Some(Failed::Stuck { file: direction.path.clone(), waited, event, blockers })
    }
}

async fn look_at(connection: &mut PgConnection, pid: i32) -> Result<(Progress, Option<Wait>), sqlx::Error> {
    let progress = watch::progress(connection, pid).await?;
    Ok((progress, watch::waits(connection, pid).await?))
}

#[derive(Clone, Copy)]
enum Means {
    Cancel,
    Terminate,
}

/// Ends what a session does. Whether the server could, the statement itself shows.
async fn end(connection: &mut PgConnection, pid: i32, means: Means) {
    let text = match means {
        Means::Cancel => "SELECT pg_cancel_backend($1)",
        Means::Terminate => "SELECT pg_terminate_backend($1)",
    };
    let _ = tokio::time::timeout(CANCELLED, sqlx::query(text).bind(pid).execute(connection)).await;
}

/// Since when a statement has waited for the same.
#[derive(Default)]
struct Still(Option<(Wait, Progress, Instant)>);

impl Still {
    fn since(&mut self, waits: Option<Wait>, progress: Progress) -> Option<(String, Duration)> {
        let Some(waits) = waits else {
            self.0 = None;
            return None;
        };
        let goes_on = |(wait, before, _): &(Wait, Progress, Instant)| *wait != waits || !before.is_as_far_as(&progress);
        if self.0.as_ref().is_none_or(goes_on) {
            self.0 = Some((waits, progress, Instant::now()));
        }
        self.0.as_ref().map(|(wait, _, since)| (wait.event.clone(), since.elapsed()))
    }
}

/// The work's result; the other future is dropped.
async fn first<T>(work: impl Future<Output = T>, other: impl Future<Output = std::convert::Infallible>) -> T {
    tokio::select! {
        result = work => result,
        never = other => match never {},
    }
}
