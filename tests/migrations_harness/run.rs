//! Runs a migration file as sqlx does, and observes from within what it locks, reads and rewrites.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::postgres::{PgConnectOptions, PgConnection};
use tablewright_core::plan::LockMode;
use tablewright_core::sql::ddl;

use super::database::execute;

/// What sqlx looks for at the very start of a file.
const NO_TRANSACTION: &str = "-- no-transaction";

/// What a file did to the tables that were there before.
#[derive(Debug, Default)]
pub struct Trace {
    /// The locks of each table that block others, weakest first.
    pub locks: BTreeMap<String, BTreeSet<LockMode>>,
    /// Tables that were read from end to end while no one could write.
    pub scanned: BTreeSet<String>,
    /// Tables and indexes that were rewritten.
    pub rewritten: BTreeSet<String>,
    /// Writers were there from its beginning to its end, so it never held a lock that they would wait for.
    pub alongside_writers: bool,
}

/// A lock that keeps others from something, as `pg_locks` writes it: `AccessExclusiveLock`.
pub fn lock(mode: &str) -> Option<LockMode> {
    let is = |lock: &LockMode| *lock >= LockMode::ShareUpdateExclusive && format!("{lock:?}Lock") == mode;
    LockMode::ALL.into_iter().find(is)
}

/// Tables and indexes by object, since a rename changes nothing but the name: each with its name and the file that holds
/// its rows, where it holds any.
pub type Files = BTreeMap<String, (String, i64)>;

async fn files(connection: &mut PgConnection) -> Files {
    let sql = "SELECT oid::text, relname::text, coalesce(pg_relation_filenode(oid), 0)::int8 FROM pg_class
               WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'i')
                 AND relname NOT LIKE '\\_sqlx%'";
    let rows: Vec<(String, String, i64)> = sqlx::query_as(sql).fetch_all(&mut *connection).await.unwrap();
    rows.into_iter().map(|(object, name, file)| (object, (name, file))).collect()
}

/// Runs a file, and returns what it did. `Err` is the server's.
pub async fn file(connection: &mut PgConnection, text: &str) -> Result<Trace, String> {
    traced(connection, text, None).await
}

/// The same; what cannot run in a transaction runs alongside writers.
pub async fn file_alongside(
    connection: &mut PgConnection,
    text: &str,
    others: &PgConnectOptions,
) -> Result<Trace, String> {
    traced(connection, text, Some(others)).await
}

async fn traced(connection: &mut PgConnection, text: &str, others: Option<&PgConnectOptions>) -> Result<Trace, String> {
    let before = files(connection).await;
    let mut trace = Trace::default();
    if !text.starts_with(NO_TRANSACTION) || !must_be_alone(text) {
        transaction(connection, text, &before, &mut trace).await?;
    } else if !text.contains("\nBEGIN;") {
        match others {
            Some(others) => super::alongside::run(connection, text, &before, &mut trace, others).await?,
            None => execute(connection, text).await?,
        }
    } else {
        // Its own transactions are seen before each of them ends.
        for (number, part) in text.split("\nBEGIN;").enumerate() {
            let Some((inside, behind)) = part.split_once("\nCOMMIT;").filter(|_| number > 0) else {
                execute(connection, part).await?;
                continue;
            };
            transaction(connection, inside, &before, &mut trace).await?;
            execute(connection, behind).await?;
        }
    }
    let after = files(connection).await;
    for (object, (name, file)) in &before {
        if after.get(object).is_some_and(|(_, now)| now != file) {
            trace.rewritten.insert(name.clone());
        }
    }
    Ok(trace)
}

/// Whether it cannot run in a transaction. A file that must run on other databases too has one statement, which PostgreSQL often
/// takes in a transaction, where more is seen of it.
fn must_be_alone(text: &str) -> bool {
    let statement = text.lines().find(|line| !line.is_empty() && !line.starts_with("--")).unwrap_or_default();
    let starts = ["DO ", "CALL ", "BEGIN", "UPDATE "];
    starts.iter().any(|start| statement.starts_with(start))
        || text.contains(" CONCURRENTLY")
        || text.contains(" ADD VALUE")
}

async fn transaction(
    connection: &mut PgConnection,
    text: &str,
    before: &Files,
    trace: &mut Trace,
) -> Result<(), String> {
    execute(connection, "BEGIN").await?;
    let (looks, text) = text.split_at(behind_looks(text));
    if let Err(error) = looked(connection, looks, before).await {
        execute(connection, "ROLLBACK").await?;
        return Err(error);
    }
    let earlier = scans(connection).await;
    let done = execute(connection, text).await;
    if done.is_ok() {
        inspect(connection, before, &earlier, trace).await;
    }
    execute(connection, if done.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    done
}

/// Where the looks of a file end.
fn behind_looks(text: &str) -> usize {
    let Some(last) = text.rfind(ddl::LOOK) else { return 0 };
    let end = "\nEND\n$";
    let behind = text[last..].find(end).map_or(0, |at| last + at + end.len());
    text[behind..].find(";\n").map_or(text.len(), |at| behind + at + 2)
}

/// Looks before anything is locked.
async fn looked(connection: &mut PgConnection, looks: &str, before: &Files) -> Result<(), String> {
    execute(connection, looks).await?;
    let mut trace = Trace::default();
    inspect(connection, before, &BTreeMap::new(), &mut trace).await;
    if trace.locks.is_empty() { Ok(()) } else { Err(format!("a look takes locks: {:?}", trace.locks)) }
}

/// How many rows of each table were read without an index, by this session as far as the server has not counted them
/// elsewhere.
async fn scans(connection: &mut PgConnection) -> BTreeMap<String, i64> {
    let scans = "SELECT relid::text, seq_tup_read FROM pg_stat_xact_user_tables";
    sqlx::query_as::<_, (String, i64)>(scans).fetch_all(&mut *connection).await.unwrap().into_iter().collect()
}

/// Looks at the open transaction.
async fn inspect(connection: &mut PgConnection, before: &Files, earlier: &BTreeMap<String, i64>, trace: &mut Trace) {
    let locks = "SELECT c.oid::text, l.mode FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                 WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND l.granted
                   AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')";
    let locks: Vec<(String, String)> = sqlx::query_as(locks).fetch_all(&mut *connection).await.unwrap();
    let mut held: BTreeMap<String, BTreeSet<LockMode>> = BTreeMap::new();
    for (object, mode) in locks {
        if let Some(lock) = lock(&mode) {
            held.entry(object).or_default().insert(lock);
        }
    }
    let scans = scans(connection).await;
    for (object, locks) in held {
        // What the file created itself blocks no one.
        let Some((name, _)) = before.get(&object) else { continue };
        let count = |counts: &BTreeMap<String, i64>| counts.get(&object).copied().unwrap_or_default();
        if count(&scans) > count(earlier) && locks.last() >= Some(&LockMode::Share) {
            trace.scanned.insert(name.clone());
        }
        trace.locks.entry(name.clone()).or_default().extend(locks);
    }
}
