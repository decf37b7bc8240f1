//! Migrations from models to models: each folder of `tests/migrations` has the models before and after, and the files
//! that lead from the one to the other on each database.
//!
//! On a real server with rows in the tables, each file runs as sqlx runs it, both ways and up again. The catalogs end up
//! as if everything had been created anew, no row is lost, no table is read or written anew while others wait, and the
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
use harness::program::Program;
use harness::run::Lock;
use harness::values::Values;
use harness::{alone, blocking, case, catalog, database, expected, lint, refusal, reread, rows, run};
use schema_core::dialect::Target;
use schema_core::migrations::{Naming, Rendered, steps};
use schema_core::plan::{self, Phase, Plan};
use schema_core::schema::{Column, PrimaryKey, Profile, Schema, SqlType, Table};
use sqlx::postgres::PgPool;

/// The steps of a plan with their files.
struct Migration {
    plan: Plan,
    files: Vec<Rendered>,
}

/// What a case comes to on one target.
enum Outcome {
    Migration(Migration),
    /// Why there is none, as a file of that name says it.
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
async fn migrations_lead_from_models_to_models() {
    let cases = Arc::new(case::all());
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
                    wrong.push(format!("{word}: the phases are in no order: {phases:?}"));
                }
                if let (true, Some(models)) = (targets.contains(&Target::Postgres), &models) {
                    let mut found = lint::both_ways(&case.name, case.is_online(), &migration.plan, &migration.files);
                    match apply(case, models, &migration, is_postgres).await {
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
            // What is the same as for the one that can do less is not written twice.
            texts.retain(|name, text| for_cockroach.get(name) != Some(text));
        }
        wrong.extend(expected::hold(&case.folder.join(word), &texts).into_iter().map(|text| format!("{word}/{text}")));
    }
    wrong
}

/// Where a procedure fills the column on the way back, it is the server that says which value has no form.
const BY_PROCEDURE: [&str; 1] = ["rename_column_to_another_type"];

/// A value stays in its type on the way back, where no statement takes it out on every target.
const STAYS: [&str; 2] = ["enum_native_add_value", "enum_native_insert_values"];

