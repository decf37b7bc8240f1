//! The files of a cell on a server, with the releases that the phases promise to work: up, down and up again.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tablewright_core::plan::{self, Allowed, Phase};
use tablewright_core::schema::{Schema, Table};
use tablewright_core::sql::{ddl, quote};

use super::cell::{Rows, Who};
use super::dependents::APPLICATION;
use super::extra;
use super::group::{Group, Planned};
use crate::harness::case::Case;
use crate::harness::catalog::{self, Lines};
use crate::harness::database::{self, execute};
use crate::harness::program::{Kept, Program};
use crate::harness::values::{Values, counterpart};
use crate::harness::{refusal, rows};

/// What went wrong, and where.
pub struct Fault {
    pub stage: String,
    pub text: String,
}

fn fault(stage: &str) -> impl FnOnce(String) -> Fault {
    let stage = stage.to_owned();
    move |text| Fault { stage, text }
}

/// The owner of the tables where that is not the superuser.
const OWNER: &str = "matrix_owner";
const PASSWORD: &str = "secret";

/// The roles, which are the server's.
const ROLES: &str = "DO $$
BEGIN
    PERFORM pg_advisory_xact_lock(7041);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'matrix_application') THEN
        CREATE ROLE matrix_application LOGIN PASSWORD 'secret';
        CREATE ROLE matrix_owner LOGIN PASSWORD 'secret';
    END IF;
END $$";

/// A release of the program, with a session that it keeps.
struct Release {
    name: &'static str,
    connection: PgConnection,
    kept: Kept,
}

/// A database of its own, with its sessions.
struct Walk<'a> {
    group: &'a Group,
    planned: &'a Planned,
    rows: Rows,
    who: Who,
    superuser: PgConnection,
    migrator: Option<PgConnection>,
    old: Release,
    new: Release,
    row: usize,
    _database: tablewright_tempdb::Database,
}

/// What the new schema is in a database where nothing was before.
pub async fn fresh(group: &Group, who: Who) -> Result<Lines, String> {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    begin(&mut connection, database.name(), &group.new, group, who).await?;
    Ok(extra::lines(&mut connection).await)
}

/// The tables of a schema, and the role that owns them.
async fn begin(
    connection: &mut PgConnection,
    name: &str,
    schema: &Schema,
    group: &Group,
    who: Who,
) -> Result<(), String> {
    execute(connection, ROLES).await?;
    if who != Who::Superuser {
        let owner = format!(
            "ALTER DATABASE {name} OWNER TO {OWNER}; ALTER SCHEMA public OWNER TO {OWNER}; SET ROLE {OWNER}",
            name = quote(name)
        );
        execute(connection, &owner).await?;
    }
    database::create(connection, schema, &group.profile).await?;
    if who == Who::OwnerNotForced {
        for table in schema.tables.values().filter(|table| !table.policies.is_empty()) {
            execute(connection, &ddl::lift_row_security(&table.name)).await?;
        }
    }
    execute(connection, "RESET ROLE").await
}

/// The URL of a role.
async fn connect(url: &str, role: Option<&str>) -> PgConnection {
    let mut options = PgConnectOptions::from_str(url).unwrap().disable_statement_logging();
    if let Some(role) = role {
        options = options.username(role).password(PASSWORD);
    }
    PgConnection::connect_with(&options).await.unwrap()
}

/// Runs the cell.
pub async fn walk(group: &Group, planned: &Planned, fresh: &Lines, rows: Rows, who: Who) -> Result<(), Fault> {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let url = database.url().to_owned();
    let mut superuser = connect(&url, None).await;
    begin(&mut superuser, database.name(), &group.old, group, who).await.map_err(fault("the old models"))?;
    let migrator = if who == Who::Superuser { None } else { Some(connect(&url, Some(OWNER)).await) };
    let start = extra::lines(&mut superuser).await;
    let release = |name, connection| Release { name, connection, kept: Kept::default() };
    let mut walk = Walk {
        group,
        planned,
        rows,
        who,
        superuser,
        migrator,
        old: release("the old release", connect(&url, Some(APPLICATION)).await),
        new: release("the new release", connect(&url, Some(APPLICATION)).await),
        row: 101,
        _database: database,
    };
    walk.seed().await.map_err(fault("rows"))?;
    walk.grant().await.map_err(fault("grants"))?;
    let written = walk.up().await?;
    walk.compare("up", fresh).await?;
    let migrated = rows::snapshot(&mut walk.superuser, &group.new).await;
    walk.kept("up", &rows::lost(&written, &group.old, &migrated, &group.new))?;
    let emptied = walk.down().await?;
    walk.compare("down", &start).await?;
    if !emptied {
        let kept = rows::snapshot(&mut walk.superuser, &group.old).await;
        let through = rows::snapshot_through(&written, &group.old, &group.new);
        walk.kept("down", &rows::lost(&through, &group.old, &kept, &group.old))?;
    }
    for files in &planned.files {
        walk.file(&files.up.text).await.map_err(fault(&format!("up again, {}", files.up.name)))?;
    }
    walk.compare("up again", fresh).await
}

