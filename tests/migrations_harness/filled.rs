//! Sample rows of a schema that another takes too.

use sqlx::postgres::{PgConnection, PgRow};
use sqlx::{AssertSqlSafe, Row as _};
use tablewright_core::samples::{self, MOST_ATTEMPTS, Samples};
use tablewright_core::schema::{Schema, Table};

const ROWS: usize = 5;

/// Fills every table. One that no row was found for stays empty.
pub async fn fill(connection: &mut PgConnection, schema: &Schema, other: &Schema) -> Result<(), String> {
    let mut samples = Samples::new(schema, vec![other]);
    let mut number = 0;
    for table in samples.tables() {
        for _ in 0..ROWS {
            let Some(row) = insert(connection, &samples, table, &mut number).await else { break };
            samples.learn(&table.name, row);
        }
    }
    let filled = schema.tables.keys().any(|table| !samples.rows(table).is_empty());
    if filled { Ok(()) } else { Err("no table could be filled".to_owned()) }
}

async fn insert(
    connection: &mut PgConnection,
    samples: &Samples<'_>,
    table: &Table,
    number: &mut usize,
) -> Option<samples::Row> {
    for attempt in 0..MOST_ATTEMPTS {
        *number += 1;
        let row = samples.row(table, *number, attempt).ok()?;
        let sql = samples::insert(table, &row);
        if let Ok(found) = sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut *connection).await {
            return Some(row_of(table, &found));
        }
    }
    None
}

fn row_of(table: &Table, found: &PgRow) -> samples::Row {
    let value = |name: &String| found.try_get_unchecked::<Option<String>, _>(name.as_str()).ok();
    table.columns.iter().filter_map(|column| Some((column.name.clone(), value(&column.name)?))).collect()
}