/// Runs the files on a server. Gives the locks that they take, and what is wrong.
async fn apply(
    case: &Case,
    models: &Models,
    migration: &Migration,
    alone: bool,
) -> Result<(String, Vec<String>), String> {
    let (old, new) = (&models.old.schema, &models.new.schema);
    let mut wrong = Vec::new();
    let fresh = {
        let (_database, pool) = database::empty().await;
        let mut connection = pool.acquire().await.unwrap();
        database::create(&mut connection, new, &models.profile).await.map_err(|error| format!("new.rs: {error}"))?;
        catalog::lines(&mut connection).await
    };
    let (database, pool) = database::empty().await;
    let others = pool.connect_options();
    let mut connection = pool.acquire().await.unwrap();
    database::create(&mut connection, old, &models.profile).await.map_err(|error| format!("old.rs: {error}"))?;
    let start = catalog::lines(&mut connection).await;
    let before = Values { schema: old, other: new };
    rows::seed(&mut connection, before, case.seed.as_deref()).await.map_err(|error| format!("seed: {error}"))?;
    let seeded = rows::snapshot(&mut connection, old).await;

    let old_release = Program { name: "the old release", values: before, full_rows: case.full_rows };
    let after = Values { schema: new, other: old };
    let new_release = Program { name: "the new release", values: after, full_rows: case.full_rows };
    let mut row = 101;
    let mut locks = String::new();
    let last_expand = migration.files.iter().rposition(|file| file.phase == Phase::Expand);
    let contract = migration.files.iter().position(|file| file.phase == Phase::Contract);
    let mut written = seeded.clone();
    if case.is_online() {
        old_release.works(&mut connection, row).await.map_err(|error| format!("before any file: {error}"))?;
        row += 3;
        written = rows::snapshot(&mut connection, old).await;
    }
    for (number, (step, files)) in migration.plan.steps.iter().zip(&migration.files).enumerate() {
        if case.is_online() && Some(number) == contract {
            // What the old release wrote to the end, and what the new one wrote beside it.
            written = rows::snapshot(&mut connection, old).await;
            let new_rows = rows::snapshot(&mut connection, new).await;
            let lost = rows::lost(&written, old, &new_rows, new);
            wrong.extend(lost.into_iter().map(|lost| format!("between the releases: {lost}")));
            if let Some(statements) = &case.between {
                database::execute(&mut connection, statements)
                    .await
                    .map_err(|error| format!("between.sql: {error}"))?;
                // A file that fills is run again where it was stopped: it is not to take what is there for missing.
                for files in migration.files.iter().filter(|files| files.phase == Phase::Backfill) {
                    run::file(&mut connection, &files.up.text).await.ok();
                }
            }
        }
        let file = &files.up;
        let done = run::file_beside(&mut connection, &file.text, &others).await;
        let trace = done.map_err(|error| format!("{}: {error}", file.name))?;
        locks.push_str(&trace.told(&file.name));
        let problems = blocking::problems(&case.name, step, &step.up, &trace, old);
        wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.name)));
        if !case.is_online() {
            continue;
        }
        if files.phase < Phase::Contract {
            let works = old_release.works(&mut connection, row).await;
            wrong.extend(works.err().map(|error| format!("after {}: {error}", file.name)));
            row += 3;
        }
        if last_expand.is_none_or(|last| number >= last) {
            let works = new_release.works(&mut connection, row).await;
            wrong.extend(works.err().map(|error| format!("after {}: {error}", file.name)));
            row += 3;
        }
    }
    wrong.extend(differs("up", &fresh, &catalog::lines(&mut connection).await));
    if alone {
        wrong.extend(reread::leftover(database.url(), new, &models.profile).await);
    }
    let migrated = rows::snapshot(&mut connection, new).await;
    wrong.extend(rows::lost(&written, old, &migrated, new).into_iter().map(|lost| format!("up: {lost}")));

    let (mut emptied, mut cured) = (false, false);
    let no_way_back = case.no_way_back.as_ref().filter(|_| alone || !BY_PROCEDURE.contains(&case.name.as_str()));
    if let Some((rows, _)) = no_way_back {
        database::execute(&mut connection, rows).await.map_err(|error| format!("no_way_back.sql: {error}"))?;
    }
    for (step, files) in migration.plan.steps.iter().zip(&migration.files).rev() {
        let Some(file) = &files.down else { continue };
        let until = refusal::Before::new(&mut connection, old).await;
        let mut down = run::file_beside(&mut connection, &file.text, &others).await;
        if let (Err(error), Some((_, cure))) = (&down, no_way_back.filter(|_| !cured)) {
            locks.push_str(&format!("{}\n    refuses, as long as there are such rows\n", file.name));
            let problems = until.problems(&mut connection, old, error).await;
            wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.name)));
            database::execute(&mut connection, cure).await?;
            cured = true;
            down = run::file_beside(&mut connection, &file.text, &others).await;
        } else if let (Err(error), true) = (&down, refusal::refuses(&step.down)) {
            // It says so in its header: rows that the new release wrote have no place in the old tables.
            locks.push_str(&format!("{}\n    refuses, as long as there are such rows\n", file.name));
            let problems = until.problems(&mut connection, old, error).await;
            wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.name)));
            emptied |= refusal::obey(&mut connection, &step.down, before).await?;
            down = run::file_beside(&mut connection, &file.text, &others).await;
        }
        let trace = down.map_err(|error| format!("{}: {error}", file.name))?;
        locks.push_str(&trace.told(&file.name));
        let problems = blocking::problems(&case.name, step, &step.down, &trace, old);
        wrong.extend(problems.into_iter().map(|problem| format!("{}: {problem}", file.name)));
    }
    if no_way_back.is_some() && !cured {
        wrong.push("no way back refuses the rows of no_way_back.sql".to_owned());
    }
    if alone || !STAYS.contains(&case.name.as_str()) {
        wrong.extend(differs("down", &start, &catalog::lines(&mut connection).await));
    }
    let kept = rows::snapshot(&mut connection, old).await;
    // What went with a dropped column or table does not come back.
    let through = rows::snapshot_through(&seeded, old, new);
    let lost = if emptied { Vec::new() } else { rows::lost(&through, old, &kept, old) };
    wrong.extend(lost.into_iter().map(|lost| format!("down: {lost}")));
    if alone {
        // The way back as well: the old models, without the hints of the new ones.
        wrong.extend(reread::leftover(database.url(), old, &models.profile).await.map(|it| format!("down: {it}")));
    }

    drop(connection);
    again(&pool, migration).await.map_err(|error| format!("up again: {error}"))?;
    let mut connection = pool.acquire().await.unwrap();
    wrong.extend(differs("up again", &fresh, &catalog::lines(&mut connection).await));

    if !alone {
        return Ok((locks, wrong));
    }
    let (_database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    database::create(&mut connection, old, &models.profile).await?;
    rows::seed(&mut connection, before, case.seed.as_deref()).await?;
    wrong.extend(
        alone::each(&mut connection, &case.name, &migration.plan.steps, &migration.files, case.is_online()).await,
    );
    Ok((locks, wrong))
}

