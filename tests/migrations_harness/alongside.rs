//! Runs what cannot run in a transaction alongside writers, so that its locks are known without being seen.
//!
//! At every moment of the run at least one other session holds the lock of a writer on every table: the next takes it
//! before the previous one releases it. While one of them holds it, no one is granted SHARE or anything stronger. So what
//! finishes in between blocked no reader and no writer. Where it waits for transactions that are
//! older, as CREATE INDEX CONCURRENTLY does, the next writer takes over; where it waits for a lock that a writer keeps
//! from it, that is the lock that it takes.

use std::pin::pin;
use std::time::Duration;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::database::execute;
use super::run::{Files, Trace, lock};

/// The interval between two looks at the server.
const LOOK: Duration = Duration::from_millis(2);

/// A wait for a row or a moment of another session is over long before.
const PATIENCE: u32 = 5_000;

/// A session that holds the lock of a writer on every table.
struct Writer(PgConnection);

impl Writer {
    async fn start(others: &PgConnectOptions) -> Result<Self, String> {
        let mut connection = PgConnection::connect_with(others).await.map_err(|error| error.to_string())?;
        let tables: Vec<String> = sqlx::query_scalar(
            "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')",
        )
        .fetch_all(&mut connection)
        .await
        .map_err(|error| error.to_string())?;
        execute(&mut connection, "BEGIN").await?;
        for table in tables {
            execute(&mut connection, &format!("LOCK TABLE ONLY {table} IN ROW EXCLUSIVE MODE NOWAIT")).await?;
        }
        Ok(Self(connection))
    }

    async fn end(mut self) -> Result<(), String> {
        execute(&mut self.0, "COMMIT").await?;
        self.0.close().await.map_err(|error| error.to_string())
    }
}

/// Runs a text alongside writers.
pub async fn run(
    connection: &mut PgConnection,
    text: &str,
    before: &Files,
    trace: &mut Trace,
    others: &PgConnectOptions,
) -> Result<(), String> {
    let session: i32 = sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut *connection).await.unwrap();
    let mut observer = PgConnection::connect_with(others).await.map_err(|error| error.to_string())?;
    let mut writer = Some(Writer::start(others).await?);
    let mut running = pin!(execute(connection, text));
    let mut looks = 0;
    let done = loop {
        tokio::select! {
            done = &mut running => break done,
            () = tokio::time::sleep(LOOK) => {}
        }
        let sql = "SELECT locktype, coalesce(relation::oid::text, ''), mode, granted FROM pg_locks WHERE pid = $1";
        let locks: Vec<(String, String, String, bool)> =
            sqlx::query_as(sql).bind(session).fetch_all(&mut observer).await.unwrap();
        let Some((kind, ..)) = locks.iter().find(|(.., granted)| !granted) else {
            looks += 1;
            if looks > PATIENCE {
                return Err("it does not finish".to_owned());
            }
            continue;
        };
        for (_, object, mode, _) in &locks {
            if let (Some((name, _)), Some(mode)) = (before.get(object), lock(mode)) {
                trace.locks.entry(name.clone()).or_default().insert(mode);
            }
        }
        let next = if kind == "relation" { None } else { Some(Writer::start(others).await?) };
        if let Some(last) = std::mem::replace(&mut writer, next) {
            last.end().await?;
        }
    };
    trace.alongside_writers = writer.is_some() && done.is_ok();
    if let Some(last) = writer {
        last.end().await?;
    }
    done
}
