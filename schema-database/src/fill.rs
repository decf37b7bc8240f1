//! Sample rows in the tables of a database. What only the server can judge is left to it: a row that it refuses is tried in
//! another way.

use sqlx::postgres::PgRow;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tablewright_core::samples::{self, MOST_ATTEMPTS, Missing, Row, Samples, Unfilled};
use tablewright_core::schema::Table;

/// Fills the tables up to a number of rows. Gives how many went in, and the tables that have none.
///
/// `number` is that of the last row, and goes on: no two rows have the same.
///
/// # Errors
/// What the connection said, where it was lost.
pub async fn fill(
    connection: &mut PgConnection,
    samples: &mut Samples<'_>,
    most: usize,
    number: &mut usize,
) -> Result<(usize, Vec<Unfilled>), sqlx::Error> {
    let (mut filled, mut unfilled) = (0, Vec::new());
    for table in samples.tables() {
        let mut why = None;
        // Where each row takes a row of another table for itself, some stay free for what a release inserts.
        let most = if is_one_to_one(table) { most.div_ceil(2) } else { most };
        while samples.rows(&table.name).len() < most {
            match insert(connection, samples, table, number).await? {
                Ok(row) => {
                    samples.learn(&table.name, row);
                    filled += 1;
                }
                Err(problem) => {
                    why = Some(problem);
                    break;
                }
            }
        }
        unfilled.extend(why.filter(|_| samples.rows(&table.name).is_empty()));
    }
    Ok((filled, unfilled))
}

/// Whether a key of the table is made of references.
fn is_one_to_one(table: &Table) -> bool {
    let references = |column: &String| table.foreign_keys.iter().any(|key| key.columns.contains(column));
    let uniques = table.uniques.iter().map(|unique| &unique.columns);
    let mut keys = uniques.chain([&table.primary_key.columns]);
    keys.any(|columns| !columns.is_empty() && columns.iter().all(references))
}

/// Inserts one row, tried in several ways.
async fn insert(
    connection: &mut PgConnection,
    samples: &Samples<'_>,
    table: &Table,
    number: &mut usize,
) -> Result<Result<Row, Unfilled>, sqlx::Error> {
    let mut last = None;
    for attempt in 0..MOST_ATTEMPTS {
        *number += 1;
        let row = match samples.row(table, *number, attempt) {
            Ok(row) => row,
            Err(problem) => return Ok(Err(problem)),
        };
        let sql = samples::insert(table, &row);
        match sqlx::raw_sql(AssertSqlSafe(sql)).fetch_one(&mut *connection).await {
            Ok(found) => return Ok(Ok(row_of(table, &found))),
            Err(error) => match error.as_database_error() {
                // Without the values, so that the same problem reads the same.
                Some(database) => last = Some(database.message().to_owned()),
                None => return Err(error),
            },
        }
    }
    let why = Missing::Refused(last.unwrap_or_default());
    Ok(Err(Unfilled { table: table.name.clone(), why }))
}

/// The columns of a table that a row has, as text.
pub(crate) fn row_of(table: &Table, found: &PgRow) -> Row {
    let value = |name: &String| found.try_get_unchecked::<Option<String>, _>(name.as_str()).ok();
    table.columns.iter().filter_map(|column| Some((column.name.clone(), value(&column.name)?))).collect()
}
