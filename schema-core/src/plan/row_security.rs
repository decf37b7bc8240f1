//! Files that read rows see every row, or stop before they change anything.
//!
//! A policy hides rows silently. A fill that sees none ends at once, a comparison that sees none passes, and the
//! column with the values is dropped. So each file that reads rows has the server raise an error where a policy would hide
//! one, and where the models have policies it says so in words of its own, under a lock that keeps the policies as they
//! are. The first file of a plan looks on behalf of those that come later.

use std::collections::BTreeSet;

use super::graph::Placed;
use super::locks::{LockMode, Locks};
use super::planner::{HAZARD, Planner, Rank, apart, exclusive};
use super::{Command, Phase, Policies, Run, Script, Step};
use crate::place::Place;
use crate::schema::{Schema, Table};
use crate::sql::Statement;
use crate::sql::{ddl, quote};

const BY_ROLE: &str = "apply the migrations as a role with BYPASSRLS that is a member of the tables' owner";

/// What to do where the policies of tables hide rows from who applies migrations: one way on each line.
#[must_use]
pub fn cures(tables: &[&str]) -> String {
    let each = |one: &dyn Fn(&str) -> String| tables.iter().map(|table| one(table)).collect::<Vec<_>>().join(" ");
    format!(
        "{BY_ROLE}\nor, where the program does not connect as the owner: {}\nor, where the migration is sealed: {} before it, and FORCE \
         behind it",
        acknowledging(tables),
        // On one line.
        each(&|table| ddl::lift_row_security(table).split_whitespace().collect::<Vec<_>>().join(" ")),
    )
}

/// Files say it to who applies them, and they are made by one command.
fn acknowledging(tables: &[&str]) -> String {
    acknowledging_by(Command::Migrate, tables)
}

fn acknowledging_by(command: Command, tables: &[&str]) -> String {
    let words: Vec<String> = tables.iter().map(|table| format!("--acknowledge \"{}\"", lifted(table))).collect();
    format!("{} {}", command.words(), words.join(" "))
}

/// The words that acknowledge that a table's owner is not subject to its policies while rows are read.
#[must_use]
pub fn lifted(table: &str) -> String {
    format!("no FORCE on {table}")
}

fn hidden(table: &str) -> String {
    format!("row-level security hides rows of {table} from this role, and the migration must see every row")
}

fn hint(table: &str) -> String {
    format!("{BY_ROLE}; or, where the program does not connect as the owner: {}", acknowledging(&[table]))
}

/// Fails where policies hide rows from the role.
fn seen(table: &str) -> Statement {
    ddl::raise_if(&ddl::row_security_active(table), &hidden(table), Some(&hint(table)))
}

/// The rows that a step must see, in either direction.
fn reads<'s>(step: &'s Step, table: &'s str) -> (bool, bool) {
    let has = |script: &Script| script.reads.iter().any(|name| name == table);
    (has(&step.up), has(&step.down))
}

