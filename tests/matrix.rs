//! The matrix of changes, of what depends on what changes, and of rows: `tests/matrix/`.
//!
//! Each cell is refused with a way out that works, or it holds: up, with both releases at work as the phases promise, down, up
//! again, `lint` and `verify`. A fixed sample runs here, with every cell that failed once. `MATRIX=all` runs all of them,
//! `MATRIX=word` those with that word in their name (or each of several), `MATRIX=@file` those that a file lists; with
//! `UPDATE_MATRIX=1` they write their lines of `docs/matrix-cells.txt`, and the table of `docs/matrix.md`.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other tests")]
mod harness;
#[path = "matrix/mod.rs"]
mod matrix;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use harness::catalog::Lines;
use matrix::cell::{Cell, Outcome, Rows, Who};
use matrix::changes::{self, Change};
use matrix::dependents;
use matrix::group::{Group, Missing, NoPlan, Planned};
use matrix::pair::Reason;
use matrix::report::{self, Results};
use matrix::slot::Slot;
use matrix::walk::Fault;
use matrix::{proof, walk};
use tablewright_core::migrations::Rendered;
use tablewright_core::plan::lifted;

/// Every cell, by its change and its dependent.
fn cells(changes: &[Change]) -> Vec<(usize, usize, Vec<Cell>)> {
    let mut groups = Vec::new();
    for (change, it) in changes.iter().enumerate() {
        for (dependent, other) in dependents::ALL.iter().enumerate() {
            let cell = |rows, who| Cell { change: it.name, dependent: other.name, rows, who };
            let mut cells: Vec<Cell> =
                [Rows::None, Rows::Some, Rows::Nulls].into_iter().map(|rows| cell(rows, Who::Superuser)).collect();
            if it.name.starts_with("policy_") || other.name.ends_with("policy") {
                cells.extend([Who::Owner, Who::OwnerNotForced].map(|who| cell(Rows::Some, who)));
            }
            groups.push((change, dependent, cells));
        }
    }
    groups
}

/// One cell of about seventy, so that each change and each dependent is among them; `.ci/full` runs all of them.
fn is_sampled(change: usize, dependent: usize, number: usize) -> bool {
    (change + 3 * dependent).is_multiple_of(23) && number == (change + dependent) % 3
}

/// Whether a name has a word, or begins with it.
fn has(name: &str, word: &str) -> bool {
    word.strip_prefix('^').map_or_else(|| name.contains(word), |start| name.starts_with(start))
}

