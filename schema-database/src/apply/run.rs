//! One runner on one connection: the lock, the record, and one file after the other.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgDatabaseError, PgErrorPosition};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::event::{Event, Observer};
use super::file::{File, OneWay};
use super::index::{self, code};
use super::interrupt::Interrupt;
use super::lock::RunnerLock;
use super::mark::{self, Mark};
use super::statement::Stuck;
use super::table::{self, Applied};
use super::underway::{self, Underway};
use super::watch::Blocker;
use super::{Failed, Settings, State, Turn};
use crate::{Access, Connection};

pub(super) struct Runner<'a> {
    pub(super) connection: Connection,
    /// Watches the first while it works; absent if the server gives no second connection.
    pub(super) watch: Option<Connection>,
    pub(super) pid: i32,
    pub(super) lock: RunnerLock,
    locked: bool,
    pub(super) settings: &'a Settings,
    pub(super) observer: &'a dyn Observer,
    pub(super) interrupt: Interrupt,
    /// Who was seen blocking the running statement.
    pub(super) seen: Vec<Blocker>,
    /// Why the last statement was ended, if it was.
    pub(super) stuck: Option<Stuck>,
    /// The running migration.
    pub(super) at: Option<String>,
}

impl<'a> Runner<'a> {
    pub(super) async fn connect(
        url: &str,
        settings: &'a Settings,
        observer: &'a dyn Observer,
        interrupt: Interrupt,
    ) -> Result<Self, Failed> {
        let mut connection = crate::connect(url, Access::Write).await?;
        let mut watch = crate::connect(url, Access::Read).await.ok();
        let failed = connection.failed("ask which session this is");
        let (pid, database): (i32, String) = sqlx::query_as("SELECT pg_backend_pid(), current_database()::TEXT")
            .fetch_one(connection.sql())
            .await
            .map_err(failed)?;
        if let Some(watch) = watch.as_mut()
            && !connection.is_cockroach()
            && session_within(watch.sql()).await.is_ok_and(|other| other == pid)
        {
            return Err(Failed::Pooled);
        }
        let lock = if settings.lease || connection.is_cockroach() {
            RunnerLock::lease()
        } else {
            RunnerLock::advisory(&database)
        };
        let (locked, seen, stuck, at) = (false, Vec::new(), None, None);
        Ok(Self { connection, watch, pid, lock, locked, settings, observer, interrupt, seen, stuck, at })
    }

    pub(super) fn sql(&mut self) -> &mut PgConnection {
        self.connection.sql()
    }

    pub(super) fn failed(&self, doing: &'static str) -> impl FnOnce(sqlx::Error) -> Failed + use<> {
        let sorted = self.connection.failed(doing);
        move |error| sorted(error).into()
    }

    pub(super) fn note(&self, text: &str) {
        self.observer.event(&Event::Note(text));
    }

    pub(super) async fn close(self) {
        self.connection.close().await;
        if let Some(watch) = self.watch {
            watch.close().await;
        }
    }

