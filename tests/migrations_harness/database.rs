//! A new database with the tables of a schema.

use sqlx::postgres::{PgConnection, PgDatabaseError, PgPool, PgPoolOptions};
use sqlx::{AssertSqlSafe, raw_sql};
use tablewright_core::config::Profile;
use tablewright_core::dialect::Target;
use tablewright_core::plan::{self, Allowed};
use tablewright_core::schema::Schema;
use tablewright_core::sql::Statement;

/// An empty database and the one connection to it; the database is dropped with its handle.
pub async fn empty() -> (tablewright_tempdb::Database, PgPool) {
    let database = tokio::task::spawn_blocking(tablewright_tempdb::database).await.unwrap();
    let pool = PgPoolOptions::new().max_connections(1).connect(database.url()).await.unwrap();
    (database, pool)
}

/// Creates everything that the schema states in a database that has none of it.
pub async fn create(connection: &mut PgConnection, schema: &Schema, profile: &Profile) -> Result<(), String> {
    if schema.customs.is_empty() {
        let creation = plan::create_all(schema, profile).map_err(|problems| format!("{problems:?}"))?;
        for statement in creation.up.iter().flat_map(|group| &group.statements) {
            execute(connection, statement).await?;
        }
        return Ok(());
    }
    // The user's own SQL may come before the tables that call it.
    let profile = Profile { targets: vec![Target::Postgres], ..profile.clone() };
    let plan = plan::plan(&Schema::default(), schema, &profile, &Allowed::default());
    for step in plan.map_err(|problems| format!("{problems:?}"))?.steps {
        let text: Vec<&str> = step.up.statements().map(Statement::as_str).collect();
        execute(connection, &text.join("\n")).await?;
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
