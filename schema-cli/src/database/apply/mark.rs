//! Marks of files that run outside of a transaction, where no catalog tells how far they came.
//!
//! The table is there only while such a file is at work, or was and did not finish.

use sqlx::{PgConnection, Row as _};

use super::table;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS _tablewright_underway (
    version BIGINT PRIMARY KEY,
    is_up BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    units_done BIGINT NOT NULL,
    is_running BOOLEAN NOT NULL
)";

/// How far a file came.
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
}

pub(super) async fn read(connection: &mut PgConnection) -> Result<Vec<Mark>, sqlx::Error> {
    if !table::exists(connection, "_tablewright_underway").await? {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "SELECT version, is_up, checksum, units_done, is_running FROM _tablewright_underway ORDER BY version",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Mark {
                version: row.try_get(0)?,
                up: row.try_get(1)?,
                checksum: row.try_get(2)?,
                done: usize::try_from(row.try_get::<i64, _>(3)?).unwrap_or(0),
                running: row.try_get(4)?,
            })
        })
        .collect()
}

/// Writes a mark, in the transaction that is open if there is one.
pub(super) async fn write(connection: &mut PgConnection, mark: &Mark) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO _tablewright_underway (version, is_up, checksum, units_done, is_running) \
         VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (version) DO UPDATE SET is_up = excluded.is_up, checksum = excluded.checksum, \
         units_done = excluded.units_done, is_running = excluded.is_running",
    )
    .bind(mark.version)
    .bind(mark.up)
    .bind(&mark.checksum)
    .bind(i64::try_from(mark.done).unwrap_or(i64::MAX))
    .bind(mark.running)
    .execute(connection)
    .await?;
    Ok(())
}

pub(super) async fn create(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query(CREATE).execute(connection).await?;
    Ok(())
}

pub(super) async fn remove(connection: &mut PgConnection, version: i64) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM _tablewright_underway WHERE version = $1").bind(version).execute(connection).await?;
    Ok(())
}

/// Leaves no trace where nothing is half done. Called by who holds the lock.
pub(super) async fn tidy(connection: &mut PgConnection) -> Result<(), sqlx::Error> {
    if table::exists(connection, "_tablewright_underway").await? && read(connection).await?.is_empty() {
        sqlx::query("DROP TABLE _tablewright_underway").execute(connection).await?;
    }
    Ok(())
}
