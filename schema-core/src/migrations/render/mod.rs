//! A plan as the files that `sqlx migrate` and the runner read.

mod sections;

use super::header::{Header, Kind, Sentence, Writer};
use super::name::{Direction, FileName, slug};
use crate::config::{Format, Profile, Timeouts};
use crate::dialect::Target;
use crate::plan::{Phase, Plan, Run, Script, Step};
use crate::sql::{Statement, literal};

use sections::{MARK, OUT_OF_TRANSACTION};
pub use sections::{way_down, way_up};

/// What the files of a plan are called.
#[derive(Clone, Copy, Debug)]
pub struct Naming<'a> {
    /// The migration's name, without number.
    pub name: &'a str,
    /// The number of its first file.
    pub first: u32,
    /// The day, as `YYYYMMDD`, for the format that has it in names. It never reaches a file's text.
    pub date: Option<u32>,
}

/// One step as files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The migration's name with its number: `001_create_shop`.
    pub migration: String,
    /// When it may run.
    pub phase: Phase,
    /// The way up; both directions where the format puts them into one file.
    pub up: File,
    /// The way down.
    pub down: Option<File>,
}

impl Rendered {
    /// The files, the way up first.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        std::iter::once(&self.up).chain(&self.down)
    }
}

/// A file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, without folder.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The files of a plan, in the order in which they run: each file's name and text, the way up before the way down.
#[must_use]
pub fn render(plan: &Plan, name: &str, first: u32, profile: &Profile) -> Vec<(String, String)> {
    let naming = Naming { name, first, date: None };
    let files = |step: Rendered| std::iter::once(step.up).chain(step.down).map(|file| (file.name, file.text));
    steps(plan, &naming, profile).into_iter().flat_map(files).collect()
}

/// The same by step, with the date that the format may ask for.
#[must_use]
pub fn steps(plan: &Plan, naming: &Naming<'_>, profile: &Profile) -> Vec<Rendered> {
    let names = names(plan, naming.name);
    let numbered = plan.steps.iter().zip(names).zip(naming.first..);
    numbered
        .map(|((step, name), number)| {
            let date = (profile.format == Format::Dated).then_some(naming.date).flatten();
            let file = FileName { date, number, name, direction: Direction::Up };
            step_files(step, &file, profile)
        })
        .collect()
}

/// A pair of files for a person to write: headers and timeouts, no statement.
#[must_use]
pub fn by_hand(what: &str, naming: &Naming<'_>, profile: &Profile) -> Rendered {
    let date = (profile.format == Format::Dated).then_some(naming.date).flatten();
    let name = FileName { date, number: naming.first, name: slug(naming.name), direction: Direction::Up };
    let text = |kind: Kind, what: &str, phase: Phase| {
        let header = Header {
            kind: Some(kind),
            what: Some(Sentence::new(what)),
            why: Some(Sentence::new("…")),
            phase: Some(phase),
            locks: Some(Sentence::new("…")),
            writer: Some(Writer::Person),
            ..Header::default()
        };
        let mut text = header.to_string();
        if Target::common(&profile.targets).lock_timeout {
            text.push_str(&format!("\n{}", timeouts(&profile.timeouts, false)));
        }
        text
    };
    let up = text(Kind::Up, what, Phase::Expand);
    let down = text(Kind::Down, "takes it back", Phase::Contract);
    let file =
        |direction: Direction, text: String| File { name: FileName { direction, ..name.clone() }.to_string(), text };
    let migration = name.migration();
    if profile.format == Format::Single {
        let text = format!("{MARK}Up\n{up}\n{MARK}Down\n{down}");
        return Rendered { migration, phase: Phase::Expand, up: file(Direction::Both, text), down: None };
    }
    let (up, down) = (file(Direction::Up, up), Some(file(Direction::Down, down)));
    Rendered { migration, phase: Phase::Expand, up, down }
}

/// One name for each step; steps of one name are distinguished by their numbers.
fn names(plan: &Plan, name: &str) -> Vec<String> {
    let several = plan.steps.len() > 1;
    let full = |step: &Step| {
        if several && !step.name.is_empty() { format!("{name}_{}", step.name) } else { name.to_owned() }
    };
    plan.steps.iter().map(|step| slug(&full(step))).collect()
}

fn step_files(step: &Step, name: &FileName, profile: &Profile) -> Rendered {
    let migration = name.migration();
    let file =
        |direction: Direction, text: String| File { name: FileName { direction, ..name.clone() }.to_string(), text };
    let up = direction(step, &step.up, true, profile);
    let down = direction(step, &step.down, false, profile);
    if profile.format == Format::Single {
        let text = format!("{}{}", section("Up", &step.up, &up), section("Down", &step.down, &down));
        return Rendered { migration, phase: step.phase, up: file(Direction::Both, text), down: None };
    }
    Rendered { migration, phase: step.phase, up: file(Direction::Up, up), down: Some(file(Direction::Down, down)) }
}

