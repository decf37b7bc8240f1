//! Migrations from models to models: each folder of `tests/migrations` has the models before and after, and the files
//! that lead from the one to the other on each database.
//!
//! On a real server with rows in the tables, each file runs as sqlx runs it, both ways and up again. The catalogs end up
//! as if everything had been created from scratch, no row is lost, no table is read or rewritten while others wait, and the
//! releases of the program that the phases promise to work do work after each file.
//!
//! `UPDATE_MIGRATIONS=1` writes the expected files, `CASE=word` runs only the cases with that word in their name.

#[path = "migrations_harness/mod.rs"]
#[allow(dead_code, reason = "shared with the other test")]
mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use harness::case::{Case, Models};
use harness::walk::{Migration, walk};
use harness::{alone, case, database, expected, lint, places, reread, run};
use tablewright_core::config::Profile;
use tablewright_core::dialect::Target;
use tablewright_core::migrations::{Naming, Rendered, steps};
use tablewright_core::plan::LockMode;
use tablewright_core::plan::{self, Phase};
use tablewright_core::schema::{Column, PrimaryKey, Schema, SqlType, Table};

/// The result of a case on one target.
enum Outcome {
    Migration(Migration),
    /// Why there is none, as a file of that name explains.
    Text(&'static str, String),
}

/// The targets of a profile, by the folder of a case that has the files.
const PROFILES: [(&str, &[Target]); 3] =
    [("postgres", &[Target::Postgres]), ("cockroach", &[Target::Cockroach]), ("both", &Target::ALL)];

fn outcome(case: &Case, targets: &[Target]) -> (Option<Models>, Outcome) {
    let models = match case.models(targets) {
        Ok(models) => models,
        Err(reports) => return (None, Outcome::Text("not_portable.txt", reports)),
    };
    let outcome = match plan::plan(&models.old.schema, &models.new.schema, &models.profile, &case.allowed) {
        Ok(plan) if plan.steps.is_empty() => Outcome::Text("nothing.txt", "There is nothing to do.\n".to_owned()),
        Ok(plan) => {
            let naming = Naming { name: &case.name, first: 2, date: None };
            let files = steps(&plan, &naming, &models.profile);
            Outcome::Migration(Migration { plan, files })
        }
        Err(refusals) => {
            let text = refusals.into_iter().map(|refusal| {
                let line = models.new.report(refusal.clone()).at.start().0;
                format!("new.rs:{line}\n{}\n", refusal.text())
            });
            Outcome::Text("refused.txt", text.collect())
        }
    };
    (Some(models), outcome)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn migrations_lead_from_one_set_of_models_to_another() {
    let cases = Arc::new(case::to_run());
    let next = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let workers = (0..4).map(|_| {
        let (cases, next) = (Arc::clone(&cases), Arc::clone(&next));
        tokio::spawn(async move {
            let mut wrong = Vec::new();
            while let Some(case) = cases.get(next.fetch_add(1, std::sync::atomic::Ordering::Relaxed)) {
                let found = check(case).await;
                wrong.extend(found.into_iter().map(|problem| format!("{}: {problem}", case.name)));
            }
            wrong
        })
    });
    let mut wrong = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        wrong.extend(worker.await.unwrap());
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} problems in {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Everything that is wrong with a case.
async fn check(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut for_cockroach = BTreeMap::new();
    for (word, targets) in PROFILES {
        let is_postgres = word == "postgres";
        let (models, outcome) = outcome(case, targets);
        let mut texts = BTreeMap::new();
        match outcome {
            Outcome::Text(name, text) => {
                let meant = match name {
                    "nothing.txt" => true,
                    "refused.txt" => case.name.starts_with("refused_"),
                    _ => false,
                };
                if is_postgres && !meant {
                    wrong.push(format!("{name}: {text}"));
                }
                texts.insert(name.to_owned(), text);
            }
            Outcome::Migration(migration) => {
                let refused = case.name.starts_with("refused_") && case.allowed == plan::Allowed::default();
                if refused && is_postgres {
                    wrong.push("this is not refused".to_owned());
                }
                let files = migration.files.iter().flat_map(Rendered::files);
                texts.extend(files.map(|file| (file.name.clone(), file.text.clone())));
                let phases: Vec<Phase> = migration.files.iter().map(|step| step.phase).collect();
                if !phases.is_sorted() {
                    wrong.push(format!("{word}: the phases are out of order: {phases:?}"));
                }
                if let (true, Some(models)) = (targets.contains(&Target::Postgres), &models) {
                    let mut found = lint::both_ways(&case.name, case.is_online(), &migration.plan, &migration.files);
                    match walk(case, models, &migration, is_postgres).await {
                        Ok((locks, more)) => {
                            if is_postgres {
                                texts.insert("locks.txt".to_owned(), locks);
                            }
                            found.extend(more);
                        }
                        Err(problem) => found.push(problem),
                    }
                    wrong.extend(found.into_iter().map(|problem| format!("{word}: {problem}")));
                }
            }
        }
        if word == "cockroach" {
            for_cockroach = texts.clone();
        }
        if word == "both" {
            // What equals the files for the lesser target is not written twice.
            texts.retain(|name, text| for_cockroach.get(name) != Some(text));
        }
        wrong.extend(expected::hold(&case.folder.join(word), &texts).into_iter().map(|text| format!("{word}/{text}")));
    }
    wrong
}

const CHECKER: &str = "../shared/cockroach/check";

#[test]
fn files_written_for_cockroachdb_parse_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join(CHECKER).exists() {
        return eprintln!("not checked: {CHECKER} is missing");
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for case in case::all() {
        for folder in ["cockroach", "both"] {
            let entries = fs::read_dir(case.folder.join(folder)).into_iter().flatten();
            files.extend(
                entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "sql")),
            );
        }
    }
    assert!(!files.is_empty(), "no case has files for it");
    files.sort();
    for grammar in ["25.2", "26.2"] {
        let output = Command::new(root.join(CHECKER)).args(["--target", grammar]).args(&files).output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        let refused: Vec<&str> = printed.lines().filter(|line| !line.starts_with("OK\t")).collect();
        assert!(output.status.success() && refused.is_empty(), "{grammar}:\n{}", refused.join("\n"));
        eprintln!("{} statements of {} files parse on {grammar}", printed.lines().count(), files.len());
    }
}

/// The trace of the locks can fail: it sees each of these.
#[tokio::test]
async fn what_blocks_is_seen() {
    let (_database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    for statement in [
        "CREATE TABLE users (id INT8 PRIMARY KEY)",
        "CREATE TABLE orders (id INT8 PRIMARY KEY, user_id INT8, note TEXT)",
        "INSERT INTO users SELECT generate_series(1, 9)",
        "INSERT INTO orders SELECT n, n, 'x' FROM generate_series(1, 9) n",
    ] {
        database::execute(&mut connection, statement).await.unwrap();
    }
    for (statement, strongest, scanned, rewritten) in [
        ("CREATE INDEX a ON orders (note)", LockMode::Share, true, false),
        ("ALTER TABLE orders ALTER note SET NOT NULL", LockMode::AccessExclusive, true, false),
        ("ALTER TABLE orders ADD CONSTRAINT b CHECK (id > 0)", LockMode::AccessExclusive, true, false),
        ("ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 1) NOT VALID", LockMode::AccessExclusive, false, false),
        (
            "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)",
            LockMode::ShareRowExclusive,
            true,
            false,
        ),
        ("ALTER TABLE orders ADD d UUID DEFAULT gen_random_uuid()", LockMode::AccessExclusive, true, true),
        ("ALTER TABLE orders ADD e INT8 DEFAULT 1", LockMode::AccessExclusive, false, false),
        ("ALTER TABLE orders ALTER note TYPE VARCHAR(9)", LockMode::AccessExclusive, true, true),
    ] {
        let trace = run::file(&mut connection, statement).await.unwrap();
        assert_eq!(trace.locks["orders"].last(), Some(&strongest), "{statement}");
        assert_eq!(trace.scanned.contains("orders"), scanned, "{statement}: {trace:?}");
        assert_eq!(trace.rewritten.contains("orders"), rewritten, "{statement}: {trace:?}");
    }
}

/// Alongside writers, too.
#[tokio::test]
async fn what_writers_would_wait_for_is_seen() {
    let (_database, pool) = database::empty().await;
    let others = pool.connect_options();
    let mut connection = pool.acquire().await.unwrap();
    for statement in [
        "CREATE TABLE orders (id INT8 PRIMARY KEY, note TEXT)",
        "INSERT INTO orders SELECT n, 'x' FROM generate_series(1, 9) n",
    ] {
        database::execute(&mut connection, statement).await.unwrap();
    }
    for (statement, lock, alongside) in [
        ("CREATE INDEX CONCURRENTLY a ON orders (note)", Some(LockMode::ShareUpdateExclusive), true),
        ("DROP INDEX CONCURRENTLY a", Some(LockMode::ShareUpdateExclusive), true),
        ("DO $$ BEGIN UPDATE orders SET note = 'y'; COMMIT; UPDATE orders SET note = 'z'; END $$", None, true),
        ("CREATE INDEX b ON orders (note)", Some(LockMode::Share), false),
        (
            "DO $$ BEGIN UPDATE orders SET note = 'y'; COMMIT; LOCK TABLE orders; COMMIT; END $$",
            Some(LockMode::AccessExclusive),
            false,
        ),
    ] {
        let text = format!("-- no-transaction\n{statement}");
        let trace = run::file_alongside(&mut connection, &text, &others).await.unwrap();
        assert_eq!(trace.locks.get("orders").and_then(|locks| locks.last()), lock.as_ref(), "{statement}");
        assert_eq!(trace.alongside_writers, alongside, "{statement}");
    }
}

/// No model is without a primary key, but a database that is compared may be.
#[tokio::test]
async fn a_primary_key_is_added_and_dropped() {
    let id = Column { nullable: false, ..Column::new("id", SqlType::BigInt) };
    let key = PrimaryKey { name: "orders_pkey".to_owned(), columns: vec!["id".to_owned()] };
    let with = Table { name: "orders".to_owned(), columns: vec![id], primary_key: key, ..Table::default() };
    let without = Table { primary_key: PrimaryKey::default(), ..with.clone() };
    let schema =
        |table: &Table| Schema { tables: BTreeMap::from([(table.name.clone(), table.clone())]), ..Schema::default() };
    let profile = Profile::default();
    for (old, new) in [(&without, &with), (&with, &without)] {
        let plan = plan::plan(&schema(old), &schema(new), &profile, &plan::Allowed::default()).unwrap();
        let files = steps(&plan, &Naming { name: "key", first: 1, date: None }, &profile);
        let (database, pool) = database::empty().await;
        let mut connection = pool.acquire().await.unwrap();
        database::create(&mut connection, &schema(old), &profile).await.unwrap();
        database::execute(&mut connection, "INSERT INTO orders SELECT generate_series(1, 9)").await.unwrap();
        let wrong = alone::each(&mut connection, "", &plan.steps, &files, true).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(reread::leftover(database.url(), &schema(new), &profile).await, None);
    }
}

/// The table of safe steps names a case for each row, and each is there.
#[test]
fn the_cases_of_the_documents_are_there() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/safe-steps.md")).unwrap();
    let named: Vec<&str> =
        text.split("(../tests/migrations/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(named.len() > 20, "{named:?}");
    for name in named {
        assert!(case::root().join(name).join("new.rs").exists(), "docs/safe-steps.md names tests/migrations/{name}");
    }
}

#[test]
fn every_difference_and_every_refusal_has_a_place_in_the_source() {
    places::are_known();
}
