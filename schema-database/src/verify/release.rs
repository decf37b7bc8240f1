//! A release of the program: its statements, run with sample rows on a connection that stays open, as a pool's does.

use std::collections::BTreeSet;

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection};
use tablewright_core::migrations::{Parameter, Statement, Statements};
use tablewright_core::queries::helpers::{Kind, Role};
use tablewright_core::samples::{MOST_ATTEMPTS, Row, Samples, Unfilled, value_sql};
use tablewright_core::schema::{SqlType, Table};

use crate::apply::{code_of, told};
use crate::fill::row_of;

/// What a binary COPY without rows holds: <https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4>
const EMPTY_COPY: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\xff\xff";

/// The limit of a list.
const LIMIT: &str = "10";

/// A statement that did not do what it must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// Its name: `orders.find`.
    pub(super) name: String,
    /// What the server said, or what is missing.
    pub(super) message: String,
    /// Why, as far as that decides something.
    pub(super) cause: Cause,
}

/// Why a statement failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// There is no sample row for it.
    Unfilled(Unfilled),
    /// The values do not meet a check or key.
    Values,
    /// The type of a result changed under a prepared statement.
    Plan,
    /// Anything else.
    Other,
}

/// A release, and the connection that it keeps.
pub(super) struct Program<'a> {
    pub(super) statements: &'a Statements,
    prepared: BTreeSet<usize>,
    /// How many statements were run.
    pub(super) ran: usize,
}

/// What a statement did.
struct Done {
    rows: u64,
    first: Option<PgRow>,
}

impl<'a> Program<'a> {
    pub(super) fn new(statements: &'a Statements) -> Self {
        Self { statements, prepared: BTreeSet::new(), ran: 0 }
    }

    /// Whatever was prepared went with its connection.
    pub(super) fn forget(&mut self) {
        self.prepared.clear();
    }

    /// Runs the statements on some tables, in a transaction that is rolled back.
    pub(super) async fn run(
        &mut self,
        connection: &mut PgConnection,
        samples: &Samples<'_>,
        tables: &BTreeSet<String>,
        number: &mut usize,
    ) -> Result<Vec<Failure>, sqlx::Error> {
        sqlx::raw_sql("BEGIN").execute(&mut *connection).await?;
        let mut failures = Vec::new();
        for table in samples.tables().into_iter().filter(|table| tables.contains(&table.name)) {
            let mut known = samples.clone();
            failures.extend(self.table(&mut *connection, &mut known, table, number).await?);
        }
        sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
        Ok(failures)
    }

    async fn table(
        &mut self,
        connection: &mut PgConnection,
        samples: &mut Samples<'_>,
        table: &Table,
        number: &mut usize,
    ) -> Result<Vec<Failure>, sqlx::Error> {
        let own = |statement: &Statement| statement.tables.first() == Some(&table.name);
        let mut all: Vec<(usize, &String, &Statement)> = self
            .statements
            .iter()
            .enumerate()
            .filter(|(_, (_, it))| own(it))
            .map(|(place, (name, it))| (place, name, it))
            .collect();
        // The row that is inserted first is the one that the others find.
        let first = format!("{}.insert", table.name);
        all.sort_by_key(|(place, name, statement)| (**name != first, statement.kind, *place));
        let mut row = samples.rows(&table.name).last().cloned();
        let mut is_own = false;
        let mut failures = Vec::new();
        for (place, name, statement) in all {
            let writes = statement.parameters.iter().any(|it| matches!(it.role, Role::New(_) | Role::IsGiven(_)));
            let mut failure = None;
            for attempt in 0..if writes { MOST_ATTEMPTS } else { 1 } {
                *number += 1;
                let new = if writes { samples.row(table, *number, attempt) } else { Ok(Row::new()) };
                let new = match new {
                    Ok(new) if statement.kind == Kind::Update => kept_together(table, row.as_ref(), new),
                    Ok(new) => new,
                    Err(problem) => {
                        failure = Some((problem.to_string(), Cause::Unfilled(problem)));
                        break;
                    }
                };
                let arguments = arguments(statement, row.as_ref(), &new);
                match self.execute(connection, place, statement, &arguments).await? {
                    Ok(done) => {
                        failure = None;
                        if let Some(found) = done.first.map(|found| row_of(table, &found))
                            && table.columns.iter().all(|column| found.contains_key(&column.name))
                        {
                            // What was changed is what the next statement finds.
                            samples.learn(&table.name, found.clone());
                            (row, is_own) = (Some(found), true);
                        } else if statement.finds && is_own && done.rows == 0 {
                            let message = "it does not find the row that the same release inserted".to_owned();
                            failure = Some((message, Cause::Other));
                        }
                        break;
                    }
                    Err(error) => {
                        let cause = cause(&error);
                        let is_certain = cause != Cause::Values;
                        failure = Some((told(&error), cause));
                        if is_certain {
                            break;
                        }
                    }
                }
            }
            failures.extend(failure.map(|(message, cause)| Failure { name: name.clone(), message, cause }));
        }
        Ok(failures)
    }

