//! Collects the steps of a plan in their order, and what is refused.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::change::{Replacement, after_the_old_release, under_new_names};
use super::graph::{self, Cycle};
use super::locks::{LockMode, Locks, Remark};
use super::needs::Needs;
use super::{Allowed, Phase, Plan, Run, Script, Start, Step};
use crate::diagnostic::Diagnostic;
use crate::dialect::Dialect;
use crate::diff::Pair;
use crate::place::Place;
use crate::schema::{Object, Schema, Table, Trigger, derived_name};
use crate::sql::{Effect, Statement};

/// Collects the steps of a plan, and what prevents it.
pub(super) struct Planner<'a> {
    pub(super) dialect: &'static Dialect,
    pub(super) allowed: &'a Allowed,
    pub(super) pair: &'a Pair,
    pub(super) refused: Vec<Diagnostic>,
    /// Columns that this plan adds, by table and name: no row of the old release breaks what is required of them.
    pub(super) added: BTreeSet<(String, String)>,
    /// Columns that this plan replaces by another; what is built on them waits until they are filled.
    pub(super) filled: BTreeSet<(String, String)>,
    /// The new names of the tables that this plan renames while the old release runs, by the old ones.
    pub(super) moved: BTreeMap<String, String>,
    /// The columns that take the place of others, by table.
    pub(super) replacements: BTreeMap<String, Vec<Replacement>>,
    /// The filled columns of a table, each after those whose values it is computed from, where one is.
    pub(super) chains: BTreeMap<String, Vec<String>>,
    /// The functions of triggers that name a column that another one replaces, by table: the name, the old and the new body.
    pub(super) turned: BTreeMap<String, Vec<(String, String, String)>>,
    /// Renames of constraints and indexes, both ways, by table and phase: the first come first, the second when names are free.
    pub(super) renames: BTreeMap<(String, Phase), (Renames, Renames)>,
    /// What the tables were called that are renamed in one step, by the new names.
    pub(super) called: BTreeMap<String, String>,
    /// The tables of which something is renamed in one step, under both names.
    pub(super) offline: BTreeSet<String>,
    /// The user's own SQL that gets its new text in the transaction that renames a table.
    pub(super) anew_with_names: BTreeSet<String>,
    /// The user's own SQL that is away while what it names gets other names.
    pub(super) away_by_name: BTreeSet<String>,
    /// What each object needs, before and after.
    pub(super) needs: (Needs, Needs),
    /// The triggers that the user's own SQL makes, each with its table, once they were asked for.
    pub(super) own_triggers: OnceCell<Vec<(String, Trigger)>>,
    steps: BTreeMap<(Phase, Rank), Vec<Step>>,
}

/// Statements that rename, each with the one that takes it back.
pub(super) type Renames = Vec<(Statement, Statement)>;

/// Where a step is among those of its phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// The user's own SQL goes, before what it names gets another name.
    Away,
    /// Extensions, types, functions.
    Types,
    /// Other names for what stays.
    Names,
    /// What got in the way of the new release.
    Relax,
    /// New tables.
    Tables,
    /// New columns.
    Columns,
    /// What fills new columns while the old release runs.
    Triggers,
    /// Rows are filled.
    Fill,
    /// NOT NULL.
    NotNull,
    /// Indexes and unique keys.
    Indexes,
    /// Checks and foreign keys.
    Constraints,
    /// What belongs to a table and holds no rows.
    Objects,
    /// The user's own SQL.
    Extras,
    /// Primary keys take the place of others.
    Keys,
    /// Columns take the place of others.
    Switch,
    /// Keys go that the way back makes again when their columns are filled.
    Unkey,
    /// The way back is prepared: rows are compared before a column is dropped.
    Compare,
    /// Foreign keys and indexes go, before their columns and tables do.
    Unbuild,
    /// Columns go.
    DropColumns,
    /// Tables go.
    DropTables,
    /// Types and extensions go.
    DropTypes,
    /// The user's own SQL that depends on what changed.
    Again,
}

