//! Histories that git makes of branches with migrations: whatever it left, `check` names the way out, `rebase` leads there or
//! names what does not go together; and then a new database and each old one end the same.
//!
//! `BRANCHES=200` tries that many histories, `BRANCHES_SEED=7` begins with that one.

#[path = "../../tests/migrations_harness/catalog.rs"]
mod catalog;
mod common;
#[path = "branches_random/repository.rs"]
mod repository;
#[path = "branches_random/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use common::runner::block_on;
use repository::{End, Repository, up_files};
use sqlx::migrate::Migrator;
use sqlx::{Connection as _, PgConnection};
use tablewright_tempdb::Database;
use world::Random;

/// How many histories are made where nothing is said: each form once.
const HISTORIES: u64 = FORMS.len() as u64;

type Form = (&'static str, fn(&mut Repository, &mut Random) -> Result<End, String>);

const FORMS: [Form; 10] = [
    ("a branch merged into main", merged),
    ("main merged into a branch", main_merged),
    ("two branches merged one after the other", two_merged),
    ("a branch on a branch, both merged", stacked),
    ("a branch on a branch, replayed on main", stacked_and_replayed),
    ("a branch on one that was merged as one commit", stacked_on_squashed),
    ("a branch of two commits replayed on main", replayed),
    ("a commit picked, then its branch merged", picked),
    ("a squash beside a branch", squashed),
    ("a branch that is not sealed", unsealed),
];

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().map_or(default, |text| text.parse().unwrap())
}

