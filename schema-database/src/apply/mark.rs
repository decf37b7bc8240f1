//! Marks of files that run outside of a transaction, whose progress no catalog shows.
//!
//! The table exists only while such a file is running, or after one that did not finish.

use sqlx::{PgConnection, Row as _};

use super::table;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS _tablewright_underway (
    version BIGINT PRIMARY KEY,
    is_up BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    units_done BIGINT NOT NULL,
    is_running BOOLEAN NOT NULL,
    is_untouched BOOLEAN NOT NULL DEFAULT FALSE
)";

/// For a table that was left by a runner of an earlier release.
const COMPLETE: &str =
    "ALTER TABLE _tablewright_underway ADD COLUMN IF NOT EXISTS is_untouched BOOLEAN NOT NULL DEFAULT FALSE";

/// How far a file got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) version: i64,
    /// The direction.
    pub(super) up: bool,
    pub(super) checksum: Vec<u8>,
    /// How many units are done.
    pub(super) done: usize,
    /// Whether the next unit was sent and no answer came.
    pub(super) running: bool,
    /// Whether nothing of what that unit changes was done before it was sent.
    pub(super) untouched: bool,
}

impl Mark {
    /// Whether nothing of the file has run.
    pub(super) fn is_fresh(&self) -> bool {
        self.done == 0 && !self.running
    }
}

pub(super) async fn read(connection: &mut PgConnection) -> Result<Vec<Mark>, sqlx::Error> {
    if !table::exists(connection, "_tablewright_underway").await? {
        return Ok(Vec::new());
    }
    let rows = sqlx::query("SELECT * FROM _tablewright_underway ORDER BY version").fetch_all(connection).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Mark {
                version: row.try_get("version")?,
                up: row.try_get("is_up")?,
                checksum: row.try_get("checksum")?,
                done: usize::try_from(row.try_get::<i64, _>("units_done")?).unwrap_or(0),
                running: row.try_get("is_running")?,
                untouched: row.try_get("is_untouched").unwrap_or(false),
            })
        })
        .collect()
}

/// Writes a mark, in the transaction that is open if there is one.
pub(super) async fn write(connection: &mut PgConnection, mark: &Mark) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO _tablewright_underway (version, is_up, checksum, units_done, is_running, is_untouched) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (version) DO UPDATE SET is_up = excluded.is_up, checksum = excluded.checksum, \
         units_done = excluded.units_done, is_running = excluded.is_running, is_untouched = excluded.is_untouched",
    )
    .bind(mark.version)
    .bind(mark.up)
    .bind(&mark.checksum)
    .bind(i64::try_from(mark.done).unwrap_or(i64::MAX))
    .bind(mark.running)
    .bind(mark.untouched)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn create(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(CREATE).execute(&mut *connection).await?;
    let complete: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_attribute WHERE attrelid = to_regclass('_tablewright_underway') \
         AND attname = 'is_untouched' AND NOT attisdropped)",
    )
    .fetch_one(&mut *connection)
    .await?;
    if !complete {
        sqlx::query(COMPLETE).execute(connection).await?;
    }
    Ok(())
}

pub(super) async fn remove(connection: &mut PgConnection, version: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM _tablewright_underway WHERE version = $1").bind(version).execute(connection).await?;
    Ok(())
}

/// Leaves no trace if nothing is half done. Called by the holder of the lock.
pub(super) async fn tidy(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    if table::exists(connection, "_tablewright_underway").await? && read(connection).await?.is_empty() {
        sqlx::query("DROP TABLE _tablewright_underway").execute(connection).await?;
    }
    Ok(())
}
