//! One runner at a time: the lock of sqlx's own runner where there are advisory locks, a lease in a row elsewhere.

use std::time::Duration;

use sqlx::PgConnection;

use super::index::code;
use super::watch::{self, Blocker};

/// How long a lease lasts without renewal.
const LEASE: &str = "30 seconds";

/// How often a lease is renewed.
pub(super) const RENEW: Duration = Duration::from_secs(8);

const CREATE_LEASE: &str = "CREATE TABLE IF NOT EXISTS _tablewright_lease (
    id BIGINT PRIMARY KEY,
    holder TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL
)";

/// The lock of one database.
#[derive(Clone, Debug)]
pub(super) enum RunnerLock {
    /// Held by the session that runs the files: it lasts for exactly as long as the server works for it, even when
    /// the runner was killed.
    Advisory(i64),
    /// Held by whoever wrote the row last and renews it.
    Lease(String),
}

impl RunnerLock {
    /// The lock that sqlx takes for a database of this name.
    pub(super) fn advisory(database: &str) -> Self {
        let crc = crc::Crc::<u32>::new(&crc::CRC_32_ISO_HDLC).checksum(database.as_bytes());
        Self::Advisory(0x3d32_ad9e * i64::from(crc))
    }

    pub(super) fn lease() -> Self {
        Self::Lease(format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..)))
    }

    /// Takes the lock if it is free. It never waits on the server: a session that waits for an advisory lock holds a
    /// snapshot, and `CREATE INDEX CONCURRENTLY` waits for every snapshot, so the two would deadlock.
    pub(super) async fn take(&self, connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
        match self {
            Self::Advisory(id) => {
                sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(id).fetch_one(connection).await
            }
            Self::Lease(holder) => {
                if !super::table::exists(connection, "_tablewright_lease").await? {
                    match sqlx::query(CREATE_LEASE).execute(&mut *connection).await {
                        Ok(_) => {}
                        // Two at once: `IF NOT EXISTS` checks before it creates.
                        Err(error) if matches!(code(&error).as_deref(), Some("23505" | "42P07")) => return Ok(false),
                        Err(error) => return Err(error),
                    }
                }
                Self::write(connection, holder).await
            }
        }
    }

    /// Makes a lease last. `false` where another runner has it.
    pub(super) async fn renew(&self, connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
        match self {
            Self::Advisory(_) => Ok(true),
            Self::Lease(holder) => Self::write(connection, holder).await,
        }
    }

    async fn write(connection: &mut PgConnection, holder: &str) -> Result<bool, sqlx::Error> {
        let taken: Option<String> = sqlx::query_scalar(
            "INSERT INTO _tablewright_lease (id, holder, until) VALUES (1, $1, now() + $2::INTERVAL) \
             ON CONFLICT (id) DO UPDATE SET holder = excluded.holder, until = excluded.until \
             WHERE _tablewright_lease.until < now() OR _tablewright_lease.holder = excluded.holder \
             RETURNING holder",
        )
        .bind(holder)
        .bind(LEASE)
        .fetch_optional(connection)
        .await?;
        Ok(taken.is_some())
    }

    pub(super) async fn release(&self, connection: &mut PgConnection) -> Result<(), sqlx::Error> {
        match self {
            Self::Advisory(id) => {
                sqlx::query("SELECT pg_advisory_unlock($1)").bind(id).execute(connection).await?;
            }
            Self::Lease(holder) => {
                sqlx::query("DELETE FROM _tablewright_lease WHERE id = 1 AND holder = $1")
                    .bind(holder)
                    .execute(connection)
                    .await?;
            }
        }
        Ok(())
    }

    /// Who has the lock, and who waits for it in a statement.
    pub(super) async fn sessions(
        &self,
        connection: &mut PgConnection,
        granted: bool,
    ) -> Result<Vec<Blocker>, sqlx::Error> {
        let Self::Advisory(id) = self else { return Ok(Vec::new()) };
        watch::sessions_of_lock(connection, *id, granted).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_sqlxs_own() {
        // As `generate_lock_id` of sqlx 0.9 computes it: 0x3d32ad9e times CRC-32, of which 0xcbf43926 is the known answer.
        let RunnerLock::Advisory(id) = RunnerLock::advisory("123456789") else { panic!() };
        assert_eq!(id, 0x3d32_ad9e * 0xcbf4_3926);
    }
}
