//! Sample rows of a schema that another takes too.

use sqlx::postgres::PgConnection;
use tablewright_core::samples::Samples;
use tablewright_core::schema::Schema;

const ROWS: usize = 5;

/// Fills every table. One that no row was found for stays empty.
pub async fn fill(connection: &mut PgConnection, schema: &Schema, other: &Schema) -> Result<(), String> {
    let mut samples = Samples::new(schema, vec![other]);
    let filled = tablewright_database::fill(connection, &mut samples, ROWS, &mut 0).await;
    match filled.map_err(|error| error.to_string())? {
        (0, unfilled) => Err(format!("no table could be filled: {unfilled:?}")),
        _ => Ok(()),
    }
}
