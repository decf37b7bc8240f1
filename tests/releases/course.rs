//! The files of a change with the releases beside them: up, and down again.

use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tablewright_core::migrations::Header;
use tablewright_core::plan::{Phase, Start};
use tokio::time::sleep;

use super::reference::Reference;
use super::sides::{Side, Sides};
use super::statement::Writer;
use super::subject::{AUDITS, Beside, Subject};
use crate::harness::database::execute;
use crate::harness::random::Random;
use crate::harness::values::Values;
use crate::harness::{refusal, rows};
use crate::matrix::cell::Who;
use crate::matrix::dependents::APPLICATION;
use crate::matrix::group::{NoPlan, Planned};
use crate::matrix::slot::{Slot, connect};
use crate::matrix::walk::{begin, fill_by_hand, is_online, run};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub plans: usize,
    pub refused: usize,
    pub files: usize,
    pub statements: usize,
    pub values: usize,
}

impl Counts {
    pub fn add(&mut self, other: &Self) {
        self.plans += other.plans;
        self.refused += other.refused;
        self.files += other.files;
        self.statements += other.statements;
        self.values += other.values;
    }
}

/// Settings under which a text tells all of a value.
const EXACT: &str = "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; \
                     SET extra_float_digits = 1; SET bytea_output = 'hex'";

/// A fault is enough for one plan: what follows from it says nothing more.
const ENOUGH: usize = 3;

struct Walk<'a> {
    subject: &'a Subject,
    planned: &'a Planned,
    /// The sessions of the old release and of the new one, and one of the old that holds a transaction open.
    sessions: [PgConnection; 2],
    open: PgConnection,
    /// Sees every row.
    whole: PgConnection,
    reference: Reference<'a>,
    random: Random,
    next: usize,
    counts: Counts,
    faults: Vec<String>,
    /// What was run, for a person who looks for what is wrong.
    log: Vec<String>,
    /// The number of the first file of contract, and of the file with which the new release starts, where it is said.
    contract: usize,
    starts: Option<usize>,
    online: bool,
    /// The old release is about to come back.
    goes_back: bool,
}

/// Walks a change once. Gives what was tried, and what was wrong.
pub async fn walk(slot: &mut Slot, subject: &Subject, seed: usize) -> (Counts, Vec<String>) {
    let mut counts = Counts::default();
    let group = &subject.group;
    let planned = match group.plan(&group.allowed) {
        Ok(planned) => planned,
        Err(NoPlan::Refused(_)) => return (Counts { refused: 1, ..counts }, Vec::new()),
        Err(NoPlan::NoWayOut(text)) => return (counts, vec![format!("no way out of a refusal: {text}")]),
    };
    let Some(sides) = Sides::new(&group.old, &group.new, &planned.allowed) else { return (counts, Vec::new()) };
    slot.clear().await;
    // The policies of the models apply to the owner too, and then the files refuse to run.
    let is_owner = seed.is_multiple_of(2) && subject.beside != Beside::Policy;
    let who = if is_owner { Who::Owner } else { Who::Superuser };
    if let Err(error) = begin(slot, &group.old, group, who).await {
        return (counts, vec![format!("the old models: {error}")]);
    }
    let url = slot.database.url().to_owned();
    let mut sessions = [connect(&url, Some(APPLICATION)).await, connect(&url, Some(APPLICATION)).await];
    let mut open = connect(&url, Some(APPLICATION)).await;
    let (mut whole, mut scratch) = (connect(&url, None).await, connect(&url, None).await);
    for connection in sessions.iter_mut().chain([&mut open, &mut whole, &mut scratch]) {
        execute(connection, EXACT).await.unwrap();
    }
    let contract = planned.files.iter().position(|files| files.phase == Phase::Contract);
    let mut walk = Walk {
        subject,
        planned: &planned,
        sessions,
        open,
        whole,
        reference: Reference::new(sides, scratch),
        random: Random(seed as u64 * 7919 + subject.name.len() as u64),
        next: 100,
        counts,
        faults: Vec::new(),
        log: Vec::new(),
        contract: contract.unwrap_or(planned.files.len()),
        starts: planned.files.iter().rposition(|files| Header::read(&files.up.text).start == Some(Start::Alone)),
        online: is_online(&planned.allowed),
        goes_back: false,
    };
    walk.counts.plans = 1;
    if let Err(fault) = walk.both_ways(slot, who).await {
        walk.faults.push(fault);
    }
    counts.add(&walk.counts);
    let mut faults = walk.faults;
    faults.truncate(ENOUGH);
    for connection in walk.sessions.into_iter().chain([walk.open, walk.whole, walk.reference.scratch]) {
        let _ = connection.close().await;
    }
    (counts, faults)
}

