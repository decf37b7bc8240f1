//! A way back that refuses to continue if rows would not fit: what it says, and that it continues when the rows do
//! as it says.

use sqlx::AssertSqlSafe;
use sqlx::postgres::PgConnection;
use tablewright_core::plan::Script;
use tablewright_core::schema::{Column, Schema, Table};
use tablewright_core::sql::quote;

use super::catalog::{self, Lines};
use super::database::{self, HINT};
use super::rows::{self, Rows};
use super::values::Values;

/// Whether a way back is intended to refuse if rows are in its way.
pub fn refuses(script: &Script) -> bool {
    asks_for_values(script) || !script.refuses.is_empty()
}

fn asks_for_values(script: &Script) -> bool {
    script.what.contains("give them a value first")
}

/// What a database contained before a way back was tried.
pub struct Before {
    rows: Rows,
    catalog: Lines,
}

impl Before {
    pub async fn new(connection: &mut PgConnection, old: &Schema) -> Self {
        Self { rows: rows::snapshot(connection, old).await, catalog: catalog::lines(connection).await }
    }

    /// What is wrong with a refusal: it says why and what to do, and it leaves everything as it was.
    pub async fn problems(&self, connection: &mut PgConnection, old: &Schema, error: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        let plan = error.lines().any(|line| line.trim_start().starts_with(HINT) && line.len() > 40);
        let reasons = ["some rows have", "some rows break", "only by being made anew"];
        if !plan || !reasons.iter().any(|reason| error.contains(reason)) {
            wrong.push(format!("it refuses without a reason or without a plan: {error}"));
        }
        if rows::snapshot(connection, old).await != self.rows {
            wrong.push("it refuses, but the rows have changed".to_owned());
        }
        if let Some(text) = catalog::difference(&self.catalog, &catalog::lines(connection).await) {
            wrong.push(format!("it refuses, but the catalog has changed\n{text}"));
        }
        wrong
    }
}

/// Does as the refusal says: rows without a value get one. If only rows are in the way, they are deleted; the answer is
/// whether rows are lost that way.
pub async fn obey(connection: &mut PgConnection, script: &Script, values: Values<'_>) -> Result<bool, String> {
    if !asks_for_values(script) {
        rows::delete(connection).await;
        return Ok(true);
    }
    for table in values.tables() {
        // A table that was dropped came back without its rows, and other rows are to reference one.
        let is_empty = format!("SELECT NOT EXISTS (SELECT FROM {})", quote(&table.name));
        if sqlx::query_scalar::<_, bool>(AssertSqlSafe(is_empty)).fetch_one(&mut *connection).await.unwrap_or_default()
        {
            database::execute(connection, &values.insert(table, 1)).await?;
        }
        for column in table.columns.iter().filter(|column| !column.nullable && column.insertable()) {
            give(connection, table, column, values).await?;
        }
    }
    Ok(false)
}

/// Gives each row a value that has none in a column, if the column is there.
pub async fn give(
    connection: &mut PgConnection,
    table: &Table,
    column: &Column,
    values: Values<'_>,
) -> Result<(), String> {
    let sql = "SELECT EXISTS (SELECT FROM information_schema.columns WHERE table_name = $1 AND column_name = $2)";
    let there: bool =
        sqlx::query_scalar(sql).bind(&table.name).bind(&column.name).fetch_one(&mut *connection).await.unwrap();
    let (name, field) = (quote(&table.name), quote(&column.name));
    let is_reference = table.foreign_keys.iter().any(|key| key.columns.contains(&column.name));
    // Far from the values of existing rows, except for one that must match a row of another table.
    for row in 900..if there { 1_000 } else { 0 } {
        let row = if is_reference { 1 } else { row };
        let Some(value) = values.value(table, column, row) else { continue };
        let empty = format!("SELECT tableoid, ctid FROM {name} WHERE {field} IS NULL LIMIT 1");
        let update = format!("UPDATE {name} SET {field} = {value} WHERE (tableoid, ctid) = ({empty})");
        database::execute(connection, &update).await?;
    }
    Ok(())
}
