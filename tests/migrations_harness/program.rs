//! A release of the program: the statements of its models, as the derives write them.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Row as _, raw_sql};
use tablewright_core::schema::{Column, Table, TableKind};
use tablewright_core::sql::dml::{self, LeftOut};

use super::values::Values;

/// A release, and the rows that it writes.
pub struct Program<'a> {
    /// Its name in messages: `the old release`.
    pub name: &'static str,
    pub values: Values<'a>,
    /// No column is left out.
    pub full_rows: bool,
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
            return Ok(());
        }
        let mut arguments = self.key(table, row);
        for column in &dml::Columns::of(table).mutable {
            let value = self.values.value(table, column, row);
            if column.nullable {
                arguments.push("true".to_owned());
            }
            arguments.push(value.unwrap_or_else(|| NULL.to_owned()));
        }
        self.one(connection, table, &dml::update(table), &arguments).await
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
        let prepare = format!("PREPARE step AS {statement}");
        let execute = format!("EXECUTE step({})", arguments.join(", "));
        let failed = |error: sqlx::Error| {
            format!("{}: {error}\n    in: {statement}\n    with: {}", self.name, arguments.join(", "))
        };
        raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await.map_err(failed)?;
        let answer = if statement.contains("RETURNING") || statement.starts_with("SELECT") {
            let rows = raw_sql(AssertSqlSafe(execute)).fetch_all(&mut *connection).await;
            rows.map(|rows| rows.iter().filter(|row| !row.is_empty()).count() as u64)
        } else {
            raw_sql(AssertSqlSafe(execute)).execute(&mut *connection).await.map(|done| done.rows_affected())
        };
        raw_sql("DEALLOCATE step").execute(&mut *connection).await.map_err(failed)?;
        answer.map_err(failed)
    }
}
