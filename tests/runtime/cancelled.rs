//! Futures that are dropped, as a web framework drops a handler when its client hangs up: what is acknowledged is there,
//! and no one gets a connection in a transaction, or the answers to another's statements.

use std::cell::RefCell;
use std::time::Duration;

use tablewright::prelude::*;
use tablewright::sqlx::postgres::{PgPool, PgPoolOptions};
use tablewright::sqlx::{Connection as _, PgConnection, query, query_scalar, raw_sql};
use tablewright::transaction;

use super::more::{NewNote, Note};
use super::slow::{Slow, dropped_after};
use super::support::{at, database};
use super::user::{NewUser, User, UserOptional};

const ROWS: usize = 3;

fn new_user(email: String) -> NewUser {
    NewUser { email, optional: UserOptional::default() }
}

fn users(prefix: &str) -> Vec<NewUser> {
    (0..ROWS).map(|i| new_user(format!("{prefix}{i}"))).collect()
}

/// Rows as `COPY` takes them: with every value.
fn copied(prefix: &str, rows: usize) -> impl Iterator<Item = NewUser> + Send + use<> {
    let prefix = format!("{prefix}{}", "x".repeat(200));
    (0..rows).map(move |i| NewUser {
        email: format!("{prefix}{i}"),
        optional: UserOptional { id: Some(Uuid::new_v4()), created_at: Some(at(0)), updated_at: Some(at(0)) },
    })
}

/// A pool of one connection to a slow server, and a connection that watches.
struct Stage {
    _database: tablewright_tempdb::Database,
    slow: Slow,
    pool: PgPool,
    watch: RefCell<PgConnection>,
}

impl Stage {
    async fn new() -> Self {
        let (database, pool) = database().await;
        raw_sql("CREATE TABLE acknowledged (note text NOT NULL)").execute(&pool).await.unwrap();
        pool.close().await;
        let slow = Slow::before(database.url());
        let options = PgPoolOptions::new().max_connections(1).acquire_timeout(Duration::from_secs(20));
        let pool = options.connect_with(slow.options()).await.unwrap();
        let watch = RefCell::new(PgConnection::connect(database.url()).await.unwrap());
        Self { _database: database, slow, pool, watch }
    }

    #[allow(clippy::await_holding_refcell_ref, reason = "one test, one task")]
    async fn count(&self, sql: &'static str, value: &str) -> i64 {
        let mut watch = self.watch.borrow_mut();
        query_scalar(sql).bind(value).fetch_one(&mut *watch).await.unwrap()
    }

    async fn users(&self, prefix: &str) -> usize {
        let count = self.count("SELECT count(*) FROM users WHERE starts_with(email, $1)", prefix).await;
        usize::try_from(count).unwrap()
    }

