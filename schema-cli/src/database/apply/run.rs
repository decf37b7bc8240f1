//! One runner on one connection: the lock, the record, and one file after the other.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::future::Future;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgDatabaseError, PgErrorPosition};
use sqlx::{AssertSqlSafe, PgConnection};

use super::event::{Event, Observer};
use super::file::{Direction, File};
use super::index::{self, code};
use super::interrupt::Interrupt;
use super::lock::{Lock, RENEW};
use super::mark::{self, Mark};
use super::script::{self, Kind, NewIndex, Unit};
use super::table::{self, Applied};
use super::watch::{self, Blocker};
use super::{Failed, Settings, State, Turn};
use crate::database::{self, Access, Connection};

/// How often the second connection looks at the first.
const LOOK: Duration = Duration::from_millis(100);

pub(super) struct Runner<'a> {
    connection: Connection,
    /// Looks at the first while that is at work; absent where the server gives no second connection.
    watch: Option<Connection>,
    pid: i32,
    lock: Lock,
    locked: bool,
    settings: &'a Settings,
    observer: &'a dyn Observer,
    interrupt: Interrupt,
    /// Who was seen in the way of the statement at work.
    seen: Vec<Blocker>,
    /// The migration at work.
    at: Option<String>,
}

impl<'a> Runner<'a> {
    pub(super) async fn connect(
        url: &str,
        settings: &'a Settings,
        observer: &'a dyn Observer,
        interrupt: Interrupt,
    ) -> Result<Self, Failed> {
        let mut connection = database::connect(url, Access::Write).await?;
        let watch = database::connect(url, Access::Read).await.ok();
        let failed = connection.failed("ask which session this is");
        let (pid, database): (i32, String) = sqlx::query_as("SELECT pg_backend_pid(), current_database()::TEXT")
            .fetch_one(connection.sql())
            .await
            .map_err(failed)?;
        let lock = if settings.lease || connection.is_cockroach() { Lock::lease() } else { Lock::advisory(&database) };
        let (locked, seen, at) = (false, Vec::new(), None);
        Ok(Self { connection, watch, pid, lock, locked, settings, observer, interrupt, seen, at })
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

    /// Takes the lock, and polls for it where another runner has it.
    pub(super) async fn lock(&mut self, deadline: Instant) -> Result<(), Failed> {
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
            if Instant::now() >= deadline {
                return Err(Failed::Busy { waited: start.elapsed(), holder: sessions.into_iter().next() });
            }
            if !told {
                self.observer.event(&Event::Waiting { holder: sessions.first() });
                told = true;
            }
            self.sleep(jitter(Duration::from_millis(200))).await?;
        }
    }