fn out_of_transaction(run: Run) -> bool {
    matches!(run, Run::Alone | Run::Transactions | Run::Separate)
}

/// One direction of a file that holds both.
fn section(word: &str, script: &Script, text: &str) -> String {
    let no_transaction = if out_of_transaction(script.run) { OUT_OF_TRANSACTION } else { "" };
    let gap = if word == "Up" { "" } else { "\n" };
    format!("{gap}{MARK}{word}{no_transaction}\n{}", bracketed(text, script))
}

/// Readers of that format split at every semicolon, also at those within a body of a function, unless told not to.
fn bracketed(text: &str, script: &Script) -> String {
    let mut result = text.to_owned();
    let looks = script.looks.iter().map(|look| look.statement.as_str());
    let statements = script.statements().map(Statement::as_str);
    for statement in looks.chain(statements).filter(|statement| inner_semicolon(statement)) {
        result = result.replacen(statement, &format!("{MARK}StatementBegin\n{statement}\n{MARK}StatementEnd"), 1);
    }
    result
}

fn inner_semicolon(statement: &str) -> bool {
    statement.trim_end().trim_end_matches(';').contains(';')
}

fn direction(step: &Step, script: &Script, up: bool, profile: &Profile) -> String {
    format!("{}{}", header(step, script, up, profile), body(script, profile))
}

fn header(step: &Step, script: &Script, up: bool, profile: &Profile) -> Header {
    let why = if up { step.why.clone() } else { format!("takes back what the way up did ({})", step.up.what) };
    let phase = match (up, step.phase) {
        (true, phase) => phase,
        // On the way back a release is removed before what it needs.
        (false, Phase::Expand) => Phase::Contract,
        (false, Phase::Contract) => Phase::Expand,
        (false, Phase::Backfill) => Phase::Backfill,
    };
    let runs = script.run != Run::Nothing;
    // Where no statement waits for a lock, none is named.
    let locks = runs && Target::common(&profile.targets).lock_timeout;
    Header {
        // The other format says it in a line of its own.
        no_transaction: profile.format != Format::Single && out_of_transaction(script.run),
        kind: Some(if up { Kind::Up } else { Kind::Down }),
        what: Some(Sentence::new(&script.what)),
        why: Some(Sentence::new(&why)),
        phase: Some(phase),
        start: step.start.filter(|_| up),
        locks: locks.then(|| Sentence::new(&script.locks.to_string())),
        takes: runs.then(|| Sentence::new(&script.takes)),
        reads: if runs { script.reads.clone() } else { Vec::new() },
        changes: if runs { script.changes.clone() } else { Vec::new() },
        refuses: script.refuses.clone(),
        looks: looked_at(script),
        retyped: script.retyped.clone(),
        policies: if runs { script.policies.clone() } else { Vec::new() },
        acknowledged: if up { step.acknowledged.clone() } else { Vec::new() },
        loses: script.loses.as_deref().map(Sentence::new),
        writer: Some(Writer::Migrate),
    }
}

/// What a transaction begins with, so that it never queues long behind another and never holds its locks for long. One
/// that reads every row under a lock that no one waits for may take its time.
fn timeouts(timeouts: &Timeouts, long: bool) -> String {
    let statement = if long { "0" } else { &timeouts.statement };
    format!(
        "SET LOCAL lock_timeout = {};\nSET LOCAL statement_timeout = {};\n",
        literal(&timeouts.lock),
        literal(statement)
    )
}

/// The tables at which a file looks first, each once.
fn looked_at(script: &Script) -> Vec<String> {
    let mut tables: Vec<String> = script.looks.iter().map(|look| look.table.clone()).collect();
    tables.dedup();
    if script.run == Run::Transaction { tables } else { Vec::new() }
}

fn body(script: &Script, profile: &Profile) -> String {
    let timeouts = Target::common(&profile.targets).lock_timeout.then(|| timeouts(&profile.timeouts, script.long));
    let statements =
        |group: &Vec<Statement>| group.iter().map(|statement| format!("{statement}\n")).collect::<String>();
    let mut text = String::new();
    match script.run {
        Run::Nothing => {}
        // A second statement would make the two of them a transaction.
        Run::Alone | Run::Separate => text.extend(script.groups.iter().map(|group| format!("\n{}", statements(group)))),
        Run::Transaction => {
            let looks = script.looks.iter().map(|look| format!("\n{}\n", look.statement));
            text.extend(timeouts.map(|timeouts| format!("\n{timeouts}")));
            text.extend(looks);
            text.extend(script.groups.iter().map(|group| format!("\n{}", statements(group))));
        }
        Run::Transactions => {
            for group in &script.groups {
                text.push_str("\nBEGIN;\n");
                text.push_str(timeouts.as_deref().unwrap_or_default());
                text.push_str(&statements(group));
                text.push_str("COMMIT;\n");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests;