    /// The next user's work on the connection is what counts.
    async fn is_clean(&self, place: &str) {
        for i in 0..3 {
            let note = format!("{place} {i} {}", Uuid::new_v4());
            let done = query("INSERT INTO acknowledged VALUES ($1)").bind(&note).execute(&self.pool).await;
            assert_eq!(done.unwrap_or_else(|error| panic!("{note}: {error}")).rows_affected(), 1, "{note}");
            assert_eq!(self.count("SELECT count(*) FROM acknowledged WHERE note = $1", &note).await, 1, "{note}");
            let echo: String = query_scalar("SELECT $1::text").bind(&note).fetch_one(&self.pool).await.unwrap();
            assert_eq!(echo, note);
        }
        let open = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state <> 'idle' AND \
                    pid <> pg_backend_pid() AND application_name = $1";
        let started = std::time::Instant::now();
        // A session that was closed ends a little later.
        while self.count(open, "").await > 0 {
            assert!(started.elapsed() < Duration::from_secs(10), "{place}: an unused session is not idle");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Drops the future at every point where it waits, one after the other, and looks at the pool each time.
    async fn everywhere<E: std::fmt::Display>(
        &self,
        name: &str,
        least: usize,
        work: impl AsyncFn(&PgPool, &str) -> Result<(), E>,
        rows: impl AsyncFn(&Self, &str) -> (usize, usize),
    ) {
        let mut waits = 0;
        loop {
            let prefix = format!("{name}-{waits}-");
            self.slow.set(true);
            let done = dropped_after(waits, work(&self.pool, &prefix)).await;
            self.slow.set(false);
            self.is_clean(&prefix).await;
            let (found, all) = rows(self, &prefix).await;
            assert!(found == 0 || found == all, "{prefix}: {found} of {all}");
            if let Some(done) = done {
                assert!(done.is_ok(), "{prefix}: {}", done.err().unwrap());
                assert_eq!(found, all);
                break;
            }
            waits += 1;
        }
        assert!(waits >= least, "{name} waits only {waits} times");
    }
}

async fn all_users(stage: &Stage, prefix: &str) -> (usize, usize) {
    (stage.users(prefix).await, ROWS)
}

#[tokio::test]
async fn a_transaction_is_dropped_wherever_it_waits() {
    let stage = Stage::new().await;
    let work = async |pool: &PgPool, prefix: &str| {
        let mut connection = pool.acquire().await?;
        transaction(&mut *connection, |mut db| async move {
            User::insert(&mut *db, new_user(format!("{prefix}a"))).await?;
            User::upsert_many_by_email(&mut *db, &[new_user(format!("{prefix}b"))]).await?;
            User::insert(&mut *db, new_user(format!("{prefix}c"))).await?;
            Ok::<_, sqlx::Error>(())
        })
        .await
    };
    stage.everywhere("transaction", 20, work, all_users).await;
}

#[tokio::test]
async fn a_batch_is_dropped_wherever_it_waits() {
    let stage = Stage::new().await;
    let work = async |pool: &PgPool, prefix: &str| User::upsert_many_by_email(pool, &users(prefix)).await.map(drop);
    stage.everywhere("upsert_many", 10, work, all_users).await;
    // A column is an array, so each row is a statement.
    let work = async |pool: &PgPool, prefix: &str| {
        let new = |_| NewNote { labels: vec![prefix.to_owned()], optional: Default::default() };
        Note::insert_many(pool, &(0..ROWS).map(new).collect::<Vec<_>>()).await.map(drop)
    };
    let notes = async |stage: &Stage, prefix: &str| {
        let count = stage.count("SELECT count(*) FROM notes WHERE $1 = ANY (labels)", prefix).await;
        (usize::try_from(count).unwrap(), ROWS)
    };
    stage.everywhere("insert_many", 10, work, notes).await;
}

/// More than the sockets on the way hold, so that sending waits too.
const COPIED: usize = 4_000;

#[tokio::test]
async fn a_copy_is_dropped_wherever_it_waits() {
    let stage = Stage::new().await;
    let all = async |stage: &Stage, prefix: &str| (stage.users(prefix).await, COPIED);
    let work = async |pool: &PgPool, prefix: &str| {
        let mut connection = pool.acquire().await?;
        User::copy_in(&mut connection, copied(prefix, COPIED)).await?;
        Ok::<_, sqlx::Error>(())
    };
    stage.everywhere("copy", 5, work, all).await;
    let work = async |pool: &PgPool, prefix: &str| {
        let mut connection = pool.acquire().await?;
        transaction(&mut *connection, |mut db| async move {
            User::copy_in(&mut db, copied(prefix, COPIED)).await?;
            Ok::<_, sqlx::Error>(())
        })
        .await
    };
    stage.everywhere("copy_in_transaction", 10, work, all).await;
}

#[tokio::test]
async fn what_is_dropped_inside_a_transaction_leaves_it_whole() {
    let stage = Stage::new().await;
    for own in [true, false] {
        let mut waits = 0;
        loop {
            let prefix = format!("{own}-{waits}-");
            let [first, last] = ["first", "last"].map(|name| format!("{prefix}{name}"));
            let inner = format!("{prefix}inner-");
            let work = async |db: &mut PgConnection| {
                User::insert(&mut *db, new_user(first.clone())).await?;
                stage.slow.set(true);
                let done = dropped_after(waits, User::upsert_many_by_email(&mut *db, &users(&inner))).await;
                stage.slow.set(false);
                User::insert(&mut *db, new_user(last.clone())).await?;
                Ok::<_, sqlx::Error>(done.transpose()?.is_some())
            };
            let mut connection = stage.pool.acquire().await.unwrap();
            let done = if own {
                let work = &work;
                transaction(&mut *connection, |mut db| async move { work(&mut db).await }).await.unwrap()
            } else {
                let mut transaction = connection.begin().await.unwrap();
                let done = work(&mut transaction).await.unwrap();
                transaction.commit().await.unwrap();
                done
            };
            drop(connection);
            stage.is_clean(&prefix).await;
            assert_eq!((stage.users(&first).await, stage.users(&last).await), (1, 1), "{prefix}");
            let found = stage.users(&inner).await;
            assert!(found == ROWS || found == 0 && !done, "{prefix}: {found}");
            if done {
                break;
            }
            waits += 1;
        }
        assert!(waits >= 10, "{waits}");
    }
}

#[tokio::test]
async fn a_copy_that_is_dropped_inside_a_transaction_ends_it() {
    let stage = Stage::new().await;
    for waits in 1.. {
        let prefix = format!("{waits}-");
        let mut connection = stage.pool.acquire().await.unwrap();
        let (stage, prefix) = (&stage, &prefix);
        let done: Result<bool, sqlx::Error> = transaction(&mut *connection, |mut db| async move {
            User::insert(&mut *db, new_user(format!("{prefix}first"))).await?;
            stage.slow.set(true);
            let done = dropped_after(waits, User::copy_in(&mut db, copied(prefix, COPIED))).await;
            stage.slow.set(false);
            Ok(done.transpose()?.is_some())
        })
        .await;
        drop(connection);
        stage.is_clean(prefix).await;
        let is_done = done.is_ok();
        assert!(!is_done || done.unwrap(), "{prefix}");
        assert_eq!(stage.users(prefix).await, if is_done { COPIED + 1 } else { 0 }, "{prefix}");
        if is_done {
            assert!(waits >= 5, "{waits}");
            break;
        }
    }
}

#[tokio::test]
async fn a_copy_that_the_server_refused_before_leaves_no_answer_behind() {
    let stage = Stage::new().await;
    User::insert(&stage.pool, new_user(copied("twice", 1).next().unwrap().email)).await.unwrap();
    for is_used in [true, false] {
        // The server refuses the first row, and a later one cannot be sent at all.
        let rows = copied("twice", COPIED).chain([new_user("without its key".to_owned())]);
        let mut connection = stage.pool.acquire().await.unwrap();
        let error = User::copy_in(&mut connection, rows).await.unwrap_err();
        assert!(error.to_string().contains("leaves out id"), "{error}");
        if is_used {
            let next = query_scalar::<_, String>("SELECT 'mine'").fetch_one(&mut *connection).await;
            assert!(next.is_err(), "{next:?}");
        }
        drop(connection);
        stage.is_clean("refused").await;
    }
}

/// A sequence of numbers that is the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % end).unwrap()
    }
}