    /// Gives the lock back, whatever became of the work; the error of the work counts first.
    pub(super) async fn unlock(&mut self, result: Result<Turn, Failed>) -> Result<Turn, Failed> {
        self.locked = false;
        self.at = None;
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

    async fn sleep(&self, duration: Duration) -> Result<(), Failed> {
        tokio::select! {
            () = tokio::time::sleep(duration) => Ok(()),
            () = self.interrupt.wait() => Err(Failed::Interrupted { name: self.at.clone() }),
        }
    }

    /// The record, held against the files. `create` makes the table where there is none.
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

    pub(super) async fn tidy(&mut self) -> Result<(), Failed> {
        let failed = self.failed("drop the table _tablewright_underway");
        mark::tidy(self.sql()).await.map_err(failed)
    }

    /// Says which invalid indexes no file will mend.
    pub(super) async fn note_invalid(&mut self, pending: &[&File]) -> Result<(), Failed> {
        if self.connection.is_cockroach() {
            return Ok(());
        }
        let failed = self.failed("look for invalid indexes");
        let invalid = index::invalid(self.sql()).await.map_err(failed)?;
        for index in invalid {
            let name = index.rsplit('.').next().unwrap_or_default().trim_matches('"');
            if !pending.iter().any(|file| file.up.alone && file.up.sql.contains(name)) {
                self.note(&format!(
                    "the index {index} is INVALID: no query uses it, every write pays for it, and no file that is \
                     left builds it: DROP INDEX CONCURRENTLY {index}; then create it anew"
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
    async fn transaction(&mut self, file: &File, direction: &Direction, up: bool) -> Result<Turn, Failed> {
        let mut patience = Patience::default();
        loop {
            patience.attempt();
            let timeout = schema_core::sql::literal(&self.settings.lock_timeout);
            let before = format!("BEGIN; SET LOCAL lock_timeout = {timeout}; SET LOCAL statement_timeout = 0");
            let result = async {
                self.raw(before).await?;
                self.watched(direction.sql.clone()).await?;
                if up {
                    table::record(self.sql(), file).await?
                } else {
                    table::remove(self.sql(), file).await?
                };
                self.raw("COMMIT".to_owned()).await
            }
            .await;
            let Err(error) = result else { return Ok(Turn::Done) };
            self.raw("ROLLBACK".to_owned()).await.ok();
            self.again(direction, 0, error, &mut patience, State::Nothing).await?;
        }
    }

    /// A file outside of a transaction, unit by unit.
    async fn alone(&mut self, file: &File, direction: &Direction, up: bool) -> Result<Turn, Failed> {
        let units = script::units(&direction.sql);
        let told = |unit: &Unit| !matches!(unit.kind, Kind::Once | Kind::Transaction { .. });
        // Where the catalog tells how far a file came, there is no need of a mark.
        let marked = !(units.len() <= 1 && units.iter().all(told));
        let fresh = Mark { version: file.version, up, checksum: direction.checksum.clone(), done: 0, running: false };
        let mut mark = fresh.clone();
        if marked {
            if let Some(found) = self.marks().await?.into_iter().find(|mark| mark.version == file.version) {
                let same = found.checksum == fresh.checksum && found.up == up;
                if !same && found.done > 0 {
                    return Err(Failed::ChangedUnderway { name: file.name.clone() });
                }
                mark = if same { found } else { fresh };
            }
            let failed = self.failed("create the table _tablewright_underway");
            mark::create(self.sql()).await.map_err(failed)?;
        }
        let own = units.iter().any(|unit| unit.kind == Kind::Session);
        for (number, unit) in units.iter().enumerate() {
            if !own {
                self.timeouts(&unit.kind).await?;
            }
            let session = unit.kind == Kind::Session;
            if number < mark.done && !session {
                continue;
            }
            if self.unit(direction, unit, &mut mark, number, marked && !session).await? == Turn::GiveWay {
                return Ok(Turn::GiveWay);
            }
        }
        self.reset().await?;
        let failed = self.failed("record a migration");
        let recorded = async {
            self.raw("BEGIN".to_owned()).await?;
            if up {
                table::record(self.sql(), file).await?
            } else {
                table::remove(self.sql(), file).await?
            };
            if marked {
                mark::remove(self.sql(), file.version).await?;
            }
            self.raw("COMMIT".to_owned()).await
        }
        .await;
        recorded.map_err(failed)?;
        Ok(Turn::Done)
    }

    /// The timeouts of a file outside of a transaction: an index build waits for transactions and blocks nobody, so it
    /// may wait; anything else may not.
    async fn timeouts(&mut self, kind: &Kind) -> Result<(), Failed> {
        let waits = matches!(kind, Kind::CreateIndex(_) | Kind::DropIndex { .. } | Kind::Detach { .. });
        let lock = if waits { "0" } else { &self.settings.lock_timeout };
        let text = format!("SET lock_timeout = {}; SET statement_timeout = 0", schema_core::sql::literal(lock));
        let failed = self.failed("set the timeouts");
        self.raw(text).await.map_err(failed)
    }

    async fn reset(&mut self) -> Result<(), Failed> {
        let failed = self.failed("set the timeouts back");
        self.raw("RESET lock_timeout; RESET statement_timeout; SET application_name = 'cargo-schema'".to_owned())
            .await
            .map_err(failed)
    }

    async fn unit(
        &mut self,
        direction: &Direction,
        unit: &Unit,
        mark: &mut Mark,
        number: usize,
        marked: bool,
    ) -> Result<Turn, Failed> {
        let mut patience = Patience::default();
        let was_running = mark.running;
        loop {
            patience.attempt();
            if self.is_done(direction, unit).await? {
                return Ok(Turn::Done);
            }
            if marked {
                mark.done = number;
                mark.running = true;
                let failed = self.failed("mark what is at work");
                mark::write(self.sql(), mark).await.map_err(failed)?;
            }
            let Err(error) = self.send(direction, unit, mark, number, marked).await else {
                if marked {
                    mark.done = number + 1;
                    mark.running = false;
                    let failed = self.failed("mark what is done");
                    mark::write(self.sql(), mark).await.map_err(failed)?;
                }
                return Ok(Turn::Done);
            };
            if marked && was_running && code(&error).is_some_and(|code| had_run(&code)) {
                self.observer
                    .event(&Event::Recognised { because: "its statement had run before the runner was killed" });
                mark.done = number + 1;
                mark.running = false;
                let failed = self.failed("mark what is done");
                mark::write(self.sql(), mark).await.map_err(failed)?;
                return Ok(Turn::Done);
            }
            if is_lost(&error) {
                return Err(self.statement(direction, unit.range.start, error, State::Unknown));
            }
            self.raw("ROLLBACK".to_owned()).await.ok();
            if marked {
                mark.running = false;
                let failed = self.failed("mark what is done");
                mark::write(self.sql(), mark).await.map_err(failed)?;
            }
            if let Kind::CreateIndex(new) = &unit.kind {
                self.heal(new).await?;
                let lock = self.lock.clone();
                let blocked = lock.sessions(self.sql(), false).await.unwrap_or_default();
                if code(&error).as_deref() == Some("40P01") && !blocked.is_empty() {
                    self.note("another runner waits in a blocking lock, which no index build outlives: it goes first");
                    return Ok(Turn::GiveWay);
                }
            }
            let state = if number == 0 { State::Nothing } else { State::Part };
            self.again(direction, unit.range.start, error, &mut patience, state).await?;
        }
    }

    /// Sends a unit. What is a transaction is marked as done within itself.
    async fn send(
        &mut self,
        direction: &Direction,
        unit: &Unit,
        mark: &Mark,
        number: usize,
        marked: bool,
    ) -> Result<(), sqlx::Error> {
        let Kind::Transaction { commit } = &unit.kind else {
            return self.watched(direction.sql[unit.range.clone()].to_owned()).await;
        };
        self.watched(direction.sql[unit.range.start..commit.start].to_owned()).await?;
        if marked {
            let done = Mark { done: number + 1, running: false, ..mark.clone() };
            mark::write(self.sql(), &done).await?;
        }
        self.raw(direction.sql[commit.clone()].to_owned()).await
    }

    /// Whether the catalog says that a unit has run; an index that was left invalid is dropped.
    async fn is_done(&mut self, direction: &Direction, unit: &Unit) -> Result<bool, Failed> {
        match &unit.kind {
            Kind::CreateIndex(new) if !self.connection.is_cockroach() => {
                let Some((index, definition)) = self.heal(new).await? else { return Ok(false) };
                let failed = self.failed("see which index is meant");
                let statement = new.on(&direction.sql, &unit.range, index::COPY);
                let meant = index::meant(self.sql(), new, &statement).await.map_err(failed)?;
                if let Some(meant) = meant
                    && index::shape(&meant) != index::shape(&definition)
                {
                    let file = direction.path.clone();
                    let (found, wanted) = (index::shape(&definition), index::shape(&meant));
                    return Err(Failed::OtherIndex { file, index, found, wanted });
                }
                self.observer.event(&Event::Recognised { because: "the index was there already, whole and the same" });
                Ok(true)
            }
            Kind::DropIndex { names } if !self.connection.is_cockroach() => {
                let failed = self.failed("look for an index");
                let there: bool =
                    sqlx::query_scalar("SELECT EXISTS (SELECT FROM unnest($1) AS n WHERE to_regclass(n) IS NOT NULL)")
                        .bind(names)
                        .fetch_one(self.sql())
                        .await
                        .map_err(failed)?;
                if !there {
                    self.observer.event(&Event::Recognised { because: "the index was gone already" });
                }
                Ok(!there)
            }
            Kind::Detach { parent, partition } if !self.connection.is_cockroach() => {
                let failed = self.failed("look for a partition");
                let pending: Option<bool> = sqlx::query_scalar(
                    "SELECT inhdetachpending FROM pg_inherits \
                     WHERE inhparent = to_regclass($1) AND inhrelid = to_regclass($2)",
                )
                .bind(parent)
                .bind(partition)
                .fetch_optional(self.sql())
                .await
                .map_err(failed)?;
                if pending == Some(true) {
                    let failed = self.failed("finish an interrupted DETACH PARTITION");
                    self.raw(format!("ALTER TABLE {parent} DETACH PARTITION {partition} FINALIZE"))
                        .await
                        .map_err(failed)?;
                }
                Ok(pending != Some(false))
            }
            _ => Ok(false),
        }
    }

    /// Drops an index that an interrupted build left behind. Gives back a whole index of the name.
    async fn heal(&mut self, new: &NewIndex) -> Result<Option<(String, String)>, Failed> {
        if self.connection.is_cockroach() {
            return Ok(None);
        }
        loop {
            let failed = self.failed("look for an index");
            match index::find(self.sql(), new).await.map_err(failed)? {
                index::Found::Nothing => return Ok(None),
                index::Found::Valid { index, definition } => return Ok(Some((index, definition))),
                index::Found::Invalid { index } => {
                    let failed = self.failed("see who builds an index");
                    if index::is_being_built(self.sql(), &index).await.map_err(failed)? {
                        self.sleep(jitter(Duration::from_millis(500))).await?;
                        continue;
                    }
                    match index::drop(self.sql(), &index).await {
                        Ok(()) => self.observer.event(&Event::Healed { index: &index }),
                        Err(error) if is_transient(&error) => self.sleep(jitter(Duration::from_millis(200))).await?,
                        Err(error) => return Err(self.failed("drop an invalid index")(error)),
                    }
                }
            }
        }
    }

    /// Waits before a file is run again, or says why it is not.
    async fn again(
        &mut self,
        direction: &Direction,
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
            return Err(self.statement(direction, offset, error, state));
        }
        if patience.spent() >= self.settings.wait {
            return Err(Failed::Blocked {
                file: direction.path.clone(),
                waited: patience.spent,
                attempts: patience.attempts,
                blockers: std::mem::take(&mut self.seen),
            });
        }
        // Readers and writers that queued behind the attempt go first.
        let after = jitter(Duration::from_millis(100) * 2u32.pow(patience.attempts.min(6))).min(Duration::from_secs(5));
        let because = super::error::told(&error);
        self.observer.event(&Event::Again { because: &because, blockers: &self.seen, after });
        patience.spent += after;
        self.sleep(after).await?;
        self.renew().await
    }

    fn statement(&self, direction: &Direction, offset: usize, error: sqlx::Error, state: State) -> Failed {
        let line = place(&error).map(|characters| {
            let text: String = direction.sql[offset..].chars().take(characters.saturating_sub(1)).collect();
            direction.sql[..offset].matches('\n').count() + text.matches('\n').count() + 1
        });
        Failed::Statement { file: direction.path.clone(), line, error: Box::new(error), state }
    }

    async fn raw(&mut self, text: String) -> Result<(), sqlx::Error> {
        sqlx::raw_sql(AssertSqlSafe(text)).execute(self.sql()).await.map(drop)
    }

    /// Runs a text while the second connection looks on; a signal cancels it.
    async fn watched(&mut self, text: String) -> Result<(), sqlx::Error> {
        let Self { connection, watch, pid, interrupt, observer, lock, .. } = self;
        let seen = RefCell::new(Vec::new());
        let observed = watch.is_some() && !connection.is_cockroach();
        let work = async { sqlx::raw_sql(AssertSqlSafe(text)).execute(connection.sql()).await.map(drop) };
        let look = async {
            let Some(watch) = watch else { return std::future::pending().await };
            let mut renewed = Instant::now();
            let mut every = LOOK;
            let mut cancelled = false;
            loop {
                tokio::select! {
                    () = tokio::time::sleep(every) => {}
                    () = interrupt.wait(), if !cancelled => {
                        cancelled = true;
                        let _ = sqlx::query("SELECT pg_cancel_backend($1)").bind(*pid).execute(watch.sql()).await;
                    }
                }
                if renewed.elapsed() > RENEW {
                    let _ = lock.renew(watch.sql()).await;
                    renewed = Instant::now();
                }
                if observed && let Ok(progress) = watch::progress(watch.sql(), *pid).await {
                    if !progress.blockers.is_empty() {
                        seen.borrow_mut().clone_from(&progress.blockers);
                    }
                    observer.event(&Event::Progress(&progress));
                }
                every = (every * 2).min(Duration::from_millis(500));
            }
        };
        let result = first(work, look).await;
        self.seen = seen.into_inner();
        result
    }
}

/// How long a file was tried for in vain.
#[derive(Debug, Default)]
struct Patience {
    attempts: u32,
    spent: Duration,
    begun: Option<Instant>,
}

impl Patience {
    /// The most that one attempt counts: a backfill that was stopped after an hour did not wait for that hour.
    const MOST: Duration = Duration::from_secs(5);

    fn attempt(&mut self) {
        self.attempts += 1;
        self.begun = Some(Instant::now());
    }

    fn spent(&mut self) -> Duration {
        self.spent += self.begun.take().map_or(Duration::ZERO, |begun| begun.elapsed().min(Self::MOST));
        self.spent
    }
}

/// The work's result; the other future is dropped.
async fn first<T>(work: impl Future<Output = T>, other: impl Future<Output = std::convert::Infallible>) -> T {
    tokio::select! {
        result = work => result,
        never = other => match never {},
    }
}

/// What may go well a second time: a lock that was not to be had, a deadlock, a transaction that was in another's way.
fn is_transient(error: &sqlx::Error) -> bool {
    code(error).is_some_and(|code| matches!(code.as_str(), "55P03" | "40P01" | "40001"))
}

/// Whether the session is gone.
fn is_lost(error: &sqlx::Error) -> bool {
    match error.as_database_error() {
        Some(_) => code(error).is_some_and(|code| code.starts_with("57P") || code.starts_with("08")),
        None => true,
    }
}

/// Whether an error says that what a statement makes is there, or that what it takes away is not.
fn had_run(code: &str) -> bool {
    matches!(
        code,
        "42P07" | "42710" | "42701" | "42P06" | "42723" | "42P16" | "42P01" | "42703" | "42704" | "42883" | "3F000"
    )
}

fn jitter(duration: Duration) -> Duration {
    duration.mul_f64(0.5 + fastrand::f64())
}

/// The character of the text at which the server stumbled, from 1.
fn place(error: &sqlx::Error) -> Option<usize> {
    match error.as_database_error()?.try_downcast_ref::<PgDatabaseError>()?.position()? {
        PgErrorPosition::Original(place) => Some(place),
        PgErrorPosition::Internal { .. } => None,
    }
}