/// Where the whole of `verify` is run, which takes as long as ten cells: without dependents, and for some with each; with
/// `MATRIX_VERIFY` everywhere.
fn is_proved(change: usize, dependent: usize) -> bool {
    dependent == 0 || (change + 5 * dependent).is_multiple_of(37) || std::env::var("MATRIX_VERIFY").is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn migrations_hold_for_every_change_with_every_dependent() {
    let wanted = std::env::var("MATRIX").ok();
    let changes = Arc::new(changes::all());
    let failed_once = report::failed_once();
    let listed = wanted.as_deref().and_then(|wanted| wanted.strip_prefix('@')).map(report::listed);
    let mut work = cells(&changes);
    let all = work.iter().flat_map(|(.., cells)| cells).map(Cell::to_string).collect();
    for (change, dependent, cells) in &mut work {
        let mut number = 0;
        cells.retain(|cell| {
            number += 1;
            match wanted.as_deref() {
                Some("all") => true,
                Some(_) if listed.is_some() => listed.as_ref().is_some_and(|it| it.contains(&cell.to_string())),
                Some(words) => words.split(' ').all(|word| has(&cell.to_string(), word)),
                None => is_sampled(*change, *dependent, number - 1) || failed_once.contains(&cell.to_string()),
            }
        });
    }
    work.retain(|(.., cells)| !cells.is_empty());
    let began = Instant::now();
    let results = run(changes, work).await;
    let took = began.elapsed();
    let counts: Vec<String> = report::counts(&results).iter().map(|(word, count)| format!("{count} {word}")).collect();
    eprintln!("{} cells in {} s: {}", results.len(), took.as_secs(), counts.join(", "));
    let update = std::env::var("UPDATE_MATRIX").is_ok();
    if update {
        return report::write(&results, &all);
    }
    let committed = report::committed();
    let mut other = String::new();
    for (cell, outcome) in &results {
        let was = committed.get(&cell.to_string()).map_or("held", |outcome| report::word(outcome));
        if was != outcome.word() {
            let _ = writeln!(other, "{cell}: was {was}, is {}: {}", outcome.word(), outcome.detail());
        }
    }
    assert!(other.is_empty(), "other outcomes than docs/matrix-cells.txt has\n{other}");
}

/// Tries the cells of each group, four groups at a time.
async fn run(changes: Arc<Vec<Change>>, work: Vec<(usize, usize, Vec<Cell>)>) -> Results {
    let word = std::env::var("MATRIX").unwrap_or_else(|_| "sample".to_owned()).replace('/', "-");
    let log = File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("matrix-{word}.txt"))).unwrap();
    let (log, work, next) = (Arc::new(Mutex::new(log)), Arc::new(work), Arc::new(AtomicUsize::new(0)));
    let mut slots = Vec::new();
    for _ in 0..4 {
        slots.push(Slot::new().await);
    }
    let workers: Vec<_> = slots
        .into_iter()
        .map(|mut slot| {
            let (changes, log, work, next) =
                (Arc::clone(&changes), Arc::clone(&log), Arc::clone(&work), Arc::clone(&next));
            tokio::spawn(async move {
                let mut results = BTreeMap::new();
                while let Some((change, dependent, cells)) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let wholly = is_proved(*change, *dependent);
                    let found = group(&mut slot, &changes[*change], *dependent, cells, wholly, &log).await;
                    results.extend(cells.iter().cloned().zip(found));
                }
                results
            })
        })
        .collect();
    let mut results = Results::new();
    for worker in workers {
        results.extend(worker.await.unwrap());
    }
    results
}

/// The outcomes of a change with a dependent.
async fn group(
    slot: &mut Slot,
    change: &Change,
    dependent: usize,
    cells: &[Cell],
    wholly: bool,
    log: &Mutex<File>,
) -> Vec<Outcome> {
    let group = match Group::new(change, &dependents::ALL[dependent]) {
        Ok(group) => group,
        Err(missing) => {
            let outcome = match missing {
                Missing::NotApplicable(reason) => Outcome::NotApplicable(reason),
                Missing::Rejected(text) => Outcome::Rejected(text),
            };
            if let Outcome::Rejected(text) = &outcome {
                writeln!(log.lock().unwrap(), "=== {}: rejected\n{text}\n", cells[0]).unwrap();
            }
            return vec![outcome; cells.len()];
        }
    };
    let planned = group.plan(&group.allowed);
    let mut outcomes = Vec::new();
    let mut fresh = BTreeMap::new();
    for cell in cells {
        let began = Instant::now();
        let outcome = one(slot, &group, &planned, cell, wholly, &mut fresh).await;
        let mut log = log.lock().unwrap();
        writeln!(log, "=== {cell}: {} {:.2}", outcome.word(), began.elapsed().as_secs_f32()).unwrap();
        match &outcome {
            Outcome::Failed { stage, text } => {
                let [old, new] = &group.texts;
                writeln!(log, "{stage}: {text}\n--- old\n{old}--- new\n{new}").unwrap();
                if let Ok(planned) = &planned {
                    for file in planned.files.iter().flat_map(Rendered::files) {
                        writeln!(log, "--- {}\n{}", file.name, file.text).unwrap();
                    }
                }
            }
            Outcome::Refused(text) => writeln!(log, "{text}\n").unwrap(),
            Outcome::HeldWith { refusal, typed } => writeln!(log, "{refusal}\n{typed}\n").unwrap(),
            _ => {}
        }
        outcomes.push(outcome);
    }
    outcomes
}