    /// Takes the lock, and polls for it while another runner has it.
    pub(super) async fn lock(&mut self, deadline: Option<Instant>) -> Result<(), Failed> {
        let lock = self.lock.clone();
        let mut told = false;
        let start = Instant::now();
        loop {
            let failed = self.failed("take the migration lock");
            if lock.take(self.sql()).await.map_err(failed)? {
                self.locked = true;
                return Ok(());
            }
            let sessions = lock.sessions(self.sql(), true).await.unwrap_or_default();
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                return Err(Failed::Busy { waited: start.elapsed(), holder: sessions.into_iter().next() });
            }
            if !told {
                self.observer.event(&Event::Waiting { holder: sessions.first() });
                told = true;
            }
            self.sleep(jitter(Duration::from_millis(200))).await?;
        }
    }

    /// Releases the lock, whatever the outcome of the work; the error of the work counts first.
    pub(super) async fn unlock(&mut self, result: Result<Turn, Failed>) -> Result<Turn, Failed> {
        self.locked = false;
        self.at = None;
        if result.is_err() {
            // A file that failed as a whole leaves no trace.
            self.tidy().await.ok();
        }
        let lock = self.lock.clone();
        let failed = self.failed("give the migration lock back");
        let released = lock.release(self.sql()).await.map_err(failed);
        let turn = result?;
        released.map(|()| turn)
    }

    /// Lets another runner go first.
    pub(super) async fn pause(&mut self) -> Result<(), Failed> {
        self.sleep(jitter(Duration::from_millis(500))).await
    }

    pub(super) async fn sleep(&self, duration: Duration) -> Result<(), Failed> {
        tokio::select! {
            () = tokio::time::sleep(duration) => Ok(()),
            () = self.interrupt.wait() => Err(Failed::Interrupted { name: self.at.clone() }),
        }
    }

    /// The record, compared with the files. `create` creates the table if there is none.
    pub(super) async fn applied(&mut self, files: &[File], create: bool) -> Result<BTreeMap<i64, Applied>, Failed> {
        if create {
            let failed = self.failed("create the table _sqlx_migrations");
            table::create(self.sql()).await.map_err(failed)?;
        }
        let failed = self.failed("read the table _sqlx_migrations");
        let applied = table::applied(self.sql()).await.map_err(failed)?;
        table::check(&applied, files)?;
        Ok(applied)
    }

    pub(super) async fn marks(&mut self) -> Result<Vec<Mark>, Failed> {
        let failed = self.failed("read the table _tablewright_underway");
        mark::read(self.sql()).await.map_err(failed)
    }

    /// What is half done, and the marks that no longer mean anything.
    pub(super) async fn marked<'f>(
        &mut self,
        files: &'f [File],
        applied: &BTreeMap<i64, Applied>,
    ) -> Result<(Underway<'f>, Vec<i64>), Failed> {
        let failed = self.failed("read the table _tablewright_underway");
        underway::find(self.sql(), files, applied).await.map_err(failed)
    }

    /// What is half done. Called by the holder of the lock.
    pub(super) async fn underway<'f>(
        &mut self,
        files: &'f [File],
        applied: &BTreeMap<i64, Applied>,
    ) -> Result<Underway<'f>, Failed> {
        let (underway, stale) = self.marked(files, applied).await?;
        for version in stale {
            let failed = self.failed("forget a mark");
            mark::remove(self.sql(), version).await.map_err(failed)?;
        }
        Ok(underway)
    }

    pub(super) async fn tidy(&mut self) -> Result<(), Failed> {
        let failed = self.failed("drop the table _tablewright_underway");
        mark::tidy(self.sql()).await.map_err(failed)
    }

    /// Reports which invalid indexes no file will repair.
    pub(super) async fn note_invalid(&mut self, pending: &[&File]) -> Result<(), Failed> {
        if self.connection.is_cockroach() {
            return Ok(());
        }
        let failed = self.failed("look for invalid indexes");
        let invalid = index::invalid(self.sql()).await.map_err(failed)?;
        for index in invalid {
            let name = index::rebuilt(index.rsplit('.').next().unwrap_or_default().trim_matches('"'));
            if !pending.iter().any(|file| file.up.alone && file.up.sql.contains(name)) {
                self.note(&format!(
                    "the index {index} is INVALID: no query uses it, every write pays for it, and no pending file \
                     builds it: DROP INDEX CONCURRENTLY {index}; then create it again"
                ));
            }
        }
        Ok(())
    }

    /// Runs one file and records it.
    pub(super) async fn run(&mut self, file: &File, up: bool) -> Result<Turn, Failed> {
        let Some(direction) = (if up { Some(&file.up) } else { file.down.as_ref() }) else {
            return Err(Failed::NoWayDown { name: file.name.clone() });
        };
        if self.interrupt.came() {
            return Err(Failed::Interrupted { name: None });
        }
        self.renew().await?;
        self.at = Some(file.name.clone());
        let start = Instant::now();
        self.observer.event(&Event::Started { name: &file.name, phase: file.phase, up });
        let columns = file.retyped(up);
        if !columns.is_empty() {
            self.observer.event(&Event::Retypes { columns: &columns });
        }
        let turn = if direction.alone {
            self.alone(file, direction, up).await?
        } else {
            self.transaction(file, direction, up).await?
        };
        self.at = None;
        if turn == Turn::Done {
            let took = start.elapsed();
            if up {
                let failed = self.failed("record how long a migration took");
                table::took(self.sql(), file, took).await.map_err(failed)?;
            }
            self.observer.event(&Event::Finished { name: &file.name, took });
        }
        Ok(turn)
    }

    async fn renew(&mut self) -> Result<(), Failed> {
        let lock = self.lock.clone();
        let failed = self.failed("renew the migration lease");
        if lock.renew(self.sql()).await.map_err(failed)? { Ok(()) } else { Err(Failed::LeaseLost) }
    }

    /// The whole file and its record in one transaction, as sqlx does it.
    async fn transaction(&mut self, file: &File, direction: &OneWay, up: bool) -> Result<Turn, Failed> {
        let mut patience = Patience::default();
        loop {
            patience.attempt();
            let timeout = tablewright_core::sql::literal(&self.settings.lock_timeout);
            let before = format!("BEGIN; SET LOCAL lock_timeout = {timeout}; SET LOCAL statement_timeout = 0");
            let result = async {
                self.raw(before).await?;
                self.watched(direction.sql.clone()).await?;
                if up {
                    table::record(self.sql(), file).await?;
                } else {
                    table::remove(self.sql(), file).await?;
                }
                self.raw("COMMIT".to_owned()).await
            }
            .await;
            let Err(error) = result else { return Ok(Turn::Done) };
            self.raw("ROLLBACK".to_owned()).await.ok();
            if let Some(stuck) = self.gave_up(direction) {
                return Err(stuck);
            }
            self.again(direction, 0, error, &mut patience, State::Nothing).await?;
        }
    }

    /// Whether the files fit the database: refuses before the first of them runs.
    pub(super) async fn fits(&mut self, applied: &BTreeMap<i64, Applied>, now: &[&File]) -> Result<(), Failed> {
        self.is_as_recorded(applied, now).await?;
        self.sees_rows(now, true).await?;
        self.look_ahead(now).await
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupt.came()
    }

    /// Waits before a file is run again, or says why it is not.
    pub(super) async fn again(
        &mut self,
        direction: &OneWay,
        offset: usize,
        error: sqlx::Error,
        patience: &mut Patience,
        state: State,
    ) -> Result<(), Failed> {
        if self.interrupt.came() {
            return Err(Failed::Interrupted { name: self.at.clone() });
        }
        if !is_transient(&error) {
            let state = if is_lost(&error) { State::Unknown } else { state };
            return Err(Self::statement(direction, offset, error, state));
        }
        if patience.spent() >= self.settings.wait {
            return Err(Failed::Blocked {
                file: direction.path.clone(),
                waited: patience.spent,
                attempts: patience.attempts,
                blockers: std::mem::take(&mut self.seen),
            });
        }
        // Readers and writers that queued after the attempt go first.
        let after = jitter(Duration::from_millis(100) * 2u32.pow(patience.attempts.min(6))).min(Duration::from_secs(5));
        let because = super::error::told(&error);
        self.observer.event(&Event::Again { because: &because, blockers: &self.seen, after });
        patience.spent += after;
        self.sleep(after).await?;
        self.renew().await
    }

    pub(super) fn statement(direction: &OneWay, offset: usize, error: sqlx::Error, state: State) -> Failed {
        let line = place(&error).map(|characters| {
            let text: String = direction.sql[offset..].chars().take(characters.saturating_sub(1)).collect();
            direction.sql[..offset].matches('\n').count() + text.matches('\n').count() + 1
        });
        Failed::Statement { file: direction.path.clone(), line, error: Box::new(error), state }
    }

    pub(super) async fn raw(&mut self, text: String) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(text)).execute(self.sql()).await.map(drop)
    }
}