impl<'a> Planner<'a> {
    pub(super) fn new(pair: &'a Pair, dialect: &'static Dialect, allowed: &'a Allowed) -> Self {
        let moved = pair.renamed_tables();
        // Everything else changes when the tables have their new names.
        let before =
            if moved.is_empty() { Needs::of(&pair.old) } else { Needs::of(&under_new_names(pair.old.clone(), &moved)) };
        Self {
            dialect,
            allowed,
            pair,
            refused: Vec::new(),
            added: BTreeSet::new(),
            filled: BTreeSet::new(),
            moved,
            replacements: BTreeMap::new(),
            chains: BTreeMap::new(),
            turned: BTreeMap::new(),
            renames: BTreeMap::new(),
            called: BTreeMap::new(),
            offline: BTreeSet::new(),
            anew_with_names: BTreeSet::new(),
            away_by_name: BTreeSet::new(),
            needs: (before, Needs::of(&pair.new)),
            own_triggers: OnceCell::new(),
            steps: BTreeMap::new(),
        }
    }

    pub(super) fn old(&self) -> &'a Schema {
        &self.pair.old
    }

    pub(super) fn new_schema(&self) -> &'a Schema {
        &self.pair.new
    }

    /// Adds a step after the others of its phase and rank.
    pub(super) fn step(&mut self, at: (Phase, Rank), name: &str, why: &str, up: Script, down: Script) {
        self.acknowledged_step(at, name, why, &[], up, down);
    }

    pub(super) fn acknowledged_step(
        &mut self,
        at: (Phase, Rank),
        name: &str,
        why: &str,
        acknowledged: &[String],
        up: Script,
        down: Script,
    ) {
        let (name, why) = (name.to_owned(), why.to_owned());
        self.push(at, Step { name, phase: at.0, why, acknowledged: acknowledged.to_vec(), start: None, up, down });
    }

    /// The same, with which the new release starts.
    pub(super) fn starting_step(
        &mut self,
        at: (Phase, Rank),
        name: &str,
        why: &str,
        acknowledged: &[String],
        up: Script,
        down: Script,
    ) {
        let (name, why) = (name.to_owned(), why.to_owned());
        self.push(
            at,
            Step { name, phase: at.0, why, acknowledged: acknowledged.to_vec(), start: Some(Start::Alone), up, down },
        );
    }

    fn push(&mut self, at: (Phase, Rank), step: Step) {
        let step = Step { up: self.with_partitions(step.up), down: self.with_partitions(step.down), ..step };
        let steps = if self.dialect.transactional_ddl { vec![step] } else { apart(step) };
        self.steps.entry(at).or_default().extend(steps);
    }

    /// Adds words to the header of an existing step.
    pub(super) fn said_of(&mut self, at: (Phase, Rank), name: &str, words: &str) {
        self.existing(at, name).for_each(|step| step.acknowledged.push(words.to_owned()));
    }

    /// The new release starts with an existing step.
    pub(super) fn new_release_starts(&mut self, at: (Phase, Rank), name: &str) {
        self.existing(at, name).for_each(|step| step.start = Some(Start::Alone));
    }

    /// A step by its name, in as many parts as it has.
    fn existing(&mut self, at: (Phase, Rank), name: &str) -> impl Iterator<Item = &mut Step> {
        let is_part = move |rest: &str| rest.is_empty() || rest.contains("_of_");
        let steps = self.steps.get_mut(&at).into_iter().flatten();
        steps.filter(move |step| step.name.strip_prefix(name).is_some_and(is_part))
    }

    /// The first and the last phase in which objects go, get another name, or come in the place of others.
    pub(super) fn phases_that_touch(&self, objects: &BTreeSet<Object>) -> Option<(Phase, Phase)> {
        let touches = |effect: &Effect| match effect {
            Effect::Drops(object) | Effect::Makes(object) => objects.contains(object),
            Effect::Renames { from, to } => objects.contains(from) || objects.contains(to),
            Effect::Changes(_) => false,
        };
        let effects = |step: &Step| step.up.statements().any(|it| it.effects().iter().any(touches));
        let mut phases = self.steps.iter().filter(|(_, steps)| steps.iter().any(effects)).map(|((phase, _), _)| *phase);
        let first = phases.next()?;
        Some((first, phases.next_back().unwrap_or(first)))
    }

    /// A lock on a partitioned table is one on its partitions as well.
    fn with_partitions(&self, mut script: Script) -> Script {
        for table in self.old().tables.values() {
            let Some(partitioning) = table.partitioning.as_ref().filter(|it| !it.partitions.is_empty()) else {
                continue;
            };
            let names = partitioning.partitions.iter().map(|it| it.name.clone());
            script.locks = std::mem::take(&mut script.locks).with_partitions(&table.name, names);
        }
        script
    }

    pub(super) fn refuse(&mut self, rule: &'static str, at: Place, message: String, help: String) {
        self.refused.push(Diagnostic::new(rule, at, message).help(help));
    }

    /// The command that is typed again, with more.
    pub(super) fn command(&self) -> &'static str {
        self.allowed.command.words()
    }

    /// The line that acknowledges that no program runs.
    pub(super) fn offline_line(&self) -> String {
        format!("{} --offline-rename    while no program runs", self.command())
    }

    /// Whether a hazard is acknowledged; otherwise it is refused with the words to type.
    pub(super) fn acknowledge(&mut self, hazard: &str, at: Place, message: String, instead: &str) -> bool {
        if self.allowed.everything || self.allowed.acknowledged.contains(hazard) {
            return true;
        }
        let or = if instead.is_empty() { String::new() } else { format!("{instead}\nor: ") };
        self.refuse(HAZARD, at, message, format!("{or}{} --acknowledge \"{hazard}\"", self.command()));
        false
    }

    /// Whether a drop is acknowledged by its name; otherwise it is refused.
    pub(super) fn dropped(&mut self, name: &str, at: Place, message: String, rename: Option<String>) -> bool {
        if self.allowed.everything || self.allowed.drops.contains(name) {
            return true;
        }
        let drop = format!("{} --drop {name}", self.command());
        let help = match rename {
            Some(line) => format!("{line}    if it is the same under another name\nor: {drop}"),
            None => drop,
        };
        self.refuse(DROP, at, message, help);
        false
    }

    pub(super) fn finish(mut self) -> Result<Plan, Vec<Diagnostic>> {
        let placed = std::mem::take(&mut self.steps);
        let placed = placed.into_iter().flat_map(|(at, steps)| steps.into_iter().map(move |step| (at, step)));
        let steps = match graph::ordered(placed.collect(), &self.needs.0, &self.needs.1) {
            Ok(placed) => {
                let mut steps = started_once(self.with_every_row(placed));
                after_the_old_release(&mut steps);
                steps
            }
            Err(cycle) => {
                self.wait_for_each_other(&cycle);
                Vec::new()
            }
        };
        if self.refused.is_empty() { Ok(Plan { steps }) } else { Err(self.refused) }
    }
}