/// What PostgreSQL says of models that it does not take: whoever writes them learns that from the first migration.
const NOT_TAKEN: [&str; 7] = [
    "exclusion constraints are not supported on partitioned tables",
    "unique constraint on partitioned table must include all partitioning columns",
    "cannot use column list for relation",
    "cannot use generated column",
    "cannot add relation",
    "cannot use partial index",
    "trigger's WHEN condition cannot reference NEW generated columns",
];

/// The outcome of a cell. `fresh` holds what the new schema is where nothing was before.
async fn one(
    slot: &mut Slot,
    group: &Group,
    planned: &Result<Planned, NoPlan>,
    cell: &Cell,
    wholly: bool,
    fresh: &mut BTreeMap<Who, Lines>,
) -> Outcome {
    if cell.rows == Rows::Nulls && !group.takes_null {
        return Outcome::NotApplicable(Reason::NoNulls);
    }
    let planned = match planned {
        Ok(planned) => planned,
        Err(NoPlan::Refused(text)) => return Outcome::Refused(text.clone()),
        Err(NoPlan::NoWayOut(text)) => return failed("refused without a way out", text),
    };
    if cell.rows == Rows::Nulls && planned.allowed.acknowledged.iter().any(|words| words.starts_with("no NULL in ")) {
        return Outcome::NotApplicable(Reason::RowsContradict);
    }
    if let Entry::Vacant(entry) = fresh.entry(cell.who) {
        match walk::fresh(slot, group, cell.who).await {
            Ok(lines) => drop(entry.insert(lines)),
            Err(text) if NOT_TAKEN.iter().any(|words| text.contains(words)) => {
                return Outcome::NotApplicable(Reason::NoServer);
            }
            Err(text) => return failed("the new models", &text),
        }
    }
    let fresh = &fresh[&cell.who];
    let mut faults = walk::walk(slot, group, planned, fresh, cell.rows, cell.who).await;
    let mut typed = planned.refusal.as_ref().map(|refusal| (refusal.clone(), planned.allowed.clone()));
    if let (Who::Owner | Who::OwnerNotForced, Some(fault)) =
        (cell.who, faults.iter().find(|fault| is_hidden(&fault.text)))
    {
        // The refusal names two cures; this is the one that an owner has.
        let mut allowed = planned.allowed.clone();
        allowed.acknowledged.extend(group.tables().into_iter().map(|table| lifted(table)));
        let refusal = fault.text.clone();
        let again = match group.plan(&allowed) {
            Ok(again) => again,
            Err(NoPlan::Refused(text) | NoPlan::NoWayOut(text)) => return failed("refused with its cure", &text),
        };
        faults = walk::walk(slot, group, &again, fresh, cell.rows, cell.who).await;
        typed = Some((refusal, again.allowed));
    }
    if cell.rows == Rows::None {
        let found = proof::lint(planned).map(|text| Fault { stage: "lint".to_owned(), text });
        faults.extend(found);
        if wholly && let Err(text) = proof::findings(group, planned).await {
            faults.push(Fault { stage: "verify".to_owned(), text });
        }
    }
    if faults.iter().any(|it| it.stage == "the old models" && NOT_TAKEN.iter().any(|words| it.text.contains(words))) {
        return Outcome::NotApplicable(Reason::NoServer);
    }
    if let Some(first) = faults.first() {
        let all: Vec<String> = faults.iter().map(|fault| format!("{}: {}", fault.stage, fault.text)).collect();
        return Outcome::Failed {
            stage: first.stage.clone(),
            text: format!("{}\n{}", first.text, all[1..].join("\n")),
        };
    }
    match typed {
        None => Outcome::Held,
        Some((refusal, allowed)) => Outcome::HeldWith { refusal, typed: matrix::way_out::line(&allowed) },
    }
}

/// The refusal of a file that a policy hides rows from, with its cures.
fn is_hidden(text: &str) -> bool {
    ["row-level security", "BYPASSRLS", "--acknowledge \"no FORCE on "].iter().all(|words| text.contains(words))
}

fn failed(stage: &str, text: &str) -> Outcome {
    Outcome::Failed { stage: stage.to_owned(), text: text.to_owned() }
}
