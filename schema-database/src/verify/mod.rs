//! The migrations proved on a server: up, compared with the models, down and up again, and the plans of every statement.
//!
//! The walk up reverts each file and runs it again before the next, so that every prefix of the files is proved too:
//! a deploy may stop after any of them, and go back from there. A file with nothing on its way down leaves that to the
//! files before it, so it is not reverted alone.
//!
//! Before each file of the migration the tables are filled with sample rows, and after it they are looked for; and the
//! statements of the release that runs meanwhile, and of the one that comes then, are run on top.

mod format;
mod plan;
mod release;
mod rows;
mod untried;
mod walk;

use std::collections::BTreeSet;
use std::path::Path;

use tablewright_core::config::Profile;
use tablewright_core::diff::Pair;
use tablewright_core::migrations::OldRelease;
use tablewright_core::queries::{Promise, promises};
use tablewright_core::schema::Schema;
use tablewright_tempdb::{Database, Server};

use super::apply::{self, Back, Failed, File, Settings, Silent};
use super::introspect::{Introspection, Options, introspect};
use super::{Access, Error, compare, connect};
use crate::lint;

use format::Folder;
pub use untried::{Untried, Whose};

/// How many rows each table gets where no one says otherwise.
pub const ROWS: usize = 20;

/// What is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// The linter has no complaint about any way up.
    Lint,
    /// Each file runs, on top of the files before it; its way down reverts it, and it runs again.
    Files,
    /// The resulting catalog matches the models.
    Models,
    /// Every statement of the helpers and declared queries uses the index that is promised.
    Plans,
    /// All ways down, from the last on, leave what was there before the first file.
    Down,
    /// sqlx's own runner applies everything again, with the same result.
    Again,
}

impl Proof {
    /// Every check, in order.
    pub const ALL: [Self; 6] = [Self::Lint, Self::Files, Self::Models, Self::Plans, Self::Down, Self::Again];

    /// The word of reports.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Files => "files",
            Self::Models => "models",
            Self::Plans => "plans",
            Self::Down => "down",
            Self::Again => "again",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lint => "no lint findings",
            Self::Files => "each file up, down and up again",
            Self::Models => "the catalog matches the models",
            Self::Plans => "every statement uses its index",
            Self::Down => "all the way down",
            Self::Again => "and up again, by sqlx's own runner",
        }
    }
}

/// A check that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was being proved.
    pub check: Proof,
    /// The migration, if it is about one.
    pub migration: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Each difference, where two states are not the same.
    pub differences: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

/// The result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Where it was proved: the server, in words.
    pub server: String,
    /// How many files there are.
    pub files: usize,
    /// How many statements were planned.
    pub statements: usize,
    /// How many sample rows were put into the tables.
    pub rows: usize,
    /// How many times a statement of a release was run.
    pub ran: usize,
    /// What could not be tried.
    pub untried: BTreeSet<Untried>,
    /// The checks that were made.
    pub made: Vec<Proof>,
    /// The checks that failed.
    pub findings: Vec<Finding>,
    /// What a person should know.
    pub notes: Vec<String>,
}

/// Who receives the progress.
pub trait Watcher {
    /// A check with this many parts begins.
    fn begins(&self, check: Proof, parts: usize);
    /// A part is done.
    fn part(&self, name: &str);
    /// The check is over.
    fn ends(&self, check: Proof, good: bool);
}

/// Receives them and does nothing.
impl Watcher for Silent {
    fn begins(&self, _: Proof, _: usize) {}
    fn part(&self, _: &str) {}
    fn ends(&self, _: Proof, _: bool) {}
}

/// What is proved.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The folder of the migrations.
    pub folder: &'a Path,
    /// What the models state; `None` if there are none, and then only the files are proved.
    pub models: Option<&'a Schema>,
    /// The choices of `schema.toml`.
    pub profile: &'a Profile,
    /// The names of the migrations whose statements a person wrote: there the linter says more.
    pub by_hand: &'a BTreeSet<String>,
    /// The release that runs while the migrations are applied.
    pub old: &'a OldRelease,
    /// How many rows each table gets; with none, neither rows nor releases are tried.
    pub rows: usize,
}