/// How long a file was tried without success.
#[derive(Debug, Default)]
pub(super) struct Patience {
    attempts: u32,
    spent: Duration,
    begun: Option<Instant>,
}

impl Patience {
    /// The most that one attempt counts: a backfill that was stopped after an hour did not wait for that hour.
    const MOST: Duration = Duration::from_secs(5);

    pub(super) fn attempt(&mut self) {
        self.attempts += 1;
        self.begun = Some(Instant::now());
    }

    fn spent(&mut self) -> Duration {
        self.spent += self.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed().min(Self::MOST));
        self.spent
    }
}

/// What may succeed a second time: a lock that was not available, a deadlock, a transaction that conflicted with another.
pub(super) fn is_transient(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| matches!(code.as_str(), "55P03" | "40P01" | "40001"))
}

/// Whether the session is gone.
pub(super) fn is_lost(error: &sqlx::Error) -> bool {
    match error.as_database_error() {
        Some(_) => code(error).is_some_and(|code| code.starts_with("57P") || code.starts_with("08")),
        None => true,
    }
}

pub(super) fn jitter(duration: Duration) -> Duration {
    duration.mul_f64(0.5 + fastrand::f64())
}

/// The character of the text at which the server stumbled, from 1.
fn place(error: &sqlx::Error) -> Option<usize> {
    match error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?.position()? {
        PgErrorPosition::Original(place) => Some(place),
        PgErrorPosition::Internal { .. } => None,
    }
}

/// The session that a transaction gets. A pooler of transactions gives it the one that was used last, of whomever.
async fn session_within(connection: &mut PgConnection) -> sqlx::Result<i32> {
    let mut transaction = connection.begin().await?;
    let session = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *transaction).await?;
    transaction.rollback().await?;
    Ok(session)
}