fn differs(when: &str, expected: &catalog::Lines, got: &catalog::Lines) -> Option<String> {
    catalog::difference(expected, got).map(|text| format!("{when}: the catalog differs\n{text}"))
}

/// By sqlx's own runner, from a folder of files.
async fn again(pool: &PgPool, migration: &Migration) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    for file in migration.files.iter().flat_map(Rendered::files) {
        fs::write(folder.path().join(&file.name), &file.text).unwrap();
    }
    let mut migrator = sqlx::migrate::Migrator::new(folder.path()).await.map_err(|error| error.to_string())?;
    // Nobody else migrates this database.
    migrator.set_locking(false);
    migrator.run(pool).await.map_err(|error| format!("{error}: {:?}", std::error::Error::source(&error)))
}

const CHECKER: &str = "../shared/cockroach/check";

#[test]
fn what_is_written_for_cockroach_parses_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join(CHECKER).exists() {
        return eprintln!("not checked: {CHECKER} is not there");
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
        ("CREATE INDEX a ON orders (note)", Lock::Share, true, false),
        ("ALTER TABLE orders ALTER note SET NOT NULL", Lock::AccessExclusive, true, false),
        ("ALTER TABLE orders ADD CONSTRAINT b CHECK (id > 0)", Lock::AccessExclusive, true, false),
        ("ALTER TABLE orders ADD CONSTRAINT c CHECK (id > 1) NOT VALID", Lock::AccessExclusive, false, false),
        ("ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id)", Lock::ShareRowExclusive, true, false),
        ("ALTER TABLE orders ADD d UUID DEFAULT gen_random_uuid()", Lock::AccessExclusive, true, true),
        ("ALTER TABLE orders ADD e INT8 DEFAULT 1", Lock::AccessExclusive, false, false),
        ("ALTER TABLE orders ALTER note TYPE VARCHAR(9)", Lock::AccessExclusive, true, true),
    ] {
        let trace = run::file(&mut connection, statement).await.unwrap();
        assert_eq!(trace.locks["orders"].last(), Some(&strongest), "{statement}");
        assert_eq!(trace.scanned.contains("orders"), scanned, "{statement}: {trace:?}");
        assert_eq!(trace.rewritten.contains("orders"), rewritten, "{statement}: {trace:?}");
    }
}

/// Beside writers, too.
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
    for (statement, lock, beside) in [
        ("CREATE INDEX CONCURRENTLY a ON orders (note)", Some(Lock::ShareUpdateExclusive), true),
        ("DROP INDEX CONCURRENTLY a", Some(Lock::ShareUpdateExclusive), true),
        ("DO $$ BEGIN UPDATE orders SET note = 'y'; COMMIT; UPDATE orders SET note = 'z'; END $$", None, true),
        ("CREATE INDEX b ON orders (note)", Some(Lock::Share), false),
        (
            "DO $$ BEGIN UPDATE orders SET note = 'y'; COMMIT; LOCK TABLE orders; COMMIT; END $$",
            Some(Lock::AccessExclusive),
            false,
        ),
    ] {
        let text = format!("-- no-transaction\n{statement}");
        let trace = run::file_beside(&mut connection, &text, &others).await.unwrap();
        assert_eq!(trace.locks.get("orders").and_then(|locks| locks.last()), lock.as_ref(), "{statement}");
        assert_eq!(trace.beside_writers, beside, "{statement}");
    }
}

/// No model is without a primary key, but a database that is compared may be.
#[tokio::test]
async fn a_primary_key_comes_and_goes() {
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
