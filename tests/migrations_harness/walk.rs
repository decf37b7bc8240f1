//! Runs the files of a case on a server: up, down and up again, with both releases of the program where they are to work.

use std::fs;

use sqlx::postgres::PgPool;
use tablewright_core::migrations::Rendered;
use tablewright_core::plan::{Phase, Plan};

use super::case::{Case, Models};
use super::program::Program;
use super::values::Values;
use super::{alone, blocking, catalog, database, refusal, reread, rows, run};

/// The steps of a plan with their files.
pub struct Migration {
    pub plan: Plan,
    pub files: Vec<Rendered>,
}

/// Where a procedure fills the column on the way back, it is the server that says which value has no form.
const BY_PROCEDURE: [&str; 1] = ["rename_column_to_another_type"];

/// A value stays in its type on the way back, where no statement takes it out on every target.
const STAYS: [&str; 2] = ["enum_native_add_value", "enum_native_insert_values"];

/// Runs the files on a server. Gives the locks that they take, and what is wrong.
pub async fn walk(
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
    let last_expand = match &case.starts_with {
        None => migration.files.iter().rposition(|file| file.phase == Phase::Expand),
        Some(name) => Some(migration.plan.steps.iter().position(|step| step.name == *name).ok_or("no such step")?),
    };
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
            let lost = lost.into_iter().filter(|lost| !case.gives_up(lost));
            wrong.extend(lost.map(|lost| format!("between the releases: {lost}")));
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
    let lost = rows::lost(&written, old, &migrated, new).into_iter().filter(|lost| !case.gives_up(lost));
    wrong.extend(lost.map(|lost| format!("up: {lost}")));

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
    let lost = lost.into_iter().filter(|lost| !case.gives_up(lost));
    wrong.extend(lost.map(|lost| format!("down: {lost}")));
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