/// Who writes the next statement of a walk.
macro_rules! writer {
    ($walk:ident, $side:expr, $connection:expr, $alone:expr) => {
        Writer {
            side: $side,
            connection: $connection,
            reference: &mut $walk.reference,
            random: &mut $walk.random,
            next: &mut $walk.next,
            alike: $walk.subject.alike,
            beside: $walk.subject.beside,
            alone: $alone,
            log: &mut $walk.log,
        }
    };
}

impl Walk<'_> {
    async fn both_ways(&mut self, slot: &mut Slot, who: Who) -> Result<(), String> {
        self.seed(slot).await?;
        let files = self.planned.files.len();
        for number in 0..files {
            self.file(slot, who, number, true).await?;
            if number == self.contract || number + 1 == files {
                self.reference.forget_what_is_dropped();
            }
            self.look(number + 1).await?;
        }
        for number in (0..files).rev() {
            self.file(slot, who, number, false).await?;
            self.look(number).await?;
        }
        Ok(())
    }

    /// The releases that run when that many files are there.
    fn running(&self, applied: usize) -> Vec<Side> {
        let all = self.planned.files.len();
        if !self.online {
            return match applied {
                0 => vec![Side::Old],
                _ if applied == all => vec![Side::New],
                _ => Vec::new(),
            };
        }
        let old = (applied <= self.contract).then_some(Side::Old);
        let starts = self.starts.map_or(self.contract, |number| number + 1);
        let new = (applied >= starts).then_some(Side::New);
        old.into_iter().chain(new).collect()
    }

    /// The rows that are there before the first file.
    async fn seed(&mut self, slot: &mut Slot) -> Result<(), String> {
        let group = &self.subject.group;
        let values = Values { schema: &group.old, other: &group.new };
        for table in values.tables().into_iter().filter(|table| !["items", AUDITS].contains(&table.name.as_str())) {
            for row in 1..=3 {
                execute(&mut slot.superuser, &values.insert(table, row)).await?;
            }
        }
        self.grant(slot).await?;
        if self.subject.beside == Beside::Policy {
            for _ in 0..3 {
                let mut writer = writer!(self, Side::Old, &mut self.whole, false);
                writer.insert_hidden().await?;
            }
        }
        self.burst(&[Side::Old], 6).await?;
        self.look(0).await
    }

    async fn grant(&mut self, slot: &mut Slot) -> Result<(), String> {
        let text = format!(
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APPLICATION}; \
             GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}"
        );
        execute(&mut slot.superuser, &text).await
    }

    /// Runs a file, with the releases before it, beside it and behind it.
    async fn file(&mut self, slot: &mut Slot, who: Who, number: usize, up: bool) -> Result<(), String> {
        let planned = self.planned;
        let (files, step) = (&planned.files[number], &planned.plan.steps[number]);
        let file = if up { &files.up } else { files.down.as_ref().unwrap_or(&files.up) };
        let (before, behind) = if up { (number, number + 1) } else { (number + 1, number) };
        let sides: Vec<Side> =
            self.running(before).into_iter().filter(|side| self.running(behind).contains(side)).collect();
        self.burst(&self.running(before), 2).await?;
        if up && number == self.contract {
            // A person who fills is no release whose statements count.
            execute(&mut slot.superuser, "SET tablewright.fill = 'on'").await?;
            fill_by_hand(slot, &self.subject.group, &self.planned.allowed).await?;
            execute(&mut slot.superuser, "RESET tablewright.fill").await?;
        }
        let waits = !sides.is_empty() && self.random.one_in(3);
        if waits {
            let side = *self.random.of(&sides);
            // Until the file is done, the old release may rely on its default.
            self.insert_and_wait(side, up && self.running(before) == [Side::New]).await?;
        }
        self.counts.files += 1;
        self.log.push(format!("-- {}", file.name));
        let text = file.text.clone();
        self.goes_back = !up;
        let done = {
            let migrator = slot.migrator(who);
            let (done, beside) = tokio::join!(run(migrator, &text), async {
                sleep(Duration::from_millis(15)).await;
                if waits {
                    execute(&mut self.open, "COMMIT").await?;
                }
                self.burst(&sides, 3).await
            });
            beside.map_err(|error| format!("beside {}: {error}", file.name))?;
            done
        };
        self.goes_back = false;
        if let Err(error) = done {
            let error = error.split("\n    in:").next().unwrap_or_default();
            if up || !refusal::refuses(&step.down) {
                return Err(format!("{}: {error}", file.name));
            }
            // Where rows are in the way, they go.
            rows::delete(&mut slot.superuser).await;
            if self.subject.beside == Beside::Triggers {
                execute(&mut slot.superuser, &format!("DELETE FROM {AUDITS}")).await?;
            }
            self.reference.clear();
            run(slot.migrator(who), &text).await.map_err(|error| format!("{}: {error}", file.name))?;
        }
        self.grant(slot).await?;
        self.burst(&self.running(behind), 3).await
    }

    /// Some statements of these releases, one after another.
    async fn burst(&mut self, sides: &[Side], many: usize) -> Result<(), String> {
        if sides.is_empty() {
            return Ok(());
        }
        for _ in 0..many {
            let side = *self.random.of(sides);
            let alone = sides == [Side::New] && !self.goes_back;
            self.counts.statements += 1;
            let mut writer = writer!(self, side, &mut self.sessions[side as usize], alone);
            let fault = writer.write().await;
            if let Some(fault) = fault {
                return Err(fault);
            }
        }
        Ok(())
    }

    async fn insert_and_wait(&mut self, side: Side, alone: bool) -> Result<(), String> {
        self.counts.statements += 1;
        let mut writer = writer!(self, side, &mut self.open, alone);
        match writer.insert_and_wait().await {
            Some(fault) => Err(fault),
            None => Ok(()),
        }
    }

    /// What the releases read that run when that many files are there.
    async fn look(&mut self, applied: usize) -> Result<(), String> {
        for side in self.running(applied) {
            let (mut faults, mut compared) =
                self.reference.compare(side, false, &mut self.sessions[side as usize]).await;
            if self.subject.beside == Beside::Policy {
                let (more, count) = self.reference.compare(side, true, &mut self.whole).await;
                faults.extend(more);
                compared += count;
            }
            if self.subject.beside == Beside::Triggers {
                faults.extend(self.reference.compare_audit(&mut self.whole).await?);
            }
            self.counts.values += compared;
            if let Some(fault) = faults.first() {
                return Err(self.told(applied, fault));
            }
        }
        Ok(())
    }

    /// A fault, with the statements that led to it.
    fn told(&self, applied: usize, fault: &str) -> String {
        let row = self.reference.rows.keys().find(|id| fault.contains(id.as_str()));
        let is_of = |it: &&String| row.is_none_or(|row| it.contains(row.as_str()) || it.starts_with("--"));
        let log: Vec<&str> = self.log.iter().filter(is_of).map(String::as_str).collect();
        let last = applied.checked_sub(1).map_or("the seed", |number| &self.planned.files[number].up.name);
        format!("{applied} files are there, to {last}: {fault}\n        {}", log.join("\n        "))
    }
}
