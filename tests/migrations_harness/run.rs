//! Runs a migration file as sqlx does, and sees from within what it locks, reads and writes anew.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::PgConnection;

use super::database::execute;

/// What sqlx looks for at the very start of a file.
const NO_TRANSACTION: &str = "-- no-transaction";

/// What a file did to the tables that were there before.
#[derive(Debug, Default)]
pub struct Trace {
    /// The locks of each table that keep others from something, weakest first.
    pub locks: BTreeMap<String, BTreeSet<Lock>>,
    /// Tables that were read from end to end while nobody could write.
    pub scanned: BTreeSet<String>,
    /// Tables and indexes that were written anew.
    pub rewritten: BTreeSet<String>,
}

/// A lock that keeps others from something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lock {
    /// Other changes of the schema, vacuum.
    ShareUpdateExclusive,
    /// Writers.
    Share,
    /// Writers.
    ShareRowExclusive,
    /// Writers, and `FOR UPDATE`.
    Exclusive,
    /// Everybody.
    AccessExclusive,
}

impl Lock {
    const ALL: [Self; 5] =
        [Self::ShareUpdateExclusive, Self::Share, Self::ShareRowExclusive, Self::Exclusive, Self::AccessExclusive];

    /// The words of the documentation and of the headers.
    pub fn words(self) -> &'static str {
        match self {
            Self::ShareUpdateExclusive => "SHARE UPDATE EXCLUSIVE",
            Self::Share => "SHARE",
            Self::ShareRowExclusive => "SHARE ROW EXCLUSIVE",
            Self::Exclusive => "EXCLUSIVE",
            Self::AccessExclusive => "ACCESS EXCLUSIVE",
        }
    }

    /// As `pg_locks` writes it: `AccessExclusiveLock`.
    fn read(mode: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lock| format!("{lock:?}Lock") == mode)
    }
}

/// Tables and indexes, each with the file that holds its rows.
type Files = BTreeMap<String, i64>;

async fn files(connection: &mut PgConnection) -> Files {
    // By object, not by name: a rename writes nothing.
    let sql = "SELECT oid::text, pg_relation_filenode(oid)::int8 FROM pg_class
               WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'i') AND relname NOT LIKE '\\_sqlx%'";
    sqlx::query_as::<_, (String, i64)>(sql).fetch_all(&mut *connection).await.unwrap().into_iter().collect()
}

/// Runs a file, and tells what it did. `Err` is the server's.
pub async fn file(connection: &mut PgConnection, text: &str) -> Result<Trace, String> {
    let before = files(connection).await;
    let mut trace = Trace::default();
    if text.starts_with(NO_TRANSACTION) {
        // Its own transactions are seen before each of them ends.
        for (number, part) in text.split("\nBEGIN;").enumerate() {
            let Some((inside, behind)) = part.split_once("\nCOMMIT;").filter(|_| number > 0) else {
                execute(connection, part).await?;
                continue;
            };
            transaction(connection, inside, &before, &mut trace).await?;
            execute(connection, behind).await?;
        }
    } else {
        transaction(connection, text, &before, &mut trace).await?;
    }
    let after = files(connection).await;
    for (object, file) in &before {
        if after.get(object).is_some_and(|now| now != file) {
            let name: String = sqlx::query_scalar("SELECT relname::text FROM pg_class WHERE oid = $1::oid")
                .bind(object)
                .fetch_one(&mut *connection)
                .await
                .unwrap();
            trace.rewritten.insert(name);
        }
    }
    Ok(trace)
}

async fn transaction(
    connection: &mut PgConnection,
    text: &str,
    before: &Files,
    trace: &mut Trace,
) -> Result<(), String> {
    execute(connection, "BEGIN").await?;
    let earlier = scans(connection).await;
    let done = execute(connection, text).await;
    if done.is_ok() {
        inspect(connection, before, &earlier, trace).await;
    }
    execute(connection, if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

/// How often each table was read from end to end, by this session as far as the server has not counted it elsewhere.
async fn scans(connection: &mut PgConnection) -> BTreeMap<String, i64> {
    let scans = "SELECT relname::text, seq_scan FROM pg_stat_xact_user_tables";
    sqlx::query_as::<_, (String, i64)>(scans).fetch_all(&mut *connection).await.unwrap().into_iter().collect()
}

/// Looks at the open transaction.
async fn inspect(connection: &mut PgConnection, before: &Files, earlier: &BTreeMap<String, i64>, trace: &mut Trace) {
    // Partitioned tables hold no rows, so no file is known of them; they are not new where a partition is not.
    let locks = "SELECT c.oid::text, c.relname::text, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                 WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
                   AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')";
    let locks: Vec<(String, String, String)> = sqlx::query_as(locks).fetch_all(&mut *connection).await.unwrap();
    let mut held: BTreeMap<String, BTreeSet<Lock>> = BTreeMap::new();
    for (object, table, mode) in locks {
        if let Some(lock) = Lock::read(&mode).filter(|_| before.contains_key(&object)) {
            held.entry(table).or_default().insert(lock);
        }
    }
    for (table, count) in scans(connection).await {
        if earlier.get(&table).is_some_and(|earlier| *earlier >= count) || count == 0 {
            continue;
        }
        let blocks = held.get(&table).is_some_and(|locks| locks.iter().any(|lock| *lock >= Lock::Share));
        if blocks {
            trace.scanned.insert(table);
        }
    }
    for (table, locks) in held {
        trace.locks.entry(table).or_default().extend(locks);
    }
}