/// Proves the migrations in a database of its own on a server, which is dropped at the end.
///
/// # Errors
/// A server that cannot be used, and a folder that cannot be read. Failed checks are in the report.
pub async fn verify(server: &Server, subject: &Subject<'_>, watcher: &dyn Watcher) -> Result<Report, Failed> {
    let database = server.create_database("verify").map_err(|error| {
        Failed::from(Error::Refused {
            message: error.to_string(),
            help: "cargo schema verify URL names a server whose role may create databases".to_owned(),
        })
    })?;
    let folder = Folder::read(subject.folder, subject.profile.format).await?;
    let mut run = Run {
        database,
        detached: folder.files.iter().flat_map(File::detaches).map(str::to_owned).collect(),
        files: folder.files.clone(),
        folder,
        subject: *subject,
        watcher,
        settings: Settings { lock_timeout: subject.profile.timeouts.lock.clone(), ..Settings::default() },
        number: 0,
        beside: 0,
        report: Report { server: server.origin().to_string(), ..Report::default() },
    };
    run.report.files = run.files.len();
    run.all().await?;
    Ok(run.report)
}

struct Run<'a> {
    database: Database,
    files: Vec<File>,
    /// The tables that these take out of a partitioned one.
    detached: BTreeSet<String>,
    folder: Folder,
    subject: Subject<'a>,
    watcher: &'a dyn Watcher,
    settings: Settings,
    /// The number of the last sample row: no two have the same.
    number: usize,
    /// How many findings are about rows and releases, and not about the files alone.
    beside: usize,
    report: Report,
}

