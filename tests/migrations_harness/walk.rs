//! Runs the files of a case on a server: up, down and up again, with both releases of the program where they are to work.

use std::fs;
use std::sync::Arc;

use sqlx::Postgres;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool};
use tablewright_core::migrations::Rendered;
use tablewright_core::plan::{Phase, Plan};
use tablewright_core::schema::Schema;

use super::case::{Case, Models};
use super::program::Program;
use super::values::Values;
use super::{alone, blocking, catalog, database, refusal, reread, rows, run};

/// The steps of a plan with their files.
pub struct Migration {
    pub plan: Plan,
    pub files: Vec<Rendered>,
}

/// If a procedure fills the column on the way back, the server says which value does not fit.
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
    let fresh = {
        let (_database, pool) = database::empty().await;
        let mut connection = pool.acquire().await.unwrap();
        database::create(&mut connection, new, &models.profile).await.map_err(|error| format!("new.rs: {error}"))?;
        catalog::lines(&mut connection).await
    };
    let (database, pool) = database::empty().await;
    let mut connection = pool.acquire().await.unwrap();
    database::create(&mut connection, old, &models.profile).await.map_err(|error| format!("old.rs: {error}"))?;
    let start = catalog::lines(&mut connection).await;
    let before = Values { schema: old, other: new };
    rows::seed(&mut connection, before, case.seed.as_deref()).await.map_err(|error| format!("seed: {error}"))?;
    let mut walk = Walk {
        case,
        migration,
        before,
        after: Values { schema: new, other: old },
        others: pool.connect_options(),
        connection,
        row: 101,
        locks: String::new(),
        wrong: Vec::new(),
    };
    let seeded = walk.rows(old).await;
    let written = walk.up().await?;
    walk.compare("up", &fresh).await;
    if alone {
        walk.wrong.extend(reread::leftover(database.url(), new, &models.profile).await);
    }
    let migrated = walk.rows(new).await;
    walk.lost("up", &rows::lost(&written, old, &migrated, new));

    let emptied = walk.down(alone).await?;
    if alone || !STAYS.contains(&case.name.as_str()) {
        walk.compare("down", &start).await;
    }
    let kept = walk.rows(old).await;
    if !emptied {
        // What was lost with a dropped column or table does not come back.
        let through = rows::snapshot_through(&seeded, old, new);
        walk.lost("down", &rows::lost(&through, old, &kept, old));
    }
    let Walk { locks, mut wrong, connection, .. } = walk;
    if alone {
        // The way back too: the old models, without the hints of the new ones.
        wrong.extend(reread::leftover(database.url(), old, &models.profile).await.map(|it| format!("down: {it}")));
    }

    drop(connection);
    again(&pool, migration).await.map_err(|error| format!("up again: {error}"))?;
    let mut connection = pool.acquire().await.unwrap();
    wrong.extend(differs("up again", &fresh, &catalog::lines(&mut connection).await));

    if alone {
        let (_database, pool) = database::empty().await;
        let mut connection = pool.acquire().await.unwrap();
        database::create(&mut connection, old, &models.profile).await?;
        rows::seed(&mut connection, before, case.seed.as_deref()).await?;
        let steps = &migration.plan.steps;
        wrong.extend(alone::each(&mut connection, &case.name, steps, &migration.files, case.is_online()).await);
    }
    Ok((locks, wrong))
}

/// A walk through the files of a case, up and down, in one database.
struct Walk<'a> {
    case: &'a Case,
    migration: &'a Migration,
    /// What the old release writes, and the new one.
    before: Values<'a>,
    after: Values<'a>,
    /// For the sessions next to the one that runs the files.
    others: Arc<PgConnectOptions>,
    connection: PoolConnection<Postgres>,
    /// The number of the next row that a release writes.
    row: usize,
    locks: String,
    wrong: Vec<String>,
}

