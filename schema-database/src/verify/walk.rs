//! The walk up: each file up, down and up again, with rows in the tables and the releases on top of it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use tablewright_core::migrations::{Header, OldRelease, Release, Statements, statements};
use tablewright_core::plan::Phase;
use tablewright_core::samples::{Samples, Unfilled};
use tablewright_core::schema::{Column, Schema};

use super::release::{Cause, Failure, Program};
use super::rows::{self, Look, Rows};
use super::untried::{Untried, Whose};
use super::{Access, Failed, Proof, Run, connect, differences};
use crate::Connection;
use crate::apply::File;
use crate::introspect::Introspection;

/// Where the releases run.
struct Course<'a> {
    /// The place of the first file of the migration: what is before is history.
    first: usize,
    /// From this place on, the old release has ended.
    contract: usize,
    /// From this place on, the new release may run.
    starts: usize,
    files: usize,
    old: Option<&'a Release>,
    models: Option<&'a Schema>,
    new: Statements,
}

impl<'a> Course<'a> {
    fn new(files: &[File], old: &'a OldRelease, models: Option<&'a Schema>) -> Self {
        let old = match old {
            OldRelease::Known(release) => Some(release),
            _ => None,
        };
        let last = |release: &Release| files.iter().position(|file| file.name == release.after);
        let first = old.and_then(last).map_or(0, |place| place + 1);
        let is = |phase: Phase| move |place: &usize| files[*place].phase == Some(phase);
        let own = first..files.len();
        let contract = own.clone().find(is(Phase::Contract)).unwrap_or(files.len());
        let filled = own.clone().rfind(is(Phase::Backfill)).or_else(|| own.clone().rfind(is(Phase::Expand)));
        let stated = own.clone().rfind(|place| files[*place].starts);
        let starts = stated.or(filled).or_else(|| files.len().checked_sub(1)).unwrap_or(0);
        let new = models.map(statements).unwrap_or_default();
        Self { first, contract, starts, files: files.len(), old, models, new }
    }
}

/// A release while the files run.
struct Running<'a> {
    whose: Whose,
    program: Program<'a>,
    connection: Connection,
    /// The schema that its rows are made for.
    schema: &'a Schema,
    /// What fails before anything has changed.
    hopeless: BTreeSet<String>,
    /// What was reported: once is enough.
    reported: BTreeSet<String>,
}

/// What a file is taken back to.
#[derive(Clone)]
struct Standing {
    version: i64,
    state: Introspection,
    rows: Rows,
}

/// The releases that run at the time.
#[derive(Default)]
struct Releases<'a> {
    old: Option<Running<'a>>,
    new: Option<Running<'a>>,
}

