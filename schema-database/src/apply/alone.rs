//! Files outside of a transaction: one unit after the other, each recognised if it has already run.

use super::event::Event;
use super::file::{File, OneWay};
use super::index::{self, code};
use super::mark::{self, Mark};
use super::run::{Patience, Runner, is_lost};
use super::script::{self, Kind, Unit};
use super::{Failed, State, Turn, table};

impl Runner<'_> {
    /// A file outside of a transaction, unit by unit.
    pub(super) async fn alone(&mut self, file: &File, direction: &OneWay, up: bool) -> Result<Turn, Failed> {
        let units = script::units(&direction.sql);
        // Also where the catalog shows how far a file got: it does not show in which direction.
        let marked = !units.is_empty();
        let fresh = Mark {
            version: file.version,
            up,
            checksum: direction.checksum.clone(),
            done: 0,
            running: false,
            untouched: false,
        };
        let mut mark = fresh.clone();
        if marked {
            if let Some(found) = self.marks().await?.into_iter().find(|mark| mark.version == file.version) {
                let same = found.checksum == fresh.checksum && found.up == up;
                if !same && found.done > 0 {
                    let (name, version, done) = (file.name.clone(), file.version, found.done);
                    return Err(Failed::ChangedUnderway { name, version, done });
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
                table::record(self.sql(), file).await?;
            } else {
                table::remove(self.sql(), file).await?;
            }
            if marked {
                mark::remove(self.sql(), file.version).await?;
            }
            self.raw("COMMIT".to_owned()).await
        }
        .await;
        recorded.map_err(failed)?;
        Ok(Turn::Done)
    }

    /// The timeouts of a file outside of a transaction: an index build waits for transactions and blocks no one, so it
    /// may wait; anything else may not.
    async fn timeouts(&mut self, kind: &Kind) -> Result<(), Failed> {
        let waits =
            matches!(kind, Kind::CreateIndex(_) | Kind::DropIndex { .. } | Kind::Reindex { .. } | Kind::Detach { .. });
        let lock = if waits { "0" } else { &self.settings.lock_timeout };
        let text = format!("SET lock_timeout = {}; SET statement_timeout = 0", tablewright_core::sql::literal(lock));
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
        direction: &OneWay,
        unit: &Unit,
        mark: &mut Mark,
        number: usize,
        marked: bool,
    ) -> Result<Turn, Failed> {
        let mut patience = Patience::default();
        let was_running = mark.running;
        let was_untouched = mark.running && mark.untouched;
        loop {
            patience.attempt();
            if self.is_done(direction, unit).await? {
                return Ok(Turn::Done);
            }
            if marked {
                mark.done = number;
                mark.running = true;
                mark.untouched = if was_running { was_untouched } else { self.is_untouched(unit).await? };
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
            if marked && was_untouched && self.proves(direction, unit, &error).await? {
                self.observer
                    .event(&Event::Recognised { because: "its statement had run before the runner was killed" });
                mark.done = number + 1;
                mark.running = false;
                let failed = self.failed("mark what is done");
                mark::write(self.sql(), mark).await.map_err(failed)?;
                return Ok(Turn::Done);
            }
            if is_lost(&error) {
                let stuck = self.gave_up(direction);
                return Err(
                    stuck.unwrap_or_else(|| Self::statement(direction, unit.range.start, error, State::Unknown))
                );
            }
            self.raw("ROLLBACK".to_owned()).await.ok();
            if marked {
                // Whether it had run before is still unknown.
                mark.running = was_running && unit.kind == Kind::Once;
                let failed = self.failed("mark what is done");
                match number {
                    0 if !mark.running => mark::remove(self.sql(), mark.version).await.map_err(failed)?,
                    _ => mark::write(self.sql(), mark).await.map_err(failed)?,
                }
            }
            if let Some(stuck) = self.gave_up(direction) {
                return Err(stuck);
            }
            if let Kind::Reindex { name } = &unit.kind {
                self.sweep(direction, name).await?;
            }
            if let Kind::CreateIndex(new) = &unit.kind {
                self.heal(direction, new).await?;
                let lock = self.lock.clone();
                let blocked = lock.sessions(self.sql(), false).await.unwrap_or_default();
                if code(&error).as_deref() == Some("40P01") && !blocked.is_empty() {
                    self.note("another runner waits in a blocking lock, which no index build outlives: it goes first");
                    return Ok(Turn::GiveWay);
                }
            }
            let state = match number {
                next if marked && mark.running => State::Unproven { version: mark.version, next },
                0 => State::Nothing,
                done => State::Part { version: mark.version, done },
            };
            self.again(direction, unit.range.start, error, &mut patience, state).await?;
        }
    }

    /// Sends a unit. What is a transaction is marked as done within itself.
    async fn send(
        &mut self,
        direction: &OneWay,
        unit: &Unit,
        mark: &Mark,
        number: usize,
        marked: bool,
    ) -> Result<(), sqlx::Error> {
        let sql = &direction.sql;
        let (text, commit) = match &unit.kind {
            Kind::Transaction { commit } => (&sql[unit.range.start..commit.start], &sql[commit.clone()]),
            // CockroachDB changes tables outside of transactions, and a block may do that.
            Kind::Atomic if !self.connection.is_cockroach() => {
                self.raw("BEGIN".to_owned()).await?;
                (&sql[unit.range.clone()], "COMMIT")
            }
            _ => return self.watched(sql[unit.range.clone()].to_owned()).await,
        };
        self.watched(text.to_owned()).await?;
        if marked {
            let done = Mark { done: number + 1, running: false, ..mark.clone() };
            mark::write(self.sql(), &done).await?;
        }
        self.raw(commit.to_owned()).await
    }

    /// Whether the catalog says that a unit has run; an index that was left invalid is dropped.
    async fn is_done(&mut self, direction: &OneWay, unit: &Unit) -> Result<bool, Failed> {
        match &unit.kind {
            Kind::CreateIndex(new) if !self.connection.is_cockroach() => {
                let Some((index, definition)) = self.heal(direction, new).await? else {
                    let failed = self.failed("look for what has the name of an index");
                    if index::is_name_taken(self.sql(), new).await.map_err(failed)? {
                        return Err(Failed::NameTaken { file: direction.path.clone(), index: new.name.clone() });
                    }
                    return Ok(false);
                };
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
                self.observer.event(&Event::Recognised { because: "the index already existed, intact and identical" });
                Ok(true)
            }
            Kind::Reindex { name } if !self.connection.is_cockroach() => {
                self.sweep(direction, name).await?;
                Ok(false)
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
}
