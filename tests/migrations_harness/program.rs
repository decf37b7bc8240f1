//! A release of the program: the statements of its models, as the derives write them.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row as _, raw_sql};
use tablewright_core::schema::{Column, SqlType, Table, TableKind};
use tablewright_core::sql::dml::{self, Bound, LeftOut};
use tablewright_core::sql::quote;

use super::values::Values;

/// A release, and the rows that it writes.
pub struct Program<'a> {
    /// Its name in messages: `the old release`.
    pub name: &'static str,
    pub values: Values<'a>,
    /// No column is left out.
    pub full_rows: bool,
    /// The statements that its session keeps, as the sessions of a pool do; prepared anew for each run otherwise.
    pub kept: Option<&'a Kept>,
}

/// The statements that a session has prepared, by their text.
#[derive(Debug, Default)]
pub struct Kept(Mutex<BTreeMap<String, String>>);

impl Kept {
    /// The statement's name in the session, and whether it is new there.
    fn name(&self, statement: &str) -> (String, bool) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(name) = names.get(statement) {
            return (name.clone(), false);
        }
        let name = format!("kept_{}", names.len());
        names.insert(statement.to_owned(), name.clone());
        (name, true)
    }
}

const NULL: &str = "NULL";

impl Program<'_> {
    /// Runs every statement of every model. Two rows of each table stay, the second with nothing but what it must have.
    pub async fn works(&self, connection: &mut PgConnection, row: usize) -> Result<(), String> {
        let tables = self.values.tables();
        for (row, sparse) in [(row, false), (row + 1, false), (row + 2, !self.full_rows)] {
            for table in &tables {
                self.write(connection, table, row, sparse).await?;
            }
        }
        for table in tables.iter().rev().filter(|table| table.kind != TableKind::AppendOnly) {
            let found = self.run(connection, &dml::delete(table), &self.key(table, row)).await?;
            if found != 1 {
                return Err(format!("{}: the row {row} of {} cannot be deleted", self.name, table.name));
            }
        }
        Ok(())
    }

    async fn write(
        &self,
        connection: &mut PgConnection,
        table: &Table,
        row: usize,
        sparse: bool,
    ) -> Result<(), String> {
        let mut arguments = Vec::new();
        for bound in dml::Columns::of(table).inserted() {
            let column = bound.column;
            let left_out = sparse && (column.nullable || column.default.is_some());
            // A key that the server generates would not be known.
            let value = (!left_out || table.primary_key.columns.contains(&column.name))
                .then(|| self.values.value(table, column, row))
                .flatten();
            if bound.left_out == LeftOut::ByFlag {
                arguments.push(value.is_some().to_string());
            }
            arguments.push(value.unwrap_or_else(|| NULL.to_owned()));
        }
        self.one(connection, table, &dml::insert(table), &arguments).await?;
        self.one(connection, table, &dml::find(table), &self.key(table, row)).await?;
        if table.kind != TableKind::Standard || sparse {
            return self.sees(connection, table, row, sparse).await;
        }
        let mut arguments = self.key(table, row);
        for column in &dml::Columns::of(table).mutable {
            let value = self.values.value(table, column, row);
            if column.nullable {
                arguments.push("true".to_owned());
            }
            arguments.push(value.unwrap_or_else(|| NULL.to_owned()));
        }
        self.one(connection, table, &dml::update(table), &arguments).await?;
        self.sees(connection, table, row, false).await
    }

    /// A release whose session goes on reads the values that it wrote.
    async fn sees(&self, connection: &mut PgConnection, table: &Table, row: usize, sparse: bool) -> Result<(), String> {
        if self.kept.is_none() {
            return Ok(());
        }
        let mut conditions = Vec::new();
        for Bound { column, .. } in dml::Columns::of(table).inserted() {
            let is_key = table.primary_key.columns.contains(&column.name);
            let left_out = sparse && (column.nullable || column.default.is_some()) && !is_key;
            // The statements of a release set `updated_at`, and `JSON` knows no equality.
            if left_out || column.name == "updated_at" || column.sql_type == SqlType::Json {
                continue;
            }
            let value = self.values.value(table, column, row);
            conditions.extend(value.map(|value| format!("{} = {value}", quote(&column.name))));
        }
        let statement = format!("SELECT 1 FROM {} WHERE {}", quote(&table.name), conditions.join(" AND "));
        self.one(connection, table, &statement, &[]).await
    }

    fn key(&self, table: &Table, row: usize) -> Vec<String> {
        let columns = table.primary_key.columns.iter().filter_map(|name| table.column(name));
        columns.filter_map(|column: &Column| self.values.value(table, column, row)).collect()
    }

    async fn one(
        &self,
        connection: &mut PgConnection,
        table: &Table,
        statement: &str,
        arguments: &[String],
    ) -> Result<(), String> {
        match self.run(connection, statement, arguments).await? {
            1 => Ok(()),
            rows => Err(format!("{}: {rows} rows of {} instead of one: {statement}", self.name, table.name)),
        }
    }

    /// How many rows it returned or touched.
    async fn run(&self, connection: &mut PgConnection, statement: &str, arguments: &[String]) -> Result<u64, String> {
        let (name, is_new) = self.kept.map_or_else(|| ("step".to_owned(), true), |kept| kept.name(statement));
        let execute = match arguments {
            [] => format!("EXECUTE {name}"),
            _ => format!("EXECUTE {name}({})", arguments.join(", ")),
        };
        let failed = |error: sqlx::Error| {
            format!("{}: {error}\n    in: {statement}\n    with: {}", self.name, arguments.join(", "))
        };
        if is_new {
            let prepare = format!("PREPARE {name} AS {statement}");
            raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await.map_err(failed)?;
        }
        let answer = if statement.contains("RETURNING") || statement.starts_with("SELECT") {
            let rows = raw_sql(AssertSqlSafe(execute)).fetch_all(&mut *connection).await;
            rows.map(|rows| rows.iter().filter(|row| !row.is_empty()).count() as u64)
        } else {
            raw_sql(AssertSqlSafe(execute)).execute(&mut *connection).await.map(|done| done.rows_affected())
        };
        if self.kept.is_none() {
            raw_sql("DEALLOCATE step").execute(&mut *connection).await.map_err(failed)?;
        }
        answer.map_err(failed)
    }
}
