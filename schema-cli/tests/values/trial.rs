//! Runs the steps of a case: a package, its database, and the releases that write to it.

use std::path::Path;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_core::migrations::Header;
use tablewright_core::plan::Phase;
use tablewright_tempdb::Database;
use tokio::runtime::Runtime;

use super::common::Package;
use super::steps::{self, Step, Way};

/// Small models for one purpose break conventions that are not the point.
const RULES_OFF: &[&str] = &[
    "boolean_prefix",
    "text",
    "money",
    "timestamptz",
    "timestamps_default",
    "standard_columns",
    "integer_width",
    "primary_key",
    "nullability",
    "jsonb",
    "normal_form",
    "foreign_key_name",
    "foreign_key_declared",
    "pii",
    "enum",
    "index_order",
    "unused_index",
    "redundant_index",
    "timestamp_suffix",
    "unique_soft_delete",
    "column_name",
    "foreign_key_width",
    "cascade_soft_delete",
    "constraint_name",
    "secret",
];

/// How long a file waits for a transaction that is open.
const OPEN: Duration = Duration::from_millis(400);

struct Trial<'a> {
    folder: &'a Path,
    package: Package,
    database: Database,
    runtime: Runtime,
    /// What the releases run on, and the files, until they run as the owner.
    connection: PgConnection,
    owner: Option<PgConnection>,
    /// The names of the files that were run, without their ends.
    applied: Vec<String>,
    with: Vec<String>,
    open: Option<PgConnection>,
}

pub fn run(folder: &Path) -> Result<(), String> {
    let Some(mut trial) = Trial::of(folder)? else {
        return Ok(());
    };
    for (line, step) in steps::of(folder) {
        trial.step(step).map_err(|message| format!("{line}\n{message}"))?;
    }
    Ok(())
}

impl<'a> Trial<'a> {
    /// The first migration is applied. `None` if the server was built without what the case needs.
    fn of(folder: &'a Path) -> Result<Option<Self>, String> {
        let (package, database) = (Package::of(""), tablewright_tempdb::database());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let connection = runtime.block_on(PgConnection::connect(database.url())).unwrap();
        let own = std::fs::read_to_string(folder.join("schema.toml")).unwrap_or_default();
        let rules =
            RULES_OFF.iter().map(|rule| format!("{rule} = {{ level = \"off\", reason = \"not the point\" }}\n"));
        package.write("schema.toml", format!("{own}\n[rules]\n{}", rules.collect::<String>()));
        let (applied, with) = (Vec::new(), Vec::new());
        let mut trial = Self { folder, package, database, runtime, connection, owner: None, applied, with, open: None };
        if !trial.can()? {
            eprintln!("left out, the server cannot: {}", folder.display());
            return Ok(None);
        }
        if let Ok(text) = std::fs::read_to_string(folder.join("before.sql")) {
            trial.execute(&text)?;
        }
        trial.copy("old.rs", "sql");
        trial.planned("first")?;
        trial.files(Way::Up, Phase::Contract)?;
        trial.copy("new.rs", "new_sql");
        Ok(Some(trial))
    }

    /// Asks `needs.sql`. The oldest server can all of it, so that no case is left out everywhere.
    fn can(&mut self) -> Result<bool, String> {
        let Ok(text) = std::fs::read_to_string(self.folder.join("needs.sql")) else {
            return Ok(true);
        };
        let asked = format!("SELECT ({text}), current_setting('server_version_num')::INT < 160000");
        let answer = sqlx::query_as(AssertSqlSafe(asked)).fetch_one(&mut self.connection);
        let (can, oldest): (bool, bool) = self.runtime.block_on(answer).map_err(|error| error.to_string())?;
        if oldest && !can { Err("the oldest server has not what the case needs".to_owned()) } else { Ok(can) }
    }

    fn copy(&self, models: &str, sql: &str) {
        self.package.write("src/lib.rs", std::fs::read(self.folder.join(models)).unwrap());
        for entry in std::fs::read_dir(self.folder.join(sql)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy();
            self.package.write(&format!("sql/{name}"), std::fs::read(&path).unwrap());
        }
    }

    fn step(&mut self, step: Step) -> Result<(), String> {
        match step {
            Step::With(with) => self.with = with,
            Step::Models(name) => self.copy(&name, "newer_sql"),
            Step::Refused(message) => {
                let text = self.migrate("second");
                if text.starts_with("exit code 0\n") || !text.contains(&message) {
                    return Err(text);
                }
            }
            Step::Written => return good(self.migrate("second")),
            Step::Planned => return self.planned("second"),
            Step::Header { way, text } if !self.says(way, &text) => return Err("no header says so".to_owned()),
            Step::NoHeader(text) if self.says(Way::Up, &text) || self.says(Way::Back, &text) => {
                return Err("a header says so".to_owned());
            }
            Step::Header { .. } | Step::NoHeader(_) => {}
            Step::Files { way, phase } => return self.files(way, phase),
            Step::Stops { way, phase, message } => return stopped(self.files(way, phase), &message),
            Step::AsOwner => self.as_owner()?,
            Step::Run(statement) => return self.execute(&statement),
            Step::Asks { statement, rows } => {
                let found = self.rows(&statement)?;
                if found != rows {
                    return Err(format!("found: {found}"));
                }
            }
            Step::Fails { statement, message } => return stopped(self.execute(&statement), &message),
            Step::Meanwhile(statement) => {
                let mut open = self.connect(None)?;
                self.runtime.block_on(execute(&mut open, &format!("BEGIN; {statement}")))?;
                self.open = Some(open);
            }
        }
        Ok(())
    }