impl Planner<'_> {
    /// What a transaction within a block begins with that writes every row of the table.
    pub(super) fn sees_rows(&self, table: &str) -> Vec<Statement> {
        if !self.dialect.row_security {
            return Vec::new();
        }
        let mut lines = vec![Statement::from("PERFORM set_config('row_security', 'off', true);")];
        if self.has_policies(table) {
            lines.push(format!("LOCK TABLE {} IN ROW EXCLUSIVE MODE;", quote(table)).into());
            lines.push(seen(table));
        }
        lines
    }

    /// The steps, in which each that reads rows sees every row.
    pub(super) fn with_every_row(&mut self, mut placed: Vec<Placed>) -> Vec<Step> {
        let scripts = placed.iter().flat_map(|(_, step)| [&step.up, &step.down]);
        let mut tables: BTreeSet<String> = scripts.flat_map(|script| &script.reads).cloned().collect();
        tables.retain(|table| !self.readers(&placed, table).is_empty());
        for table in &tables {
            if self.allowed.acknowledged.contains(&lifted(table)) {
                for phase in [Phase::Expand, Phase::Backfill, Phase::Contract] {
                    self.lift(&mut placed, table, phase);
                }
            } else if !self.dialect.row_security {
                self.seen_by_who_applies(table);
            }
        }
        if self.dialect.row_security {
            let tables: Vec<&String> =
                tables.iter().filter(|table| !self.allowed.acknowledged.contains(&lifted(table))).collect();
            self.look_on_the_way_up(&mut placed, &tables);
            self.look_on_the_way_down(&mut placed, &tables);
            for (_, step) in &mut placed {
                self.look_before_it_reads(&mut step.up);
                self.look_before_it_reads(&mut step.down);
            }
        }
        placed.into_iter().map(|(_, step)| step).collect()
    }

    /// No file can ask whether policies hide rows, so a person must say that they do not.
    fn seen_by_who_applies(&mut self, table: &str) {
        let hazard = format!("sees every row of {table}");
        if self.allowed.everything || self.allowed.acknowledged.contains(&hazard) {
            return;
        }
        let message = format!("a policy would hide rows of `{table}` from the files that read them, without an error");
        let help = format!(
            "where a role with BYPASSRLS applies the migrations: {} --acknowledge \"{hazard}\"\nor, where the \
             program does not connect as the owner: {}",
            self.command(),
            acknowledging_by(self.allowed.command, &[table])
        );
        self.refuse(HAZARD, Place::table(table), message, help);
    }

    /// What the transactions of a file begin with that reads rows. A block checks by itself, in each of its own.
    fn look_before_it_reads(&self, script: &mut Script) {
        if script.reads.is_empty() || !matches!(script.run, Run::Transaction | Run::Transactions) {
            return;
        }
        let mut first = Vec::new();
        for table in script.reads.iter().filter(|table| self.has_policies(table)) {
            first.push(format!("LOCK TABLE {} IN ACCESS SHARE MODE;", quote(table)).into());
            first.push(ddl::raise_where(&ddl::row_security_active(table), &hidden(table), Some(&hint(table))));
        }
        let transactions = if script.run == Run::Transaction { 1 } else { script.groups.len() };
        for group in script.groups.iter_mut().take(transactions) {
            let off = Statement::from("SET LOCAL row_security = off;");
            let look = std::iter::once(off).chain(std::mem::take(&mut first));
            group.splice(0..0, look);
        }
    }

    /// Lets the owner see every row between the first and the last file of a phase that read them, in either direction. Both
    /// directions do it, so that what stopped in between ends as the models say, whether it continues or is reverted.
    fn lift(&self, placed: &mut Vec<Placed>, table: &str, phase: Phase) {
        let readers = self.readers(placed, table);
        let mut of_phase = readers.iter().map(|(number, ..)| *number).filter(|number| placed[*number].0.0 == phase);
        let Some(first) = of_phase.next() else { return };
        let last = of_phase.next_back().unwrap_or(first);
        let what = format!(
            "lets the owner of {table} see every row: its policies do not hold for the owner until a later file forces them again"
        );
        let lift = Script::quick(what, exclusive(table), vec![ddl::lift_row_security(table)])
            .policies(table, Policies::Lifted);
        let what = format!("holds the owner of {table} to its policies again");
        let force = Script::quick(what, exclusive(table), vec![ddl::force_row_security(table)])
            .policies(table, Policies::Forced);
        let step = |name: &str, why: &str, up: &Script, down: &Script| Step {
            name: format!("{name}_{table}"),
            phase,
            why: why.to_owned(),
            acknowledged: vec![lifted(table)],
            start: None,
            up: up.clone(),
            down: down.clone(),
        };
        let opens = step("lift", "a policy would hide rows from files that follow, or on the way back", &lift, &force);
        let closes = step("force", "the files that read every row stand before it", &force, &lift);
        let parts = |step: Step| if self.dialect.transactional_ddl { vec![step] } else { apart(step) };
        let (before, behind) = (placed[first].0, placed[last].0);
        let later = placed.split_off(last + 1);
        placed.extend(parts(closes).into_iter().map(|step| (behind, step)));
        placed.extend(later);
        placed.splice(first..first, parts(opens).into_iter().map(|step| (before, step)));
    }

    /// The first file looks on behalf of all that read on the way up.
    fn look_on_the_way_up(&self, placed: &mut Vec<Placed>, tables: &[&String]) {
        let needed = |table: &&str| self.readers(placed, table).iter().any(|(_, up, _)| *up);
        let tables: Vec<&str> = tables.iter().map(|table| table.as_str()).filter(needed).collect();
        if tables.is_empty() {
            return;
        }
        let Some(((at, _), step)) = placed.first() else { return };
        let at = (*at, Rank::Types);
        if !matches!(step.up.run, Run::Transaction | Run::Transactions) && !tables.iter().all(|it| reads(step, it).0) {
            let names: Vec<&str> = tables.iter().map(|table| self.name_at_first(table)).collect();
            let step = look_step(step.phase, &names);
            placed.insert(0, (at, Step { down: Script::nothing("looks at nothing: the way back does it"), ..step }));
        }
        let script = &mut placed[0].1.up;
        for table in tables {
            if self.table(self.old(), table).is_some_and(has_policies) {
                let name = self.name_at_first(table);
                *script = std::mem::replace(script, Script::nothing("")).reads(name);
            } else {
                look_for_later(script, table);
            }
        }
    }

    /// What a table is called when the first file begins.
    fn name_at_first<'t>(&'t self, table: &'t str) -> &'t str {
        let moved = self.moved.iter().find(|(_, new)| *new == table).map(|(old, _)| old.as_str());
        self.called.get(table).map(String::as_str).or(moved).unwrap_or(table)
    }

    /// The last file looks on behalf of all that read on the way down.
    fn look_on_the_way_down(&self, placed: &mut Vec<Placed>, tables: &[&String]) {
        let needed = |table: &&str| self.readers(placed, table).iter().any(|(_, _, down)| *down);
        let tables: Vec<&str> = tables.iter().map(|table| table.as_str()).filter(needed).collect();
        let Some(last) = placed.iter().rposition(|(_, step)| step.down.run != Run::Nothing) else { return };
        if tables.is_empty() {
            return;
        }
        let step = &placed[last].1;
        let mut at = last;
        if !matches!(step.down.run, Run::Transaction | Run::Transactions) && !tables.iter().all(|it| reads(step, it).1)
        {
            let step = look_step(placed[placed.len() - 1].1.phase, &tables);
            let step = Step { up: Script::nothing("looks at nothing: the files before did it"), down: step.up, ..step };
            let place = placed[placed.len() - 1].0;
            at = placed.len();
            placed.push((place, step));
        }
        let script = &mut placed[at].1.down;
        for table in tables {
            if self.table(self.new_schema(), table).is_some_and(has_policies) {
                *script = std::mem::replace(script, Script::nothing("")).reads(table);
            } else {
                look_for_later(script, table);
            }
        }
    }

    /// Whether the models have policies on the table, before or after.
    fn has_policies(&self, table: &str) -> bool {
        let name = self.called.iter().find(|(_, old)| *old == table).map_or(table, |(new, _)| new);
        [self.old(), self.new_schema()].into_iter().any(|schema| self.table(schema, name).is_some_and(has_policies))
    }

    /// The steps that read rows of a table while policies apply to its owner, each with whether its way up does and its way back.
    fn readers(&self, placed: &[Placed], table: &str) -> Vec<(usize, bool, bool)> {
        let (old, new) = (self.table(self.old(), table), self.table(self.new_schema(), table));
        // Those that let the owner see every row for a while put everything back.
        let words = lifted(table);
        let begins = |(_, step): &Placed| {
            !step.acknowledged.contains(&words) && step.up.policies.iter().any(|(name, _)| name == table)
        };
        let change = if old.is_some() && new.is_some() { placed.iter().position(begins) } else { None };
        let applies = |number: usize| {
            let then = if change.is_some_and(|change| number < change) { old } else { new.or(old) };
            then.is_some_and(has_policies)
        };
        let reads = placed.iter().enumerate().map(|(number, (_, step))| (number, reads(step, table)));
        let reads = reads.filter(|(number, (up, down))| (*up || *down) && applies(*number));
        reads.map(|(number, (up, down))| (number, up, down)).collect()
    }

    /// A table of a schema, also by the name that the plan gives it.
    fn table<'s>(&self, schema: &'s Schema, name: &str) -> Option<&'s Table> {
        let was = self.moved.iter().find(|(_, new)| *new == name).map(|(old, _)| old);
        schema.tables.get(name).or_else(|| schema.tables.get(was?))
    }
}

fn has_policies(table: &Table) -> bool {
    !table.policies.is_empty()
}

/// A file of its own that looks, where the first one has no place for it.
fn look_step(phase: Phase, tables: &[&str]) -> Step {
    let what = format!("makes sure that no policy hides rows of {} from the role", tables.join(" and "));
    Step {
        name: "look".to_owned(),
        phase,
        why: "the files that follow read every row, and a policy hides rows without a word".to_owned(),
        acknowledged: Vec::new(),
        start: None,
        up: Script::quick(what, Locks::on(LockMode::AccessShare, tables.iter().copied()), Vec::new()),
        down: Script::nothing(""),
    }
}

/// Looks on behalf of a file that runs when the policies hold, which do not yet.
fn look_for_later(script: &mut Script, table: &str) {
    let message = format!(
        "row-level security will hide rows of {table} from this role once its policies are there, and the migration must see every row"
    );
    let look = ddl::raise_where(&format!("NOT {}", ddl::BYPASSES_ROW_SECURITY), &message, Some(&hint(table)));
    if let Some(group) = script.groups.first_mut() {
        group.insert(0, look);
    }
}
