//! What a second connection sees of the first while it works: who blocks it, and its progress.

use std::fmt;
use std::time::Duration;

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row as _};

use super::error::seconds;

/// A session that holds what another one waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocker {
    /// The process on the server.
    pub pid: i32,
    /// What the program calls itself.
    pub application: String,
    /// `active`, `idle in transaction`, …
    pub state: String,
    /// Since when its transaction is open.
    pub since: Option<Duration>,
}

// Statements of others are not shown: they contain data.
impl fmt::Display for Blocker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process {}", self.pid)?;
        if !self.application.is_empty() {
            write!(f, " ({})", self.application)?;
        }
        if !self.state.is_empty() {
            write!(f, ", {}", self.state)?;
        }
        if let Some(since) = self.since {
            write!(f, ", its transaction open for {}", seconds(since))?;
        }
        Ok(())
    }
}

/// How far a statement is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What the server does, in its own words: `building index: scanning table`.
    pub stage: String,
    /// How much of the stage is done, of how much; `None` if the server does not say.
    pub part: Option<(u64, u64)>,
    /// What the parts are: `blocks`, `rows`.
    pub unit: &'static str,
    /// Who is waited for.
    pub blockers: Vec<Blocker>,
}

impl Progress {
    /// Whether nothing was done between the two.
    pub(super) fn is_as_far_as(&self, later: &Self) -> bool {
        (&self.stage, self.part) == (&later.stage, later.part)
    }
}

const SESSION: &str = "SELECT a.pid, coalesce(a.application_name, ''), coalesce(a.state, ''), \
     extract(epoch FROM clock_timestamp() - a.xact_start)::FLOAT8 FROM pg_stat_activity a ";

fn blocker(row: &PgRow) -> Result<Blocker, sqlx::Error> {
    let since: Option<f64> = row.try_get(3)?;
    Ok(Blocker {
        pid: row.try_get(0)?,
        application: row.try_get(1)?,
        state: row.try_get(2)?,
        since: since.and_then(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).ok()),
    })
}

/// One session, as far as the role may see it.
pub(super) async fn session(connection: &mut PgConnection, pid: i32) -> Result<Option<Blocker>, sqlx::Error> {
    let row = sqlx::query(sqlx::AssertSqlSafe(format!("{SESSION} WHERE a.pid = $1"))).bind(pid);
    row.fetch_optional(connection).await?.as_ref().map(blocker).transpose()
}

/// Who holds a lock that a session waits for.
pub(super) async fn blockers(connection: &mut PgConnection, pid: i32) -> Result<Vec<Blocker>, sqlx::Error> {
    let rows =
        sqlx::query(sqlx::AssertSqlSafe(format!("{SESSION} WHERE a.pid = ANY(pg_blocking_pids($1)) ORDER BY a.pid")))
            .bind(pid)
            .fetch_all(connection)
            .await?;
    rows.iter().map(blocker).collect()
}

/// What a session at work waits for: a lock, its client, or the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    /// In the server's words: `Lock virtualxid`.
    pub(super) event: String,
    /// The start of its transaction, which tells one wait from the next.
    began: Option<String>,
}

pub(super) async fn waits(connection: &mut PgConnection, pid: i32) -> Result<Option<Wait>, sqlx::Error> {
    let row: Option<(String, Option<String>)> = sqlx::query_as(
        "SELECT concat(wait_event_type, ' ', wait_event), xact_start::text FROM pg_stat_activity \
         WHERE pid = $1 AND state = 'active' AND (wait_event_type IN ('Lock', 'Client') OR wait_event = 'PgSleep')",
    )
    .bind(pid)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(event, began)| Wait { event, began }))
}

/// Who holds an advisory lock, or waits for it.
pub(super) async fn sessions_of_lock(
    connection: &mut PgConnection,
    id: i64,
    granted: bool,
) -> Result<Vec<Blocker>, sqlx::Error> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
        "{SESSION} JOIN pg_locks l ON l.pid = a.pid \
         WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted = $2 \
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()) \
         AND l.classid::INT8 << 32 | l.objid::INT8 = $1 AND a.pid <> pg_backend_pid() ORDER BY a.pid"
    )))
    .bind(id)
    .bind(granted)
    .fetch_all(connection)
    .await?;
    rows.iter().map(blocker).collect()
}

/// The progress of a session, if the server reports it.
pub(super) async fn progress(connection: &mut PgConnection, pid: i32) -> Result<Progress, sqlx::Error> {
    let blockers = blockers(connection, pid).await?;
    let row = sqlx::query(
        "SELECT phase, blocks_done, blocks_total, tuples_done, tuples_total, lockers_done, lockers_total \
         FROM pg_stat_progress_create_index WHERE pid = $1",
    )
    .bind(pid)
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return backfill(connection, pid, blockers).await };
    let number = |index: usize| -> Result<u64, sqlx::Error> {
        Ok(u64::try_from(row.try_get::<Option<i64>, _>(index)?.unwrap_or(0)).unwrap_or(0))
    };
    let parts = [
        ("blocks", number(1)?, number(2)?),
        ("rows", number(3)?, number(4)?),
        ("transactions", number(5)?, number(6)?),
    ];
    let part = parts.into_iter().find(|(_, done, total)| *total > 0 && done <= total);
    Ok(Progress {
        stage: row.try_get(0)?,
        part: part.map(|(_, done, total)| (done, total)),
        unit: part.map_or("", |(unit, ..)| unit),
        blockers,
    })
}

/// The rows of a backfill that says how many it has gone through, in the name of its session:
/// `SELECT set_config('application_name', 'backfill: 12000 rows of orders', false)`.
async fn backfill(connection: &mut PgConnection, pid: i32, blockers: Vec<Blocker>) -> Result<Progress, sqlx::Error> {
    let name: Option<String> = sqlx::query_scalar("SELECT application_name FROM pg_stat_activity WHERE pid = $1")
        .bind(pid)
        .fetch_optional(&mut *connection)
        .await?
        .flatten();
    let unknown = Progress { blockers, ..Progress::default() };
    let Some((done, table)) = name.as_deref().and_then(backfilled) else { return Ok(unknown) };
    let rows: Option<f32> = sqlx::query_scalar("SELECT reltuples FROM pg_class WHERE oid = to_regclass($1)")
        .bind(table)
        .fetch_optional(connection)
        .await?;
    // An estimate below what is already done is useless.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let total = rows.map_or(0, |rows| rows.max(0.0) as u64).max(done);
    Ok(Progress { stage: format!("filling {table}"), part: Some((done, total)), unit: "rows", ..unknown })
}

fn backfilled(name: &str) -> Option<(u64, &str)> {
    let (rows, table) = name.strip_prefix("backfill: ")?.split_once(" rows of ")?;
    Some((rows.parse().ok()?, table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backfill_shows_its_row_count_in_its_name() {
        assert_eq!(backfilled("backfill: 12000 rows of orders"), Some((12_000, "orders")));
        assert_eq!(backfilled("psql"), None);
    }

    #[test]
    fn a_blocking_session_is_named_without_its_statement() {
        let blocker = Blocker {
            pid: 7,
            application: "worker".to_owned(),
            state: "idle in transaction".to_owned(),
            since: Some(Duration::from_secs(125)),
        };
        assert_eq!(blocker.to_string(), "process 7 (worker), idle in transaction, its transaction open for 2 min 5 s");
    }
}
