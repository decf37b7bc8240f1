//! What never ends by itself, and what others are doing: statements that only wait, servers that do not answer, builds of others.

mod common;

use std::net::TcpListener;
use std::process::Child;
use std::time::{Duration, Instant};

use common::Package;
use common::runner::{APPLIED, INVALID, block_on, connect, execute, finish, package, rewrite, start, value};
use sqlx::Connection as _;
use tablewright_tempdb::Database;

const TABLE: (&str, &str, &str) = ("001_a", "CREATE TABLE t (id BIGINT, other BIGINT);\n", "DROP TABLE t;\n");

/// The statement that is at work for a runner.
const AT_WORK: &str = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cargo-schema' AND state = 'active' \
     AND wait_event IN ('PgSleep', 'virtualxid', 'ClientRead', 'relation')";

fn wait_for(database: &Database, sql: &str, expected: &str) {
    let begun = Instant::now();
    while value(database, sql) != expected {
        assert!(begun.elapsed() < Duration::from_secs(20), "{sql}: {}", value(database, sql));
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn signal(child: &Child, name: &str) {
    assert!(std::process::Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// A package whose second migration is this one, on a database that has the first.
fn second(up: &str) -> (Package, Database) {
    let (package, database) = (package(&[TABLE]), tablewright_tempdb::database());
    assert!(finish(start(&package, &["apply", database.url()])).0);
    rewrite(&package, &[TABLE, ("002_b", up, "SELECT 1;\n")]);
    (package, database)
}

/// Statements that never end: one swallows that it is cancelled.
const ENDLESS: &[&str] = &[
    "SELECT pg_sleep(1000);\n",
    "-- no-transaction\nSELECT pg_sleep(1000);\n",
    "DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(1000); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$;\n",
    // What no parser sees.
    "DO $$ BEGIN EXECUTE 'SET lock_timeout = 0'; PERFORM pg_advisory_lock(7); END $$;\n",
];

#[test]
fn a_statement_that_only_waits_ends_when_the_wait_is_over() {
    for up in ENDLESS {
        let (package, database) = second(up);
        block_on(async {
            let mut holder = connect(&database).await;
            sqlx::raw_sql("SELECT pg_advisory_lock(7)").execute(&mut holder).await.unwrap();
            let begun = Instant::now();
            let child = start(&package, &["apply", database.url(), "--wait", "2s"]);
            let (good, text) = tokio::task::spawn_blocking(|| finish(child)).await.unwrap();
            assert!(!good && text.contains("did nothing but wait for"), "{up}: {text}");
            assert!(text.contains("--wait 1h"), "{up}: {text}");
            assert!(begun.elapsed() < Duration::from_secs(15), "{up}: {:?}", begun.elapsed());
            holder.close().await.unwrap();
        });
        assert_eq!(value(&database, APPLIED), "1", "{up}");
        wait_for(&database, AT_WORK, "0");
    }
}

#[test]
fn a_signal_ends_every_statement() {
    for up in ENDLESS {
        let (package, database) = second(up);
        block_on(async {
            let mut holder = connect(&database).await;
            sqlx::raw_sql("SELECT pg_advisory_lock(7)").execute(&mut holder).await.unwrap();
            let child = start(&package, &["apply", database.url()]);
            tokio::time::sleep(Duration::from_millis(1500)).await;
            let begun = Instant::now();
            signal(&child, "-TERM");
            let (good, text) = tokio::task::spawn_blocking(|| finish(child)).await.unwrap();
            assert!(!good && text.contains("interrupted"), "{up}: {text}");
            assert!(begun.elapsed() < Duration::from_secs(9), "{up}: {:?}", begun.elapsed());
            holder.close().await.unwrap();
        });
        assert_eq!(value(&database, APPLIED), "1", "{up}");
        wait_for(&database, AT_WORK, "0");
    }
}

#[test]
fn a_signal_ends_a_run_on_a_server_that_never_answers() {
    let package = package(&[TABLE]);
    // It takes connections, and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://me@{}/db", silent.local_addr().unwrap());
    for arguments in [["apply", &url], ["revert", &url]] {
        let child = start(&package, &arguments);
        std::thread::sleep(Duration::from_millis(800));
        let begun = Instant::now();
        signal(&child, "-TERM");
        let (good, text) = finish(child);
        assert!(!good && text.contains("does not answer"), "{text}");
        assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    }
}

#[test]
fn a_wait_that_no_clock_can_hold_is_a_wait_without_end() {
    let (package, database) = second("SELECT 1;\n");
    let (good, text) = finish(start(&package, &["apply", database.url(), "--wait", "18446744073709551615"]));
    assert!(good, "{text}");
    let (good, text) = finish(start(&package, &["revert", database.url(), "--wait", "18446744073709551615s"]));
    assert!(good, "{text}");
    let (good, text) = finish(start(&package, &["apply", database.url(), "--wait", "18446744073709551615h"]));
    assert!(!good && text.contains("that is too long"), "{text}");
}

/// An index that another role builds, which waits for a transaction that is open for as long as the work takes.
fn beside_a_build(database: &Database, build: &str, work: impl FnOnce()) {
    let server_url = database.url().to_owned();
    block_on(async {
        let mut open = connect(database).await;
        sqlx::raw_sql("BEGIN; INSERT INTO t VALUES (1)").execute(&mut open).await.unwrap();
        let mut builder = sqlx::PgConnection::connect(&server_url).await.unwrap();
        let build = build.to_owned();
        let built = tokio::spawn(async move {
            sqlx::raw_sql(sqlx::AssertSqlSafe(build)).execute(&mut builder).await.unwrap();
            builder.close().await.unwrap();
        });
        let begun = Instant::now();
        loop {
            let mut look = connect(database).await;
            let invalid: i64 = sqlx::query_scalar(INVALID).fetch_one(&mut look).await.unwrap();
            if invalid == 1 {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        work();
        sqlx::raw_sql("COMMIT").execute(&mut open).await.unwrap();
        built.await.unwrap();
        open.close().await.unwrap();
    });
    assert_eq!(value(database, INVALID), "0");
}

/// A role that owns the table and sees nothing of what other roles do.
fn plain_role(database: &Database) -> String {
    let role = format!("plain_{}", std::process::id());
    execute(
        database,
        &format!(
            "DO $$ BEGIN CREATE ROLE {role} LOGIN PASSWORD 'plain'; EXCEPTION WHEN duplicate_object THEN NULL; END $$; \
             GRANT ALL ON SCHEMA public TO {role}; ALTER TABLE t OWNER TO {role}; ALTER TABLE _sqlx_migrations OWNER TO {role}"
        ),
    );
    role
}

fn as_role(database: &Database, role: &str) -> String {
    let url = database.url();
    let (scheme, rest) = url.split_once("://").unwrap();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    format!("{scheme}://{role}:plain@{host}")
}

#[test]
fn a_build_of_somebody_else_is_seen_by_every_role_and_left_alone() {
    let (package, database) = second("-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (other);\n");
    let url = as_role(&database, &plain_role(&database));
    // Another index is not called a leftover.
    beside_a_build(&database, "CREATE INDEX CONCURRENTLY foreign_index ON t (id)", || {
        rewrite(&package, &[TABLE, ("002_b", "SELECT 1;\n", "SELECT 1;\n")]);
        let (good, text) = finish(start(&package, &["apply", &url]));
        assert!(good && !text.contains("INVALID"), "{text}");
    });
    // The same one is waited for, and then it is there.
    rewrite(&package, &[TABLE, ("002_b", "SELECT 1;\n", "SELECT 1;\n"), INDEX]);
    beside_a_build(&database, "CREATE INDEX CONCURRENTLY i ON t (other)", || {
        let (good, text) = finish(start(&package, &["apply", &url, "--wait", "2s"]));
        assert!(!good && text.contains("another session builds public.i"), "{text}");
        assert!(!text.contains("dropped"), "{text}");
    });
    let (good, text) = finish(start(&package, &["apply", &url]));
    assert!(good && text.contains("already existed, intact and identical"), "{text}");
}

const INDEX: (&str, &str, &str) = (
    "003_c",
    "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON t (other);\n",
    "-- no-transaction\nDROP INDEX CONCURRENTLY i;\n",
);

#[test]
fn a_reindex_leaves_nothing_next_to_what_it_rebuilds() {
    for (sql, left) in [("REINDEX INDEX CONCURRENTLY i", "0"), ("REINDEX (CONCURRENTLY) TABLE t", "0")] {
        let (package, database) = second(&format!("-- no-transaction\n{sql};\n"));
        execute(&database, "CREATE UNIQUE INDEX i ON t (id); INSERT INTO t VALUES (1)");
        // A unique index that rows break since it was damaged: each attempt fails, and leaves what it built.
        execute(&database, "UPDATE pg_index SET indisready = FALSE, indislive = TRUE WHERE indexrelid = 'i'::regclass");
        execute(&database, "INSERT INTO t VALUES (1)");
        execute(&database, "UPDATE pg_index SET indisready = TRUE WHERE indexrelid = 'i'::regclass");
        let (good, text) = finish(start(&package, &["apply", database.url()]));
        assert!(!good && text.contains("could not create unique index"), "{text}");
        assert_eq!(value(&database, INVALID), left, "{sql}: {text}");
        assert_eq!(value(&database, "SELECT count(*) FROM pg_class WHERE relname ~ '_cc(new|old)'"), "0", "{text}");
        // Neither does one that was killed and is run again.
        execute(&database, "DELETE FROM t WHERE ctid = (SELECT max(ctid) FROM t)");
        block_on(async {
            let mut open = connect(&database).await;
            sqlx::raw_sql("BEGIN; INSERT INTO t VALUES (2)").execute(&mut open).await.unwrap();
            let mut child = start(&package, &["apply", database.url()]);
            let begun = Instant::now();
            loop {
                let mut look = connect(&database).await;
                let found: i64 = sqlx::query_scalar(INVALID).fetch_one(&mut look).await.unwrap();
                if found > 0 {
                    break;
                }
                assert!(begun.elapsed() < Duration::from_secs(20));
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            let mut end = connect(&database).await;
            sqlx::raw_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cargo-schema' \
                 AND datname = current_database()",
            )
            .execute(&mut end)
            .await
            .unwrap();
            sqlx::raw_sql("COMMIT").execute(&mut open).await.unwrap();
        });
        assert_eq!(value(&database, INVALID), "1");
        let (good, text) = finish(start(&package, &["apply", database.url()]));
        assert!(good && text.contains("i_ccnew, which an interrupted build had left INVALID"), "{text}");
        assert_eq!(value(&database, "SELECT count(*) FROM pg_class WHERE relname ~ '_cc(new|old)'"), "0", "{text}");
    }
}

#[test]
fn an_index_whose_name_something_else_has_is_not_recorded_as_built() {
    for taken in ["CREATE TABLE u (id BIGINT); CREATE INDEX \"I\" ON u (id)", "CREATE TABLE \"I\" (id BIGINT)"] {
        let (package, database) =
            second("-- no-transaction\nCREATE INDEX CONCURRENTLY IF NOT EXISTS \"I\" ON t (other);\n");
        execute(&database, taken);
        let (good, text) = finish(start(&package, &["apply", database.url()]));
        assert!(!good && text.contains("\"I\" is the name of something else"), "{text}");
        assert_eq!(value(&database, APPLIED), "1");
        assert_eq!(value(&database, "to_regclass('_tablewright_underway')"), "");
    }
}