    fn migrate(&self, name: &str) -> String {
        let with = self.with.iter().map(String::as_str);
        self.package.run(&["migrate", name].into_iter().chain(with).collect::<Vec<_>>())
    }

    fn planned(&self, name: &str) -> Result<(), String> {
        good(self.migrate(name))?;
        good(self.package.run(&["seal"]))
    }

    /// The files that are there, in their order, each with its phase.
    fn all(&self) -> Vec<(String, Phase)> {
        let entries = std::fs::read_dir(self.package.path().join("migrations")).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter_map(|it| it.strip_suffix(".up.sql").map(str::to_owned)).collect();
        names.sort();
        names.into_iter().map(|name| (name.clone(), self.phase(&name))).collect()
    }

    fn text(&self, name: &str, way: Way) -> String {
        self.package.read(&format!("migrations/{name}{}", way.suffix()))
    }

    fn phase(&self, name: &str) -> Phase {
        Header::read(&self.text(name, Way::Up)).phase.unwrap_or(Phase::Expand)
    }

    /// Whether a file of the second migration says so in its header, whose lines may be broken anywhere.
    fn says(&self, way: Way, text: &str) -> bool {
        self.all().iter().skip(1).any(|(name, _)| {
            let file = self.text(name, way);
            let lines = file.lines().filter_map(|line| line.strip_prefix("--"));
            lines.map(str::trim).collect::<Vec<_>>().join(" ").contains(text)
        })
    }

    fn files(&mut self, way: Way, phase: Phase) -> Result<(), String> {
        let list: Vec<String> = match way {
            Way::Up => {
                let open = self.all().into_iter().filter(|(name, of)| *of <= phase && !self.applied.contains(name));
                open.map(|(name, _)| name).collect()
            }
            Way::Back => {
                let done = self.applied.iter().skip(1).rev().filter(|name| self.phase(name) >= phase);
                done.cloned().collect()
            }
        };
        let open = self.open.take().map(|mut open| {
            std::thread::spawn(move || {
                std::thread::sleep(OPEN);
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(execute(&mut open, "COMMIT"))
            })
        });
        let done = list.into_iter().try_for_each(|name| {
            let text = self.text(&name, way);
            let connection = self.owner.as_mut().unwrap_or(&mut self.connection);
            // As sqlx sends it: the statements of a file are a transaction, unless it says otherwise.
            let done = self.runtime.block_on(execute(connection, &text));
            done.map_err(|error| format!("{name}{}: {error}", way.suffix()))?;
            match way {
                Way::Up => self.applied.push(name),
                Way::Back => self.applied.retain(|it| *it != name),
            }
            Ok(())
        });
        if let Some(open) = open {
            open.join().unwrap()?;
        }
        done
    }

    /// Gives every table to a role that policies apply to.
    fn as_owner(&mut self) -> Result<(), String> {
        // Roles are the server's, so each database has one of its own.
        let role = self.rows("SELECT 'owner_of_' || current_database()")?;
        let role = role.trim_matches(['(', ')']).to_owned();
        self.execute(&format!(
            "CREATE ROLE {role} LOGIN; GRANT ALL ON SCHEMA public TO {role};
             DO $$ DECLARE it REGCLASS; BEGIN
               FOR it IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::REGNAMESPACE LOOP
                 EXECUTE format('ALTER TABLE %s OWNER TO {role}', it);
               END LOOP;
               EXECUTE (SELECT coalesce(string_agg(format('ALTER FUNCTION %s OWNER TO {role};', oid::REGPROCEDURE), ''), 'SELECT')
                        FROM pg_proc WHERE pronamespace = 'public'::REGNAMESPACE);
             END $$;"
        ))?;
        self.owner = Some(self.connect(Some(&role))?);
        Ok(())
    }

    fn connect(&self, role: Option<&str>) -> Result<PgConnection, String> {
        let options: PgConnectOptions = self.database.url().parse().unwrap();
        let options = role.into_iter().fold(options, PgConnectOptions::username);
        self.runtime.block_on(PgConnection::connect_with(&options)).map_err(|error| error.to_string())
    }

    fn execute(&mut self, sql: &str) -> Result<(), String> {
        self.runtime.block_on(execute(&mut self.connection, sql))
    }

    /// What a statement returns, each row as the server writes it.
    fn rows(&mut self, statement: &str) -> Result<String, String> {
        let query = format!("WITH r AS ({statement}) SELECT string_agg(r::TEXT, ' ') FROM r");
        let rows = sqlx::query_scalar::<_, Option<String>>(AssertSqlSafe(query));
        let text = self.runtime.block_on(rows.persistent(false).fetch_one(&mut self.connection));
        Ok(text.map_err(|error| error.to_string())?.unwrap_or_default())
    }
}

async fn execute(connection: &mut PgConnection, sql: &str) -> Result<(), String> {
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *connection).await;
    if let Err(error) = done {
        // A file that has transactions of its own may leave one.
        sqlx::raw_sql("ROLLBACK").execute(connection).await.ok();
        return Err(error.to_string());
    }
    Ok(())
}

fn good(text: String) -> Result<(), String> {
    if text.starts_with("exit code 0\n") { Ok(()) } else { Err(text) }
}

fn stopped(done: Result<(), String>, message: &str) -> Result<(), String> {
    match done {
        Err(error) if error.contains(message) => Ok(()),
        Err(error) => Err(error),
        Ok(()) => Err("it is not refused".to_owned()),
    }
}