impl Walk<'_> {
    async fn rows(&mut self, schema: &Schema) -> rows::Rows {
        rows::snapshot(&mut self.connection, schema).await
    }

    async fn compare(&mut self, when: &str, expected: &catalog::Lines) {
        self.wrong.extend(differs(when, expected, &catalog::lines(&mut self.connection).await));
    }

    /// Notes what was lost, except for what the case gives up.
    fn lost(&mut self, when: &str, lost: &[String]) {
        let lost = lost.iter().filter(|lost| !self.case.gives_up(lost));
        self.wrong.extend(lost.map(|lost| format!("{when}: {lost}")));
    }

    fn wrong(&mut self, file: &str, problems: Vec<String>) {
        self.wrong.extend(problems.into_iter().map(|problem| format!("{file}: {problem}")));
    }

    /// A release writes and reads its rows.
    async fn works(&mut self, is_new: bool) -> Result<(), String> {
        let row = self.row;
        self.row += 3;
        let (name, values) = if is_new { ("the new release", self.after) } else { ("the old release", self.before) };
        Program { name, values, full_rows: self.case.full_rows, kept: None }.works(&mut self.connection, row).await
    }

    /// Runs every file on the way up, with the releases that are there at the time. Gives what the old one has written.
    async fn up(&mut self) -> Result<rows::Rows, String> {
        let Migration { plan, files } = self.migration;
        let old = self.before.schema;
        let stated = plan.steps.iter().rposition(|step| step.start.is_some());
        let starts = stated.or_else(|| files.iter().rposition(|file| file.phase == Phase::Expand));
        let contract = files.iter().position(|file| file.phase == Phase::Contract);
        let is_online = self.case.is_online();
        if is_online {
            self.works(false).await.map_err(|error| format!("before any file: {error}"))?;
        }
        let mut written = self.rows(old).await;
        for (number, (step, files)) in plan.steps.iter().zip(files).enumerate() {
            if is_online && Some(number) == contract {
                written = self.between().await?;
            }
            let file = &files.up;
            let done = run::file_alongside(&mut self.connection, &file.text, &self.others).await;
            let trace = done.map_err(|error| format!("{}: {error}", file.name))?;
            self.locks.push_str(&trace.lines(&file.name));
            self.wrong(&file.name, blocking::problems(&self.case.name, step, &step.up, &trace, old));
            if is_online && files.phase < Phase::Contract {
                let works = self.works(false).await;
                self.wrong.extend(works.err().map(|error| format!("after {}: {error}", file.name)));
            }
            if is_online && starts.is_none_or(|starts| number >= starts) {
                let works = self.works(true).await;
                self.wrong.extend(works.err().map(|error| format!("after {}: {error}", file.name)));
            }
        }
        Ok(written)
    }

    /// Between the releases: what the old one wrote to the end, and what the new one wrote at the same time.
    async fn between(&mut self) -> Result<rows::Rows, String> {
        let (old, new) = (self.before.schema, self.after.schema);
        let written = self.rows(old).await;
        let new_rows = self.rows(new).await;
        self.lost("between the releases", &rows::lost(&written, old, &new_rows, new));
        if let Some(statements) = &self.case.between {
            let done = database::execute(&mut self.connection, statements).await;
            done.map_err(|error| format!("between.sql: {error}"))?;
            // A file that fills is run again where it was stopped: it must not take existing values for missing.
            for files in self.migration.files.iter().filter(|files| files.phase == Phase::Backfill) {
                run::file(&mut self.connection, &files.up.text).await.ok();
            }
        }
        Ok(written)
    }

    /// Runs every way down. Gives whether rows had to go first.
    async fn down(&mut self, alone: bool) -> Result<bool, String> {
        let (case, old) = (self.case, self.before.schema);
        let (mut emptied, mut cured) = (false, false);
        let no_way_back = case.no_way_back.as_ref().filter(|_| alone || !BY_PROCEDURE.contains(&case.name.as_str()));
        if let Some((rows, _)) = no_way_back {
            let done = database::execute(&mut self.connection, rows).await;
            done.map_err(|error| format!("no_way_back.sql: {error}"))?;
        }
        for (step, files) in self.migration.plan.steps.iter().zip(&self.migration.files).rev() {
            let Some(file) = &files.down else { continue };
            let until = refusal::Before::new(&mut self.connection, old).await;
            let mut down = run::file_alongside(&mut self.connection, &file.text, &self.others).await;
            let cure = no_way_back.filter(|_| !cured).map(|(_, cure)| cure);
            // It says so in its header: rows that the new release wrote have no place in the old tables.
            if let Err(error) = &down
                && (cure.is_some() || refusal::refuses(&step.down))
            {
                self.locks.push_str(&format!("{}\n    refuses, as long as there are such rows\n", file.name));
                let problems = until.problems(&mut self.connection, old, error).await;
                self.wrong(&file.name, problems);
                match cure {
                    Some(cure) => database::execute(&mut self.connection, cure).await?,
                    None => emptied |= refusal::obey(&mut self.connection, &step.down, self.before).await?,
                }
                cured |= cure.is_some();
                down = run::file_alongside(&mut self.connection, &file.text, &self.others).await;
            }
            let trace = down.map_err(|error| format!("{}: {error}", file.name))?;
            self.locks.push_str(&trace.lines(&file.name));
            self.wrong(&file.name, blocking::problems(&case.name, step, &step.down, &trace, old));
        }
        if no_way_back.is_some() && !cured {
            self.wrong.push("no way back refuses the rows of no_way_back.sql".to_owned());
        }
        Ok(emptied)
    }
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
    // No one else migrates this database.
    migrator.set_locking(false);
    migrator.run(pool).await.map_err(|error| format!("{error}: {:?}", std::error::Error::source(&error)))
}
