//! `_sqlx_migrations`, the table that sqlx's own runner keeps, in the same form; and the marks of what is half done.

use std::collections::BTreeMap;
use std::time::Duration;

use sqlx::{PgConnection, Row as _};

use super::Failed;
use super::file::File;

/// As sqlx creates it.
const CREATE: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
)";

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Applied {
    pub(super) description: String,
    pub(super) success: bool,
    pub(super) checksum: Vec<u8>,
}

/// The rows by version; none where there is no table.
pub(crate) async fn applied(connection: &mut PgConnection) -> Result<BTreeMap<i64, Applied>, sqlx::Error> {
    if !exists(connection, "_sqlx_migrations").await? {
        return Ok(BTreeMap::new());
    }
    let rows = sqlx::query("SELECT version, description, success, checksum FROM _sqlx_migrations ORDER BY version")
        .fetch_all(connection)
        .await?;
    rows.into_iter()
        .map(|row| {
            let applied = Applied { description: row.try_get(1)?, success: row.try_get(2)?, checksum: row.try_get(3)? };
            Ok((row.try_get(0)?, applied))
        })
        .collect()
}

pub(crate) async fn create(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    // `IF NOT EXISTS` asks for the right to create although there is nothing to create.
    if !exists(connection, "_sqlx_migrations").await? {
        sqlx::query(CREATE).execute(connection).await?;
    }
    Ok(())
}

pub(super) async fn exists(connection: &mut PgConnection, table: &str) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("SELECT to_regclass($1) IS NOT NULL").bind(table).fetch_one(connection).await
}

/// Compares the table with the files, by sqlx's own rules.
pub(super) fn check(applied: &BTreeMap<i64, Applied>, files: &[File]) -> Result<(), Failed> {
    for (version, row) in applied {
        let file = files.iter().find(|file| file.version == *version);
        if !row.success {
            let name = file.map_or_else(|| format!("{version:03}"), |file| file.name.clone());
            return Err(Failed::Dirty { name, version: *version });
        }
        let is_it = file.is_some_and(|file| file.up.checksum == row.checksum);
        if let Some(renumbered) = Some(*version).filter(|_| !is_it).and_then(|from| renumbered(applied, files, from)) {
            return Err(renumbered);
        }
        match file {
            None => return Err(Failed::Missing { version: *version, description: row.description.clone() }),
            Some(file) if file.up.checksum != row.checksum => return Err(Failed::Changed { name: file.name.clone() }),
            Some(_) => {}
        }
    }
    Ok(())
}

/// What ran from a version on, and has another number here: a merge gave it that.
fn renumbered(applied: &BTreeMap<i64, Applied>, files: &[File], from: i64) -> Option<Failed> {
    applied.range(from..).find_map(|(version, row)| {
        let now = files.iter().find(|file| file.version != *version && file.up.checksum == row.checksum)?;
        Some(Failed::Renumbered { name: now.name.clone(), version: *version, last: from - 1 })
    })
}

/// Writes that a migration ran. The time is written later, as sqlx does.
pub(crate) async fn record(connection: &mut PgConnection, file: &File) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES ($1, $2, TRUE, $3, -1)",
    )
    .bind(file.version)
    .bind(&file.description)
    .bind(&file.up.checksum)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn took(connection: &mut PgConnection, file: &File, took: Duration) -> Result<(), sqlx::Error> {
    sqlx::query("UPDATE _sqlx_migrations SET execution_time = $1 WHERE version = $2")
        .bind(i64::try_from(took.as_nanos()).unwrap_or(i64::MAX))
        .bind(file.version)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes the record of a migration.
pub(super) async fn remove(connection: &mut PgConnection, file: &File) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM _sqlx_migrations WHERE version = $1").bind(file.version).execute(connection).await?;
    Ok(())
}