    /// Runs one statement, which is prepared once; what failed, and what takes rows away, leaves no trace.
    async fn execute(
        &mut self,
        connection: &mut PgConnection,
        place: usize,
        statement: &Statement,
        arguments: &[String],
    ) -> Result<Result<Done, sqlx::Error>, sqlx::Error> {
        self.ran += 1;
        sqlx::raw_sql("SAVEPOINT tablewright_tried").execute(&mut *connection).await?;
        let done = self.executed(connection, place, statement, arguments).await;
        let undone = done.is_err() || statement.kind == Kind::Delete;
        let end =
            if undone { "ROLLBACK TO SAVEPOINT tablewright_tried" } else { "RELEASE SAVEPOINT tablewright_tried" };
        match done {
            Err(error) if error.as_database_error().is_none() => Err(error),
            done => {
                sqlx::raw_sql(end).execute(&mut *connection).await?;
                Ok(done)
            }
        }
    }

    async fn executed(
        &mut self,
        connection: &mut PgConnection,
        place: usize,
        statement: &Statement,
        arguments: &[String],
    ) -> Result<Done, sqlx::Error> {
        if statement.kind == Kind::Load {
            let mut copy = connection.copy_in_raw(&statement.sql).await?;
            copy.send(EMPTY_COPY).await?;
            return Ok(Done { rows: copy.finish().await?, first: None });
        }
        let name = format!("tablewright_{place}");
        let list =
            |words: Vec<String>| if words.is_empty() { String::new() } else { format!(" ({})", words.join(", ")) };
        if !self.prepared.contains(&place) {
            let types = statement.parameters.iter().map(|parameter| parameter.sql_type.to_string()).collect();
            let prepare = format!("PREPARE {name}{} AS {}", list(types), statement.sql);
            sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await?;
            self.prepared.insert(place);
        }
        let execute = format!("EXECUTE {name}{}", list(arguments.to_vec()));
        // What inserts or changes one row gives it back; of anything else only the number counts.
        let is_one = statement.parameters.iter().all(|parameter| !parameter.many);
        if is_one && (statement.kind == Kind::Insert || statement.kind == Kind::Update && statement.finds) {
            let rows = sqlx::raw_sql(AssertSqlSafe(execute)).fetch_all(connection).await?;
            let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
            return Ok(Done { rows: count, first: rows.into_iter().next() });
        }
        let done = sqlx::raw_sql(AssertSqlSafe(execute)).execute(connection).await?;
        Ok(Done { rows: done.rows_affected(), first: None })
    }
}

/// New values of a row that is there. What references together stays as it is: a part of it may not be changed.
fn kept_together(table: &Table, row: Option<&Row>, mut new: Row) -> Row {
    for column in table.foreign_keys.iter().filter(|key| key.columns.len() > 1).flat_map(|key| &key.columns) {
        if let Some(value) = row.and_then(|row| row.get(column)) {
            new.insert(column.clone(), value.clone());
        }
    }
    new
}

fn arguments(statement: &Statement, row: Option<&Row>, new: &Row) -> Vec<String> {
    statement.parameters.iter().map(|parameter| argument(parameter, row, new)).collect()
}

fn argument(parameter: &Parameter, row: Option<&Row>, new: &Row) -> String {
    let value = match &parameter.role {
        Role::Row(column) => value_sql(row.and_then(|row| row.get(column)).and_then(Option::as_deref)),
        Role::New(column) => value_sql(new.get(column).and_then(Option::as_deref)),
        Role::IsGiven(column) => new.contains_key(column).to_string(),
        Role::Limit => LIMIT.to_owned(),
    };
    match &parameter.sql_type {
        SqlType::Array(_) if parameter.many => format!("ARRAY[{value}]::{}", parameter.sql_type),
        _ => value,
    }
}

fn cause(error: &sqlx::Error) -> Cause {
    match code_of(error).as_deref() {
        // A foreign key, a unique key, a check, an exclusion. NULL in a column that takes none is not for want of a value.
        Some("23503" | "23505" | "23514" | "23P01") => Cause::Values,
        Some("0A000") => Cause::Plan,
        _ => Cause::Other,
    }
}