/// One request of a service; what it returns is acknowledged.
async fn request(pool: &PgPool, kind: usize, name: &str) -> sqlx::Result<Vec<String>> {
    let rows = &users(&format!("{name}."));
    let emails = rows.iter().map(|row| row.email.clone()).collect();
    match kind {
        0 => {
            let made = User::insert(pool, new_user(name.to_owned())).await?;
            assert_eq!(made.email, name, "the answer belongs to the session's own statement");
            return Ok(vec![made.email]);
        }
        1 => {
            let mut connection = pool.acquire().await?;
            transaction(&mut *connection, |mut db| async move {
                User::insert_many(&mut *db, rows).await?;
                let found = User::find_by_email(&mut *db, &rows[0].email).await?;
                assert_eq!(found.map(|user| user.email).as_ref(), Some(&rows[0].email));
                Ok::<_, sqlx::Error>(())
            })
            .await?;
        }
        2 => drop(User::upsert_many_by_email(pool, rows).await?),
        4 => {
            // sqlx's own: it is as clean as the pool is.
            let mut transaction = pool.begin().await?;
            for row in rows {
                User::insert(&mut *transaction, new_user(row.email.clone())).await?;
            }
            transaction.commit().await?;
        }
        _ => {
            let mut connection = pool.acquire().await?;
            let emails: Vec<String> = rows.iter().map(|row| row.email.clone()).collect();
            let rows = emails.into_iter().zip(copied("", ROWS)).map(|(email, full)| NewUser { email, ..full });
            User::copy_in(&mut connection, rows).await?;
        }
    }
    Ok(emails)
}