#[test]
fn every_history_leads_to_one_schema_or_names_what_clashes() {
    let first = number("BRANCHES_SEED", 1);
    let (next, end) = (AtomicU64::new(first), first + number("BRANCHES", HISTORIES));
    let work = || {
        let mut ends: Vec<(u64, Result<Ended, String>)> = Vec::new();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return ends;
            }
            ends.push((seed, history(seed)));
        }
    };
    let ends: Vec<(u64, Result<Ended, String>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let (mut good, mut databases, mut refused, mut wrong) = (0, 0, 0, Vec::new());
    let mut clashes: BTreeMap<&str, usize> = BTreeMap::new();
    for (seed, result) in ends {
        match result {
            Ok(Ended { form, databases: some, refused: changes }) => {
                refused += changes;
                match some {
                    Some(some) => (good, databases) = (good + 1, databases + some),
                    None => *clashes.entry(form).or_default() += 1,
                }
            }
            Err(problem) => wrong.push(format!("BRANCHES_SEED={seed}: {problem}")),
        }
    }
    let clashed: usize = clashes.values().sum();
    eprintln!(
        "{} histories, {good} with {databases} old databases, {clashed} clash, {refused} changes were refused, {} failed",
        end - first,
        wrong.len()
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(good > 0 && clashed * 4 < 3 * (good + clashed), "most clash: {clashes:?}");
}

/// How a history ended.
struct Ended {
    form: &'static str,
    /// How many old databases came to the same schema; none where the command named a clash.
    databases: Option<usize>,
    refused: usize,
}

fn history(seed: u64) -> Result<Ended, String> {
    let form = FORMS[usize::try_from(seed - 1).unwrap() % FORMS.len()];
    let mut random = Random(seed);
    let mut repository = Repository::new()?;
    let told =
        |problem: String, repository: &Repository| format!("{}: {problem}\n{}", form.0, repository.told.join("\n"));
    let end = form.1(&mut repository, &mut random).map_err(|problem| told(problem, &repository))?;
    let databases = match end {
        End::Clash(_) => None,
        End::Good => Some(compared(&repository).map_err(|problem| told(problem, &repository))?),
    };
    Ok(Ended { form: form.0, databases, refused: repository.refused })
}

/// A new database and each old one end the same, and as the lock says.
fn compared(repository: &Repository) -> Result<usize, String> {
    let files = repository.package.path().join("migrations");
    let fresh = tablewright_tempdb::database();
    run(&fresh, &files).map_err(|error| format!("a new database: {error}"))?;
    let expected = lines(&fresh);
    let drift = repository.package.run(&["drift", fresh.url()]);
    if !drift.starts_with("exit code 0\n") {
        return Err(format!("the lock is not what a new database has: {drift}"));
    }
    for tip in &repository.tips {
        let told =
            |what: &str, problem: &dyn std::fmt::Display| format!("a database of {}: {what}: {problem}", tip.branch);
        let database = tablewright_tempdb::database();
        run(&database, &tip.folder).map_err(|error| told("its own files", &error))?;
        let (old, new) = (up_files(&tip.folder), up_files(&files));
        let same = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
        match &repository.squash {
            // It takes back what only its branch has, and is then told what took the place of the rest.
            Some(archive) if same == 0 => {
                let archived = up_files(archive).len();
                undo(&database, &tip.folder, archived).map_err(|error| told("the way back", &error))?;
                run(&database, archive).map_err(|error| told("the rest of the old files", &error))?;
                let script = std::fs::read_to_string(archive.join("existing-databases.sql")).unwrap();
                common::runner::execute(&database, &script);
            }
            _ => undo(&database, &tip.folder, same).map_err(|error| told("the way back", &error))?,
        }
        run(&database, &files).map_err(|error| told("the merged files", &error))?;
        if let Some(difference) = catalog::difference(&expected, &lines(&database)) {
            return Err(told("another schema than that of a new database", &difference));
        }
    }
    Ok(repository.tips.len())
}

fn run(database: &Database, folder: &Path) -> Result<(), String> {
    common::runner::sqlx_run(database.url(), folder).map_err(|error| error.to_string())
}

fn undo(database: &Database, folder: &Path, to: usize) -> Result<(), String> {
    block_on(async {
        let migrator = Migrator::new(folder).await?;
        let mut connection = PgConnection::connect(database.url()).await?;
        migrator.undo(&mut connection, i64::try_from(to).unwrap()).await
    })
    .map_err(|error: sqlx::migrate::MigrateError| error.to_string())
}

fn lines(database: &Database) -> catalog::Lines {
    block_on(async {
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        catalog::lines(&mut connection).await
    })
}

const AMEND: [&str; 4] = ["commit", "-q", "--amend", "--no-edit"];
const COMMIT: [&str; 3] = ["commit", "-q", "--no-edit"];

/// Some commits on a branch, whose last state is kept.
fn commits(repository: &mut Repository, random: &mut Random, branch: &str, most: usize) -> Result<usize, String> {
    for _ in 0..=random.below(most) {
        repository.change(random, branch, true)?;
    }
    repository.keep(branch);
    Ok(repository.tips.len() - 1)
}

/// Merges a branch into another: with or without a conflict, and sometimes with one that git was told to decide.
fn merge(repository: &mut Repository, random: &mut Random, into: &str, from: &str, tip: usize) -> Result<End, String> {
    repository.git(&["checkout", "-q", into])?;
    let mut arguments = vec!["merge", "-q", "--no-edit", from];
    if random.one_in(3) {
        arguments.extend(["-X", if random.one_in(2) { "ours" } else { "theirs" }]);
    }
    let (clean, _) = repository.try_git(&arguments);
    // Merging main into a branch, the branch's own come last.
    let told = repository.told_to(from);
    let own = repository.told_to(into);
    if from == "main" {
        repository.forget_all_but(into, told);
        repository.learns(into, &own);
    } else {
        repository.learns(into, &told);
    }
    repository.settle(into, Some(tip), if clean { &AMEND } else { &COMMIT })
}

fn merged(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("feature", "main")?;
    let tip = commits(repository, random, "feature", 2)?;
    commits(repository, random, "main", 2)?;
    merge(repository, random, "main", "feature", tip)
}

fn main_merged(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("feature", "main")?;
    let tip = commits(repository, random, "feature", 2)?;
    commits(repository, random, "main", 2)?;
    let end = merge(repository, random, "feature", "main", tip)?;
    let End::Good = end else { return Ok(end) };
    // What was merged goes back without anything to do.
    repository.keep("feature");
    merge(repository, random, "main", "feature", tip)
}

fn two_merged(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("one", "main")?;
    let one = commits(repository, random, "one", 1)?;
    repository.branch("two", "main")?;
    let two = commits(repository, random, "two", 1)?;
    let end = merge(repository, random, "main", "one", one)?;
    let End::Good = end else { return Ok(end) };
    repository.keep("main");
    merge(repository, random, "main", "two", two)
}

/// A branch on a branch, while main went on and took over the first.
fn a_stack(repository: &mut Repository, random: &mut Random) -> Result<(End, usize), String> {
    repository.branch("below", "main")?;
    let below = commits(repository, random, "below", 1)?;
    repository.branch("above", "below")?;
    let above = commits(repository, random, "above", 2)?;
    commits(repository, random, "main", 1)?;
    let end = merge(repository, random, "main", "below", below)?;
    repository.keep("main");
    Ok((end, above))
}

fn stacked(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    let (end, above) = a_stack(repository, random)?;
    let End::Good = end else { return Ok(end) };
    merge(repository, random, "main", "above", above)
}

fn stacked_and_replayed(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    let (end, _) = a_stack(repository, random)?;
    let End::Good = end else { return Ok(end) };
    replay(repository, "above")
}

/// Replays a branch on main, and leads out of each stop.
fn replay(repository: &mut Repository, branch: &str) -> Result<End, String> {
    let (main, own) = (repository.told_to("main"), repository.told_to(branch));
    repository.git(&["checkout", "-q", branch])?;
    let (mut clean, mut said) = repository.try_git(&["rebase", "main"]);
    repository.forget_all_but(branch, main);
    repository.learns(branch, &own);
    for _ in 0..10 {
        if clean {
            return repository.settle(branch, None, &AMEND);
        }
        if let End::Clash(text) = repository.stop(branch)? {
            return Ok(End::Clash(text));
        }
        (clean, said) = repository.try_git(&["rebase", "--continue"]);
    }
    Err(format!("the replay does not end: {said}"))
}

fn stacked_on_squashed(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("below", "main")?;
    let below = commits(repository, random, "below", 1)?;
    repository.branch("above", "below")?;
    let above = commits(repository, random, "above", 1)?;
    commits(repository, random, "main", 1)?;
    repository.try_git(&["merge", "-q", "--squash", "below"]);
    let told = repository.told_to("below");
    repository.learns("main", &told);
    let end = repository.settle("main", Some(below), &["commit", "-q", "-m", "below"])?;
    let End::Good = end else { return Ok(end) };
    repository.keep("main");
    merge(repository, random, "main", "above", above)
}

fn replayed(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("feature", "main")?;
    repository.change(random, "feature", true)?;
    commits(repository, random, "feature", 2)?;
    commits(repository, random, "main", 2)?;
    replay(repository, "feature")
}

fn picked(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("feature", "main")?;
    repository.change(random, "feature", true)?;
    let first = repository.told_to("feature");
    let tip = commits(repository, random, "feature", 1)?;
    commits(repository, random, "main", 1)?;
    let last = random.one_in(2);
    let (clean, _) = repository.try_git(&["cherry-pick", if last { "feature" } else { "feature~1" }]);
    let some = if last { repository.told_to("feature")[first.len()..].to_vec() } else { first };
    repository.learns("main", &some);
    let go_on: &[&str] = if clean { &AMEND } else { &["cherry-pick", "--continue"] };
    let end = repository.settle("main", None, go_on)?;
    let End::Good = end else { return Ok(end) };
    repository.keep("main");
    merge(repository, random, "main", "feature", tip)
}

fn squashed(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.change(random, "main", true)?;
    repository.keep("main");
    repository.branch("feature", "main")?;
    let tip = commits(repository, random, "feature", 1)?;
    let by_main = random.one_in(2);
    repository.branch("smaller", "main")?;
    repository.squash()?;
    if by_main {
        repository.git(&["checkout", "-q", "main"])?;
        repository.git(&["merge", "-q", "--ff-only", "smaller"])?;
        return merge(repository, random, "main", "feature", tip);
    }
    let end = merge(repository, random, "main", "feature", tip)?;
    let End::Good = end else { return Ok(end) };
    merge(repository, random, "main", "smaller", tip)
}

fn unsealed(repository: &mut Repository, random: &mut Random) -> Result<End, String> {
    repository.branch("feature", "main")?;
    repository.change(random, "feature", false)?;
    commits(repository, random, "main", 1)?;
    let tip = repository.tips.len() - 1;
    let end = merge(repository, random, "main", "feature", tip)?;
    repository.seal()?;
    Ok(end)
}