/// Whether programs run while the files do.
fn is_online(allowed: &Allowed) -> bool {
    !allowed.offline_rename && !allowed.everything && !allowed.acknowledged.iter().any(|words| plan::blocks(words))
}

/// Whether it was said that the releases write no NULL.
fn has_full_rows(allowed: &Allowed) -> bool {
    allowed.acknowledged.iter().any(|words| words.starts_with("no NULL in "))
}

impl Walk<'_> {
    async fn seed(&mut self) -> Result<(), String> {
        let values = Values { schema: &self.group.old, other: &self.group.new };
        if self.rows == Rows::None {
            return Ok(());
        }
        for table in values.tables() {
            for row in 1..=3 {
                execute(&mut self.superuser, &values.insert(table, row)).await?;
            }
            if self.rows == Rows::Nulls {
                for row in 4..=5 {
                    execute(&mut self.superuser, &with_nulls(values, table, row)).await?;
                }
            }
        }
        Ok(())
    }

    /// The application's role may use the tables, and nothing else. Tables that are new are granted as they come, as a person
    /// does.
    async fn grant(&mut self) -> Result<(), String> {
        let (old, new) = (&self.group.old, &self.group.new);
        let is_new = |table: &&Table| counterpart(table, old).is_none();
        let added = new.tables.values().filter(is_new);
        let mut text = format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};\n");
        for table in old.tables.values().chain(added) {
            let name = quote(&table.name);
            text.push_str(&format!(
                "DO $$ BEGIN IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('{name}') AND relkind IN ('r', 'p')) THEN GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APPLICATION}; END IF; END $$;\n"
            ));
        }
        execute(&mut self.superuser, &text).await
    }

    /// Sequences, and the tables that no release knew.
    async fn grant_new(&mut self) -> Result<(), String> {
        let old = &self.group.old;
        let added: Vec<&Table> =
            self.group.new.tables.values().filter(|table| counterpart(table, old).is_none()).collect();
        let mut text = format!("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION};\n");
        for table in added {
            let name = quote(&table.name);
            text.push_str(&format!(
                "DO $$ BEGIN IF to_regclass('{name}') IS NOT NULL THEN GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO {APPLICATION}; END IF; END $$;\n"
            ));
        }
        execute(&mut self.superuser, &text).await
    }

    async fn works(&mut self, is_new: bool) -> Result<(), String> {
        let row = self.row;
        self.row += 3;
        let full_rows = has_full_rows(&self.planned.allowed);
        let (old, new) = (&self.group.old, &self.group.new);
        let (release, schema, other) =
            if is_new { (&mut self.new, new, old) } else { (&mut self.old, old, new) };
        let values = Values { schema, other };
        let program = Program { name: release.name, values, full_rows, kept: Some(&release.kept) };
        if self.rows == Rows::None {
            execute(&mut release.connection, "BEGIN").await?;
        }
        let done = program.works(&mut release.connection, row).await;
        if self.rows == Rows::None {
            execute(&mut release.connection, "ROLLBACK").await?;
        }
        done
    }

    /// As sqlx runs it.
    async fn file(&mut self, text: &str) -> Result<(), String> {
        let connection = self.migrator.as_mut().unwrap_or(&mut self.superuser);
        if text.starts_with("-- no-transaction") {
            return execute(connection, text).await;
        }
        execute(connection, "BEGIN").await?;
        let done = execute(connection, text).await;
        execute(connection, if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
        done
    }

    /// Every way up. Gives the rows that the old release left.
    async fn up(&mut self) -> Result<rows::Rows, Fault> {
        let (group, planned) = (self.group, self.planned);
        let online = is_online(&planned.allowed);
        self.works(false).await.map_err(fault("before any file"))?;
        let mut written = rows::snapshot(&mut self.superuser, &group.old).await;
        let contract = planned.files.iter().position(|files| files.phase == Phase::Contract);
        let contract = contract.unwrap_or(planned.files.len());
        for (number, files) in planned.files.iter().enumerate() {
            if online && number == contract {
                written = self.between().await?;
            }
            self.file(&files.up.text).await.map_err(fault(&format!("up, {}", files.up.name)))?;
            self.grant_new().await.map_err(fault("grants"))?;
            let after = format!("after {}", files.up.name);
            if online && number < contract {
                self.works(false).await.map_err(fault(&after))?;
            } else if online {
                self.works(true).await.map_err(fault(&after))?;
            }
        }
        if online && contract == planned.files.len() {
            written = self.between().await?;
        } else if !online {
            self.works(true).await.map_err(fault("after every file"))?;
        }
        Ok(written)
    }

    /// Both releases, before the old one goes: each sees what the other wrote.
    async fn between(&mut self) -> Result<rows::Rows, Fault> {
        self.works(true).await.map_err(fault("before the old release goes"))?;
        self.works(false).await.map_err(fault("before it goes"))?;
        let (old, new) = (&self.group.old, &self.group.new);
        let written = rows::snapshot(&mut self.superuser, old).await;
        let seen = rows::snapshot(&mut self.superuser, new).await;
        self.kept("between the releases", &rows::lost(&written, old, &seen, new))?;
        Ok(written)
    }

    /// Every way down. Gives whether rows had to go first.
    async fn down(&mut self) -> Result<bool, Fault> {
        let planned = self.planned;
        let mut emptied = false;
        let values = Values { schema: &self.group.old, other: &self.group.new };
        for (step, files) in planned.plan.steps.iter().zip(&planned.files).rev() {
            let Some(file) = &files.down else { continue };
            let mut done = self.file(&file.text).await;
            if done.is_err() && refusal::refuses(&step.down) {
                let obeyed = refusal::obey(&mut self.superuser, &step.down, values).await;
                emptied |= obeyed.map_err(fault(&format!("down, {}, as it says", file.name)))?;
                done = self.file(&file.text).await;
            }
            done.map_err(fault(&format!("down, {}", file.name)))?;
        }
        Ok(emptied)
    }

    async fn compare(&mut self, when: &str, expected: &Lines) -> Result<(), Fault> {
        let found = extra::lines(&mut self.superuser).await;
        // Nothing in a migration says that the policies of the tables apply to their owner.
        let plain = |lines: &Lines| -> Lines {
            let forced = |line: &String| line.replace("security t f", "security t t");
            if self.who == Who::OwnerNotForced { lines.iter().map(forced).collect() } else { lines.clone() }
        };
        match catalog::difference(&plain(expected), &plain(&found)) {
            Some(text) => Err(Fault { stage: format!("{when}, the catalog differs"), text }),
            None => Ok(()),
        }
    }

    /// What was lost and was not given up.
    fn kept(&self, when: &str, lost: &[String]) -> Result<(), Fault> {
        let case = Case {
            name: String::new(),
            folder: std::path::PathBuf::new(),
            allowed: self.planned.allowed.clone(),
            seed: None,
            between: None,
            no_way_back: None,
            starts_with: None,
            full_rows: false,
        };
        let lost: Vec<&str> = lost.iter().filter(|lost| !case.gives_up(lost)).map(String::as_str).collect();
        if lost.is_empty() {
            return Ok(());
        }
        Err(Fault { stage: format!("{when}, values are lost"), text: lost.join("\n") })
    }
}

/// A row with NULL in every column that takes it.
fn with_nulls(values: Values<'_>, table: &Table, row: usize) -> String {
    let given = table.columns.iter().filter(|column| column.insertable());
    let (names, values): (Vec<String>, Vec<String>) = given
        .map(|column| {
            let value = if column.nullable { None } else { values.value(table, column, row) };
            (quote(&column.name), value.unwrap_or_else(|| "NULL".to_owned()))
        })
        .unzip();
    format!("INSERT INTO {} ({}) VALUES ({})", quote(&table.name), names.join(", "), values.join(", "))
}
