//! The migration that makes what is there already, marked as applied.

use std::path::Path;

use sqlx::migrate::{Migration, MigrationType};

use super::super::{Connection, Error};

/// What came of marking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// The migrations are marked.
    Marked(usize),
    /// The database knows migrations already: whether they are these is for a person to say.
    Known(usize),
}

/// The table of sqlx's own runner, as that creates it.
const CREATE: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
)";

/// Marks the migrations of a folder as applied, where the database knows of none.
///
/// # Errors
/// A folder that cannot be read, a role that may not write.
pub async fn mark(connection: &mut Connection, folder: &Path) -> Result<Baseline, Error> {
    let unreadable = |error: std::io::Error| Error::Other {
        doing: format!("read {}", folder.display()).into(),
        problem: error.to_string(),
    };
    let mut migrations: Vec<Migration> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((version, description)) = name.strip_suffix(".up.sql").and_then(|stem| stem.split_once('_')) else {
            continue;
        };
        let Ok(version) = version.parse() else { continue };
        let text = std::fs::read_to_string(&path).map_err(unreadable)?;
        let alone = text.starts_with("-- no-transaction");
        let description = description.replace('_', " ").into();
        let text = sqlx::SqlSafeStr::into_sql_str(sqlx::AssertSqlSafe(text));
        migrations.push(Migration::new(version, description, MigrationType::ReversibleUp, text, alone));
    }
    migrations.sort_by_key(|migration| migration.version);
    let failed = connection.failed("mark the migration as applied");
    marked(connection, &migrations).await.map_err(failed)
}

async fn marked(connection: &mut Connection, migrations: &[Migration]) -> Result<Baseline, sqlx::Error> {
    use sqlx::Connection as _;
    let mut transaction = connection.sql().begin().await?;
    sqlx::raw_sql(CREATE).execute(&mut *transaction).await?;
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM _sqlx_migrations").fetch_one(&mut *transaction).await?;
    if known > 0 {
        transaction.rollback().await?;
        return Ok(Baseline::Known(usize::try_from(known).unwrap_or(usize::MAX)));
    }
    for migration in migrations {
        let insert = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
                      VALUES ($1, $2, TRUE, $3, 0)";
        sqlx::query(insert)
            .bind(migration.version)
            .bind(migration.description.as_ref())
            .bind(migration.checksum.as_ref())
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(Baseline::Marked(migrations.len()))
}