impl Run<'_> {
    pub(super) async fn walk(&mut self) -> Result<(), Failed> {
        let (subject, files) = (self.subject, self.files.clone());
        let course = Course::new(&files, subject.old, subject.models);
        let has_rows = subject.rows > 0;
        if has_rows && *subject.old == OldRelease::Unknown {
            self.report.untried.insert(Untried::OldRelease);
        }
        let mut standing = Standing { version: 0, state: self.state().await?, rows: Rows::new() };
        // What the old release was written for lives as long as it runs.
        let old_schema = OnceCell::new();
        let mut releases = Releases::default();
        let mut is_fresh = true;
        let mut start: Option<Standing> = None;
        let mut lossy: Vec<(String, Schema)> = Vec::new();
        for (place, file) in files.iter().enumerate() {
            let fills = has_rows && place >= course.first;
            if fills && (is_fresh || place == course.first) {
                standing.rows = self.fill(&standing.state.schema, &standing.rows).await?;
                is_fresh = false;
            }
            if fills && place == course.first {
                start = Some(standing.clone());
            }
            if fills
                && place == course.first
                && let Some(release) = course.old
            {
                let schema: &Schema = old_schema.get_or_init(|| standing.state.schema.clone());
                let running = self.begin_release(Whose::Old, &release.statements, schema, schema).await?;
                releases.old = Some(running);
            }
            if let Err(error) = self.up_to(file.version).await {
                return self.failed(Proof::Files, Some(&file.name), error);
            }
            let after = self.state().await?;
            if fills {
                self.try_releases(&mut releases, &course, place, file, &standing.state.schema, &after.schema).await?;
            }
            if fills && Header::read(file.text()).loses.is_some() {
                lossy.push((file.name.clone(), after.schema.clone()));
            }
            if file.goes_up_without_a_statement() {
                // It leaves its part to the next file, so the two are taken back together.
                self.watcher.part(&file.name);
                continue;
            }
            let Some(next) = self.back_and_again(file, &standing, after, fills).await? else { return Ok(()) };
            if fills && !file.refuses_to_go_back().is_empty() {
                self.reconnect(&mut releases).await?;
            }
            standing = next;
            is_fresh = true;
            self.watcher.part(&file.name);
        }
        for running in [releases.old, releases.new].into_iter().flatten() {
            self.report.ran += running.program.ran;
            running.connection.close().await;
        }
        if let Some(start) = &start {
            self.whole_way(start, &lossy, &standing.state).await?;
            self.clear(&standing.state.schema).await?;
        }
        Ok(())
    }

    /// Takes a file back and runs it again. Nothing comes back where that is not possible.
    async fn back_and_again(
        &mut self,
        file: &File,
        before: &Standing,
        after: Introspection,
        fills: bool,
    ) -> Result<Option<Standing>, Failed> {
        let name = file.name.as_str();
        let rows = self.rows_of(&after.schema, fills).await?;
        self.kept(Some(name), "its way up", (&before.rows, &before.state.schema), (&rows, &after.schema));
        let refuses = if fills { file.refuses_to_go_back() } else { Vec::new() };
        let emptied = Standing { rows: Rows::new(), ..before.clone() };
        let (before, rows) = if refuses.is_empty() {
            (before, rows)
        } else {
            self.report.untried.insert(Untried::Back { migration: name.to_owned(), tables: refuses });
            self.clear(&after.schema).await?;
            (&emptied, Rows::new())
        };
        if file.goes_back_without_a_statement() {
            // Alone it reverts nothing; the files before do that, and the way down as a whole proves it.
            return Ok(Some(Standing { version: file.version, state: after, rows }));
        }
        if let Err(error) = self.down_to(before.version).await {
            self.failed(Proof::Files, Some(name), error)?;
            return Ok(None);
        }
        let back = self.state().await?;
        self.differ(
            Proof::Files,
            Some(name),
            "after up and down, the database is not what it was before",
            self.differences(&before.state, &back),
            Some(format!("the way down of {name} must undo all that its way up does")),
        );
        let rows = self.rows_of(&back.schema, fills).await?;
        self.differ(
            Proof::Files,
            Some(name),
            "after up and down, rows are gone",
            rows::lost(Look::Rows, (&before.rows, &before.state.schema), (&rows, &back.schema)),
            None,
        );
        if let Err(error) = self.up_to(file.version).await {
            self.failed(Proof::Files, Some(name), error)?;
            return Ok(None);
        }
        let again = self.state().await?;
        self.differ(
            Proof::Files,
            Some(name),
            "the second run produces something different from the first",
            self.differences(&after, &again),
            None,
        );
        let rows_again = self.rows_of(&again.schema, fills).await?;
        self.kept(Some(name), "its second way up", (&rows, &back.schema), (&rows_again, &again.schema));
        Ok(Some(Standing { version: file.version, state: again, rows: rows_again }))
    }

    /// How two states differ, but for the checks that the server leaves on a partition that was detached: they go with it.
    fn differences(&self, one: &Introspection, other: &Introspection) -> Vec<String> {
        if self.detached.is_empty() {
            return differences(one, other);
        }
        let (mut one, mut other) = (one.clone(), other.clone());
        for name in &self.detached {
            if let Some((one, other)) = one.schema.tables.get_mut(name).zip(other.schema.tables.get_mut(name)) {
                one.checks.retain(|check| other.checks.contains(check));
                other.checks.retain(|check| one.checks.contains(check));
            }
        }
        differences(&one, &other)
    }

    /// Runs the releases that are there after a file.
    async fn try_releases<'s>(
        &mut self,
        releases: &mut Releases<'s>,
        course: &'s Course<'_>,
        place: usize,
        file: &File,
        before: &Schema,
        after: &Schema,
    ) -> Result<(), Failed>
    where
        Self: 's,
    {
        if let Some(running) = releases.old.as_mut().filter(|_| place < course.contract) {
            self.try_release(running, file, before, after, place + 1 == course.contract).await?;
        }
        let Some(models) = course.models.filter(|_| place >= course.starts) else { return Ok(()) };
        if releases.new.is_none() {
            // Tables that the file has made are filled too, or nothing could be referenced.
            let known = self.rows_of(after, true).await?;
            self.fill(after, &known).await?;
            releases.new = Some(self.begin_release(Whose::New, &course.new, models, after).await?);
        }
        match releases.new.as_mut() {
            Some(running) => self.try_release(running, file, before, after, place + 1 == course.files).await,
            None => Ok(()),
        }
    }

    /// The rows of a schema; none where no rows are tried.
    async fn rows_of(&self, schema: &Schema, wanted: bool) -> Result<Rows, Failed> {
        if !wanted {
            return Ok(Rows::new());
        }
        let mut connection = connect(self.database.url(), Access::Write).await?;
        let failed = connection.failed("read the rows");
        let rows = rows::snapshot(connection.sql(), schema).await.map_err(failed)?;
        connection.close().await;
        Ok(rows)
    }

    /// Fills the tables, which have these rows, and gives the rows that they have then.
    async fn fill(&mut self, schema: &Schema, known: &Rows) -> Result<Rows, Failed> {
        let mut samples = Samples::new(schema, self.subject.models.into_iter().collect());
        rows::learn(&mut samples, known);
        let mut connection = connect(self.database.url(), Access::Write).await?;
        let failed = connection.failed("fill the tables");
        let most = self.subject.rows;
        let filled = crate::fill(connection.sql(), &mut samples, most, &mut self.number).await;
        let (filled, unfilled) = filled.map_err(failed)?;
        connection.close().await;
        self.report.rows += filled;
        for unfilled in unfilled {
            self.unfilled(unfilled);
        }
        self.rows_of(schema, true).await
    }

    async fn clear(&mut self, schema: &Schema) -> Result<(), Failed> {
        let mut connection = connect(self.database.url(), Access::Write).await?;
        // The plans are those of tables without rows, where every index costs the same.
        if let Err(error) = rows::empty(connection.sql(), schema).await {
            self.report.untried.insert(Untried::Emptied { message: crate::apply::told(&error) });
        }
        connection.close().await;
        Ok(())
    }

    fn kept(&mut self, name: Option<&str>, when: &str, before: (&Rows, &Schema), after: (&Rows, &Schema)) {
        let found = self.report.findings.len();
        let message = format!("after {when}, rows or values are not there any more");
        let lost = rows::lost(Look::Kept, before, after);
        self.differ(Proof::Files, name, &message, lost, None);
        self.beside += self.report.findings.len() - found;
    }

    /// Goes all the way down to where the rows were first looked at, and up again: then each value is what it was, but for
    /// what a file says that it loses.
    async fn whole_way(
        &mut self,
        start: &Standing,
        lossy: &[(String, Schema)],
        end: &Introspection,
    ) -> Result<(), Failed> {
        let Some(last) = self.files.last().map(|file| file.version) else { return Ok(()) };
        let over_rows =
            self.files.iter().all(|file| file.version <= start.version || file.refuses_to_go_back().is_empty());
        if !over_rows || start.rows.values().all(Vec::is_empty) {
            return Ok(());
        }
        if let Err(error) = self.down_to(start.version).await {
            return self.failed(Proof::Files, None, error);
        }
        let mut compared = start.state.schema.clone();
        for (migration, after) in lossy {
            // What it drops or changes is gone, as the file says; the rest is not.
            compared.tables.retain(|name, _| after.tables.contains_key(name));
            for (name, table) in &mut compared.tables {
                let Some(after) = after.tables.get(name) else { continue };
                let stays =
                    |column: &Column| after.column(&column.name).is_some_and(|it| it.sql_type == column.sql_type);
                table.columns.retain(stays);
            }
            self.report.untried.insert(Untried::Loss { migration: migration.clone() });
        }
        let back = self.rows_of(&start.state.schema, true).await?;
        self.differ(
            Proof::Files,
            None,
            "after all ways up and all ways down, the rows are not what they were before",
            rows::lost(Look::Same, (&start.rows, &compared), (&back, &start.state.schema)),
            Some("the way down restores what the way up took, or the header says what is lost".to_owned()),
        );
        if let Err(error) = self.up_to(last).await {
            return self.failed(Proof::Files, None, error);
        }
        let again = self.rows_of(&end.schema, true).await?;
        self.kept(None, "the second way up", (&back, &start.state.schema), (&again, &end.schema));
        Ok(())
    }

    /// Opens a release's connection, and sees which of its statements can be tried.
    async fn begin_release<'s>(
        &mut self,
        whose: Whose,
        statements: &'s Statements,
        schema: &'s Schema,
        now: &Schema,
    ) -> Result<Running<'s>, Failed> {
        let connection = connect(self.database.url(), Access::Write).await?;
        let mut running = Running {
            whose,
            program: Program::new(statements),
            connection,
            schema,
            hopeless: BTreeSet::new(),
            reported: BTreeSet::new(),
        };
        if whose == Whose::Old {
            let tables = schema.tables.keys().cloned().collect();
            for failure in self.run_release(&mut running, now, &tables).await? {
                running.hopeless.insert(failure.name.clone());
                self.untried(whose, failure);
            }
        }
        Ok(running)
    }

    /// A way back that no table with rows takes makes types anew, which no statement prepared before survives: what runs
    /// after it has been started after it.
    async fn reconnect(&self, releases: &mut Releases<'_>) -> Result<(), Failed> {
        for running in releases.old.iter_mut().chain(&mut releases.new) {
            let new = connect(self.database.url(), Access::Write).await?;
            std::mem::replace(&mut running.connection, new).close().await;
            running.program.forget();
        }
        Ok(())
    }

    fn untried(&mut self, release: Whose, failure: Failure) {
        let Failure { name, message, cause } = failure;
        match cause {
            Cause::Unfilled(unfilled) => self.unfilled(unfilled),
            _ => {
                self.report.untried.insert(Untried::Statement { release, name, message });
            }
        }
    }

    /// Once for each table: what refuses its rows at first is what has to be known.
    fn unfilled(&mut self, unfilled: Unfilled) {
        let is_same = |known: &Untried| matches!(known, Untried::Table(it) if it.table == unfilled.table);
        if !self.report.untried.iter().any(is_same) {
            self.report.untried.insert(Untried::Table(unfilled));
        }
    }

    async fn run_release(
        &mut self,
        running: &mut Running<'_>,
        now: &Schema,
        tables: &BTreeSet<String>,
    ) -> Result<Vec<Failure>, Failed> {
        let mut also: Vec<&Schema> = vec![now];
        also.extend(self.subject.models);
        let mut samples = Samples::new(running.schema, also);
        rows::learn(&mut samples, &self.rows_of(now, true).await?);
        let failed = running.connection.failed("run the statements of a release");
        let connection = running.connection.sql();
        running.program.run(connection, &samples, tables, &mut self.number).await.map_err(|error| failed(error).into())
    }

    /// Runs the statements of a release on the tables that a file touches, and on those that reference them.
    async fn try_release(
        &mut self,
        running: &mut Running<'_>,
        file: &File,
        before: &Schema,
        after: &Schema,
        all: bool,
    ) -> Result<(), Failed> {
        let tables = if all {
            running.schema.tables.keys().cloned().collect()
        } else {
            touched(running.schema, file, before, after)
        };
        let whose = running.whose;
        for failure in self.run_release(running, after, &tables).await? {
            if running.hopeless.contains(&failure.name) || !running.reported.insert(failure.name.clone()) {
                continue;
            }
            // The values of a release that never ran before may be what is wrong.
            let is_for_want_of_values = matches!(failure.cause, Cause::Values | Cause::Unfilled(_));
            if is_for_want_of_values && (whose == Whose::New || failure.cause != Cause::Values) {
                self.untried(whose, failure);
                continue;
            }
            let help = match (whose, &failure.cause) {
                (_, Cause::Plan) => {
                    "statements that were prepared before fail once on each connection: let the pool open new ones, or cast \
                     the column in the statement to the type without its length"
                }
                (Whose::Old, _) => {
                    "the old release still runs after this file: what breaks it belongs to the phase contract"
                }
                (Whose::New, _) => "the new release may be started after this file: what it needs comes before",
            };
            let message = format!("the {} release fails at {}: {}", whose.word(), failure.name, failure.message);
            self.found(Proof::Files, Some(&file.name), message, Some(help.to_owned()));
            self.beside += 1;
        }
        Ok(())
    }
}

/// The tables that a file changes or names, and those that reference them.
fn touched(schema: &Schema, file: &File, before: &Schema, after: &Schema) -> BTreeSet<String> {
    let words: BTreeSet<&str> = file.text().split(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let changed = |name: &&String| {
        before.tables.get(*name) != after.tables.get(*name)
            || words.contains(name.as_str())
            || (name.contains(|c: char| !c.is_alphanumeric() && c != '_') && file.text().contains(name.as_str()))
    };
    let own: BTreeSet<String> = schema.tables.keys().filter(changed).cloned().collect();
    let references = |name: &String| {
        schema.tables.get(name).is_some_and(|table| table.foreign_keys.iter().any(|key| own.contains(&key.table)))
    };
    let beside: Vec<String> = schema.tables.keys().filter(|name| references(name)).cloned().collect();
    own.into_iter().chain(beside).collect()
}