/// The name of what a client sends, and what it was told.
async fn client(pool: PgPool, kinds: u64, number: u64) -> (Vec<String>, u32, u32) {
    let mut random = Random(number);
    let (mut acknowledged, mut kept, mut hung_up) = (Vec::new(), 0, 0);
    for round in 0..40 {
        let (kind, waits) = (random.below(kinds), random.below(14));
        let name = format!("{number}-{round}-");
        match dropped_after(waits, request(&pool, kind, &name)).await {
            Some(done) => {
                acknowledged.extend(done.unwrap_or_else(|error| panic!("{name}: {error}")));
                kept += 1;
            }
            None => hung_up += 1,
        }
    }
    (acknowledged, kept, hung_up)
}

/// Many clients on several threads, each with requests of so many kinds.
async fn serve(pool: &PgPool, kinds: u64) -> Vec<String> {
    let tasks: Vec<_> = (0..12).map(|number| tokio::spawn(client(pool.clone(), kinds, number))).collect();
    let (mut acknowledged, mut kept, mut hung_up) = (Vec::new(), 0, 0);
    for task in tasks {
        let done = task.await.unwrap();
        acknowledged.extend(done.0);
        (kept, hung_up) = (kept + done.1, hung_up + done.2);
    }
    // How many are done in time depends on the machine.
    assert!(kept > 20 && hung_up > 20, "{kept} requests were answered, and {hung_up} dropped");
    acknowledged
}

/// Which of them are not in the database once every session has ended.
async fn lost(url: &str, acknowledged: &[String]) -> Vec<String> {
    let mut watch = PgConnection::connect(url).await.unwrap();
    let lost = "SELECT unnest($1::text[]) EXCEPT SELECT email FROM users";
    query_scalar(lost).bind(acknowledged).fetch_all(&mut watch).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_service_keeps_what_it_acknowledged_when_clients_hang_up() {
    let (database, pool) = database().await;
    pool.close().await;
    let pool = PgPoolOptions::new().max_connections(3).connect(database.url()).await.unwrap();
    let acknowledged = serve(&pool, 4).await;
    pool.close().await;
    assert_eq!(lost(database.url(), &acknowledged).await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_our_pool_what_the_program_begins_itself_is_kept_too() {
    let (database, pool) = database().await;
    pool.close().await;
    let options = tablewright::pool::connect_options(database.url()).unwrap();
    let pool = tablewright::pool::options().max_connections(3).connect_with(options).await.unwrap();
    let acknowledged = serve(&pool, 5).await;
    pool.close().await;
    assert_eq!(lost(database.url(), &acknowledged).await, [""; 0]);
}

#[tokio::test]
async fn our_pool_lends_no_connection_in_a_transaction() {
    let stage = Stage::new().await;
    let pool = tablewright::pool::options().max_connections(1).connect_with(stage.slow.options()).await.unwrap();
    let stage = Stage { pool, ..stage };
    for waits in 0.. {
        stage.slow.set(true);
        let begun = dropped_after(waits, stage.pool.begin()).await;
        stage.slow.set(false);
        let is_done = begun.is_some();
        drop(begun);
        stage.is_clean(&format!("begin {waits}")).await;
        if is_done {
            assert!(waits >= 3, "{waits}");
            break;
        }
    }
    // By hand, and failed.
    for statements in ["BEGIN", "BEGIN; SELECT 1 / 0", "SELECT 1 / 0"] {
        let mut connection = stage.pool.acquire().await.unwrap();
        let _ = raw_sql(statements).execute(&mut *connection).await;
        drop(connection);
        stage.is_clean(statements).await;
    }
}