impl Run<'_> {
    async fn all(&mut self) -> Result<(), Failed> {
        self.begin(Proof::Lint, self.files.len(), |run| {
            run.lint();
            Box::pin(std::future::ready(Ok(())))
        })
        .await?;
        let start = self.state().await?;
        let before = self.report.findings.len();
        self.begin(Proof::Files, self.files.len(), |run| Box::pin(run.walk())).await?;
        // A file that does not run once is not checked further; what rows and releases show is beside that.
        if self.report.findings.len() - before > self.beside {
            return Ok(());
        }
        let end = self.state().await?;
        if let Some(models) = self.subject.models {
            self.begin(Proof::Models, 1, |run| Box::pin(run.models(models))).await?;
            let promised: Vec<(String, Promise)> = models
                .tables
                .values()
                .flat_map(|table| promises(table).into_iter().map(|promise| (table.name.clone(), promise)))
                .collect();
            self.begin(Proof::Plans, promised.len(), |run| Box::pin(plan::check(run, promised))).await?;
        }
        if self.begin(Proof::Down, self.files.len(), |run| Box::pin(run.down(start))).await? {
            self.begin(Proof::Again, self.files.len(), |run| Box::pin(run.again(end))).await?;
        }
        Ok(())
    }

    /// Makes one check; `false` if it failed.
    async fn begin<F>(&mut self, check: Proof, parts: usize, make: F) -> Result<bool, Failed>
    where
        F: for<'r> FnOnce(&'r mut Self) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Failed>> + 'r>>,
    {
        self.watcher.begins(check, parts);
        let before = self.report.findings.len();
        make(self).await?;
        self.report.made.push(check);
        let good = self.report.findings.len() == before;
        self.watcher.ends(check, good);
        Ok(good)
    }

    fn found(&mut self, check: Proof, migration: Option<&str>, message: String, help: Option<String>) {
        let migration = migration.map(ToOwned::to_owned);
        self.report.findings.push(Finding { check, migration, message, differences: Vec::new(), help });
    }

    /// Two states that should be the same.
    fn differ(
        &mut self,
        check: Proof,
        migration: Option<&str>,
        message: &str,
        differences: Vec<String>,
        help: Option<String>,
    ) {
        if !differences.is_empty() {
            let (migration, message) = (migration.map(ToOwned::to_owned), message.to_owned());
            self.report.findings.push(Finding { check, migration, message, differences, help });
        }
    }

    /// A migration that does not run is a finding; a server that does not answer is an error.
    fn failed(&mut self, check: Proof, migration: Option<&str>, error: Failed) -> Result<(), Failed> {
        if let Failed::Database(_) | Failed::Interrupted { .. } = error {
            return Err(error);
        }
        self.found(check, migration, error.to_string(), error.help());
        Ok(())
    }

    async fn state(&self) -> Result<Introspection, Failed> {
        let mut connection = connect(self.database.url(), Access::Write).await?;
        let state = introspect(&mut connection, &Options::default()).await?;
        connection.close().await;
        Ok(state)
    }

    async fn up_to(&self, version: i64) -> Result<(), Failed> {
        let settings = Settings { to: Some(version), ..self.settings.clone() };
        apply::apply(self.database.url(), &self.files, &settings, &Silent).await.map(drop)
    }

    async fn down_to(&self, version: i64) -> Result<(), Failed> {
        apply::revert(self.database.url(), &self.files, Back::To(version), true, &self.settings, &Silent)
            .await
            .map(drop)
    }

    fn lint(&mut self) {
        for file in self.files.clone() {
            for found in lint::findings(file.text(), self.subject.by_hand.contains(&file.name)) {
                let line = file.text()[..found.range.start].matches('\n').count() + 1;
                let message = format!("line {line}: {} ({})", found.message, found.rule);
                self.found(Proof::Lint, Some(&file.name), message, found.help);
            }
            self.watcher.part(&file.name);
        }
    }

    async fn models(&mut self, models: &Schema) -> Result<(), Failed> {
        let mut connection = connect(self.database.url(), Access::Write).await?;
        let compared = compare(&mut connection, None, models, self.subject.profile, &Options::default()).await?;
        connection.close().await;
        let help = "cargo schema migrate writes what is missing; cargo schema drift shows each place in the models";
        let pair = Pair::new(&compared.schema, models);
        let changes: Vec<String> = pair.changes().iter().map(|change| change.difference().text()).collect();
        let message = "the migrations' result differs from the models; to match them, this would change";
        self.differ(Proof::Models, None, message, changes, Some(help.to_owned()));
        let broken: Vec<String> = compared.broken().map(|broken| format!("the {broken}")).collect();
        self.differ(Proof::Models, None, "in the database, this is not in force", broken, None);
        Ok(())
    }

    async fn down(&mut self, start: Introspection) -> Result<(), Failed> {
        if let Err(error) = self.down_to(0).await {
            return self.failed(Proof::Down, None, error);
        }
        let end = self.state().await?;
        let left = differences(&start, &end);
        self.differ(Proof::Down, None, "after all ways down, the database is not what it was before", left, None);
        Ok(())
    }

    async fn again(&mut self, end: Introspection) -> Result<(), Failed> {
        let failed = |error: sqlx::migrate::MigrateError| {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            format!("sqlx's own runner: {error}{cause}")
        };
        let migrator = sqlx::migrate::Migrator::new(self.folder.path()).await;
        let mut connection = connect(self.database.url(), Access::Write).await?;
        let ran = match migrator {
            Ok(migrator) => migrator.run(connection.sql()).await,
            Err(error) => Err(error),
        };
        connection.close().await;
        if let Err(error) = ran {
            self.found(Proof::Again, None, failed(error), None);
            return Ok(());
        }
        let other = differences(&end, &self.state().await?);
        self.differ(Proof::Again, None, "the second time, the files produce something different", other, None);
        Ok(())
    }
}

/// How two states of a database differ. An extension stays: it may have been there before.
fn differences(one: &Introspection, other: &Introspection) -> Vec<String> {
    let (mut old, mut new) = (one.schema.clone(), other.schema.clone());
    old.extensions.clear();
    new.extensions.clear();
    let pair = Pair::new(&old, &new);
    let mut words: Vec<String> = pair.changes().iter().map(|change| change.difference().text()).collect();
    words.extend(one.unheld.iter().filter(|had| !other.unheld.contains(had)).map(|had| format!("gone: {had}")));
    words.extend(other.unheld.iter().filter(|has| !one.unheld.contains(has)).map(|has| format!("new: {has}")));
    words
}