impl Planner<'_> {
    fn wait_for_each_other(&mut self, cycle: &Cycle) {
        let around: Vec<&str> = cycle.steps.iter().chain(cycle.steps.first()).map(String::as_str).collect();
        let message = format!("these changes wait for each other: {}", around.join(" → "));
        let help = "make one of them in a migration of its own, before the others".to_owned();
        self.refuse(HAZARD, Place::Item(cycle.steps.first().cloned().unwrap_or_default()), message, help);
    }
}

/// Where several steps suit only the new release, it starts after the last of them; otherwise when every row is filled.
fn started_once(mut steps: Vec<Step>) -> Vec<Step> {
    let last = steps.iter().rposition(Step::starts_alone);
    for step in &mut steps[..last.unwrap_or_default()] {
        step.start = None;
    }
    // Before a row is filled the new release would read no value in it, and write one over that which it has.
    let filled = steps.iter().rposition(|step| step.phase == Phase::Backfill);
    if let (None, Some(filled)) = (last, filled) {
        steps[filled].start = Some(Start::Beside);
    }
    steps
}

pub(super) use crate::ids::BACKWARD_COMPATIBLE as DROP;
pub(super) use crate::ids::ZERO_DOWNTIME as HAZARD;

/// One statement for each file, where the database commits before each statement that changes the schema.
pub(super) fn apart(step: Step) -> Vec<Step> {
    let separate = |script: &Script, statements: Vec<Statement>| Script {
        run: if statements.is_empty() { Run::Nothing } else { Run::Separate },
        groups: if statements.is_empty() { Vec::new() } else { vec![statements] },
        ..script.clone()
    };
    let whole = |script: &Script| matches!(script.run, Run::Transaction | Run::Transactions);
    if !whole(&step.up) && !whole(&step.down) {
        return vec![step];
    }
    let ups: Vec<Statement> = step.up.statements().cloned().collect();
    let downs: Vec<Statement> = step.down.statements().cloned().collect();
    // A table that no one sees yet is made in one file, with what belongs to it.
    let plain = |statements: &[Statement]| statements.first().is_some_and(|it| it.starts_with("CREATE TABLE"));
    let whole_up = ups.len() < 2 || plain(&ups);
    let whole_down = downs.len() < 2 || plain(&downs);
    if whole_up && whole_down {
        let up = if whole(&step.up) { separate(&step.up, ups) } else { step.up.clone() };
        let down = if whole(&step.down) { separate(&step.down, downs) } else { step.down.clone() };
        return vec![Step { up, down, ..step }];
    }
    let together = |script: &Script, statements: Vec<Statement>, whole: bool| {
        let parts = if whole { vec![statements] } else { statements.into_iter().map(|it| vec![it]).collect() };
        parts
            .into_iter()
            .map(|part| if script.run == Run::Alone { script.clone() } else { separate(script, part) })
            .collect()
    };
    let ups: Vec<Script> = together(&step.up, ups, whole_up);
    let downs: Vec<Script> = together(&step.down, downs, whole_down);
    // The shorter way up comes last, when what its way back needs can be distinguished; the shorter way back comes last as well.
    let count = ups.len().max(downs.len());
    let nothing = || std::iter::repeat_with(|| Script::nothing("leaves it to the files around this one"));
    let (before, behind) = (count - ups.len(), count - downs.len());
    let ups = nothing().take(before).chain(ups);
    let downs = downs.into_iter().rev().chain(nothing().take(behind));
    ups.zip(downs)
        .enumerate()
        .map(|(index, (up, down))| Step {
            name: format!("{}_{}_of_{count}", step.name, index + 1),
            up,
            down,
            ..step.clone()
        })
        .collect()
}

/// A name for what exists next to the thing of that name until it takes its place.
pub(super) fn beside(name: &str) -> String {
    derived_name(&[name, "new"])
}

/// The name of an old thing that another took the place of.
pub(super) fn before(name: &str) -> String {
    derived_name(&[name, "old"])
}

/// Everyone waits for a table.
pub(super) fn exclusive(table: &str) -> Locks {
    Locks::on(LockMode::AccessExclusive, [table])
}

/// What VALIDATE and CREATE INDEX CONCURRENTLY take: reads and writes go on.
pub(super) fn shared(table: &str) -> Locks {
    Locks::on(LockMode::ShareUpdateExclusive, [table]).remark(Remark::ReadAndWritten)
}

/// `orders.note`
pub(super) fn path(table: &Table, column: &str) -> String {
    format!("{}.{column}", table.name)
}
