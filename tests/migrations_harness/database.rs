//! A new database with the tables of a schema.

use sqlx::postgres::{PgConnection, PgDatabaseError, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, raw_sql};
use tablewright_core::config::Profile;
use tablewright_core::plan;
use tablewright_core::schema::Schema;

/// An empty database and the one connection to it; the database is dropped with its handle.
pub async fn empty() -> (tablewright_tempdb::Database, PgPool) {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.unwrap();
    (database, pool)
}

/// Creates everything that the schema states in a database that has none of it.
pub async fn create(connection: &mut PgConnection, schema: &Schema, profile: &Profile) -> Result<(), String> {
    let creation = plan::create_all(schema, profile).map_err(|problems| format!("{problems:?}"))?;
    for statement in creation.up.iter().flat_map(|group| &group.statements) {
        execute(connection, statement).await?;
    }
    // The user's own SQL, each after what it names.
    let mut open: Vec<_> = schema.customs.values().collect();
    while !open.is_empty() {
        let waits = |name: &String| open.iter().any(|it| it.name == *name);
        let next = open.iter().position(|it| !it.after.iter().any(waits)).ok_or("SQL that waits for itself")?;
        execute(connection, &open.remove(next).up).await?;
    }
    Ok(())
}

/// What comes before the server's advice in an error.
pub const HINT: &str = "hint: ";

/// Runs a text as it is.
pub async fn execute(connection: &mut PgConnection, text: &str) -> Result<(), String> {
    let result = raw_sql(AssertSqlSafe(text.to_owned())).execute(connection).await;
    result.map(drop).map_err(|error| {
        let server = error.as_database_error().and_then(|error| error.try_downcast_ref::<PgDatabaseError>());
        let hint = server.and_then(PgDatabaseError::hint).map(|hint| format!("\n    {HINT}{hint}")).unwrap_or_default();
        format!("{error}{hint}\n    in: {}", text.trim())
    })
}
