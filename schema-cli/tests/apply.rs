//! What `cargo schema apply` and `cargo schema revert` do to a database, and what they say.

mod common;

use std::time::Duration;

use common::Package;
use common::runner::{
    APPLIED, INVALID, block_on, connect, execute, finish, folder, package, rewrite, sqlx_run, start, value,
};
use insta::assert_snapshot;
use sqlx::Connection as _;
use sqlx::migrate::Migrator;

const TABLE: (&str, &str, &str) = (
    "001_create_orders",
    "-- Up: creates orders.\n-- Phase: expand.\n-- Locks: none that anyone waits for.\nCREATE TABLE orders (id BIGINT PRIMARY KEY, user_id BIGINT NOT NULL, note TEXT);\n",
    "-- Down: drops orders.\n-- Phase: contract.\n-- Lost: every row of orders.\nDROP TABLE orders;\n",
);
const INDEX: (&str, &str, &str) = (
    "002_index_orders",
    "-- no-transaction\n-- Up: builds an index.\n-- Phase: backfill.\n-- Locks: SHARE UPDATE EXCLUSIVE on orders.\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders USING btree (user_id) WHERE note IS NULL;\n",
    "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS orders_user_id_idx;\n",
);
const DROP: (&str, &str, &str) = (
    "003_drop_note",
    "-- Phase: contract.\nALTER TABLE orders ADD COLUMN kind TEXT;\n",
    "ALTER TABLE orders DROP COLUMN kind;\n",
);

/// What a command says, without times and the address.
fn run(package: &Package, url: &str, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.insert(1, url);
    let text = package.run(&all);
    let mut shown = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find(" in 0.") {
        shown.push_str(&rest[..at + 4]);
        shown.push('…');
        rest = &rest[at + 9..];
    }
    shown + rest
}

#[test]
fn without_a_migration_it_says_so() {
    let database = tablewright_tempdb::database();
    let package = package(&[]);
    for arguments in [&["apply"][..], &["apply", "--dry-run"]] {
        let said = run(&package, database.url(), arguments);
        assert_eq!(
            said,
            "exit code 0\n--- out\nnothing to apply: there is no migration yet. cargo schema migrate NAME writes the first\n"
        );
    }
}

#[test]
fn up_in_phases_and_down_again() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX, DROP]);
    assert_snapshot!(run(&package, database.url(), &["apply", "--dry-run"]), @r"
    exit code 0
    --- out
    would apply 001_create_orders  expand
        locks: none that anyone waits for
    would apply 002_index_orders  backfill
        locks: SHARE UPDATE EXCLUSIVE on orders
    would apply 003_drop_note  contract
    ");
    assert_eq!(value(&database, "to_regclass('_sqlx_migrations')"), "");
    assert_snapshot!(run(&package, database.url(), &["apply", "--until", "contract"]), @r"
    exit code 0
    --- out
    001_create_orders  done in …
    002_index_orders  done in …
    applied 2 migrations
    left for later: 1 migration, from 003_drop_note on
    ");
    assert_eq!(value(&database, APPLIED), "1 2");
    assert_snapshot!(run(&package, database.url(), &["apply"]), @r"
    exit code 0
    --- out
    003_drop_note  done in …
    applied 1 migration
    ");
    assert_snapshot!(run(&package, database.url(), &["apply"]), @r"
    exit code 0
    --- out
    nothing to do: the database has every migration
    ");
    assert_snapshot!(run(&package, database.url(), &["revert"]), @r"
    exit code 0
    --- out
    003_drop_note  done in …
    reverted 1 migration
    ");
    assert_snapshot!(run(&package, database.url(), &["revert", "--to", "7"]), @r"
    exit code 2
    --- err
    error: there is no migration 007; the last that the database has is 002_index_orders
    help: cargo schema revert URL --to 3 leaves 001 to 003 applied
    ");
    assert_snapshot!(run(&package, database.url(), &["revert", "--to", "0"]), @r"
    exit code 2
    --- err
    error: reverting this loses what cannot be restored
           001_create_orders: every row of orders.
    help: if that is intended: cargo schema revert … --accept-loss
    ");
    assert_eq!(value(&database, APPLIED), "1 2");
    run(&package, database.url(), &["revert", "--to", "0", "--accept-loss"]);
    assert_eq!(value(&database, APPLIED), "");
    assert_eq!(value(&database, "to_regclass('orders')"), "");
}

#[test]
fn both_runners_take_turns() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX, DROP]);
    let sqlx_to = |version: i64| {
        block_on(async {
            let migrator = Migrator::new(folder(&package)).await.unwrap();
            let mut connection = connect(&database).await;
            migrator.run_to(version, &mut connection).await.unwrap();
            connection.close().await.unwrap();
        });
    };
    sqlx_to(1);
    assert!(run(&package, database.url(), &["apply", "--until", "contract"]).contains("applied 1 migration\n"));
    sqlx_to(3);
    assert!(run(&package, database.url(), &["apply"]).contains("nothing to do"));
    run(&package, database.url(), &["revert"]);
    sqlx_to(3);
    assert_eq!(value(&database, APPLIED), "1 2 3");
    assert_eq!(value(&database, "SELECT count(*) FROM _sqlx_migrations WHERE execution_time > 0"), "3");
}

#[test]
fn an_index_that_was_left_invalid_is_rebuilt() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX]);
    run(&package, database.url(), &["apply", "--until", "backfill"]);
    execute(&database, "CREATE INDEX orders_user_id_idx ON orders (user_id) WHERE note IS NULL");
    execute(&database, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'orders_user_id_idx'::regclass");
    assert_snapshot!(run(&package, database.url(), &["apply"]), @r#"
    exit code 0
    --- out
        dropped public.orders_user_id_idx, which an interrupted build had left INVALID
    002_index_orders  done in …
    applied 1 migration
    "#);
    assert_eq!(value(&database, INVALID), "0");
}

#[test]
fn an_index_that_was_built_but_not_recorded_is_recognised_and_a_different_one_is_not() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX]);
    run(&package, database.url(), &["apply", "--until", "backfill"]);
    execute(&database, "CREATE INDEX orders_user_id_idx ON orders (user_id, id)");
    assert_snapshot!(run(&package, database.url(), &["apply"]));
    execute(&database, "DROP INDEX orders_user_id_idx");
    execute(&database, "CREATE INDEX orders_user_id_idx ON orders (user_id) WHERE note IS NULL");
    assert_snapshot!(run(&package, database.url(), &["apply"]), @r"
    exit code 0
    --- out
        the index already existed, intact and identical
    002_index_orders  recorded in …
    applied 1 migration
    ");
}

#[test]
fn what_does_not_fit_is_reported_and_changes_nothing() {
    let database = tablewright_tempdb::database();
    let url = database.url();
    let package = package(&[TABLE, DROP_AS_SECOND]);
    run(&package, url, &["apply"]);

    // schema.lock first: nothing of such a folder runs.
    package.change("migrations/002_drop_note.up.sql", "kind", "sort");
    assert!(run(&package, url, &["apply"]).starts_with("exit code 1\n"));

    // A file of that number other than the one that ran.
    rewrite(&package, &[TABLE, ("002_drop_note", "SELECT 1;\n", "SELECT 1;\n")]);
    let mut text = run(&package, url, &["apply"]);
    // Fewer files than the database has.
    let older = common::runner::package(&[TABLE]);
    text.push_str(&run(&older, url, &["apply"]));
    // A row that no runner on PostgreSQL writes.
    execute(&database, "UPDATE _sqlx_migrations SET success = false WHERE version = 1");
    text.push_str(&run(&older, url, &["apply"]));
    assert_snapshot!(text);
}

const DROP_AS_SECOND: (&str, &str, &str) = ("002_drop_note", DROP.1, DROP.2);

#[test]
fn a_mistake_in_a_file_is_shown_at_its_line() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, ("002_wrong", "-- Why.\nSELECT 1;\nSELECT wrong\n  FROM orders;\n", "SELECT 1;\n")]);
    assert_snapshot!(run(&package, database.url(), &["apply"]));
    assert_eq!(value(&database, APPLIED), "1");
}

#[test]
fn a_lock_that_is_not_available_is_retried() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, DROP_AS_SECOND]);
    run(&package, database.url(), &["apply", "--until", "contract"]);
    block_on(async {
        let mut blocker = connect(&database).await;
        sqlx::raw_sql("SET application_name = 'report'; BEGIN; LOCK TABLE orders IN ACCESS SHARE MODE")
            .execute(&mut blocker)
            .await
            .unwrap();
        let child = start(&package, &["apply", database.url(), "--wait", "1s"]);
        let (good, text) = tokio::task::spawn_blocking(|| finish(child)).await.unwrap();
        assert!(!good, "{text}");
        assert!(text.contains("a lock could not be taken"), "{text}");
        assert!(text.contains("(report), idle in transaction"), "{text}");
        assert!(text.contains("pg_terminate_backend"), "{text}");
        // It waits for one that releases its lock in time.
        let child = start(&package, &["apply", database.url(), "--wait", "20s"]);
        tokio::time::sleep(Duration::from_millis(800)).await;
        blocker.close().await.unwrap();
        let (good, text) = tokio::task::spawn_blocking(|| finish(child)).await.unwrap();
        assert!(good, "{text}");
    });
    assert_eq!(value(&database, APPLIED), "1 2");
}

#[test]
fn sqlx_s_runner_that_waits_in_a_blocking_lock_goes_first() {
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX, DROP]);
    run(&package, database.url(), &["apply", "--until", "backfill"]);
    // The build waits for this one, so that sqlx's runner comes in the middle of it.
    let files = folder(&package);
    block_on(async {
        let mut blocker = connect(&database).await;
        sqlx::raw_sql("BEGIN; INSERT INTO orders VALUES (1, 1)").execute(&mut blocker).await.unwrap();
        let ours = start(&package, &["apply", database.url()]);
        tokio::time::sleep(Duration::from_millis(500)).await;
        let url = database.url().to_owned();
        let sqlx = std::thread::spawn(move || sqlx_run(&url, &files));
        // Longer than the server waits before it looks for a deadlock: sqlx's runner finds none, the build will.
        tokio::time::sleep(Duration::from_millis(1500)).await;
        sqlx::raw_sql("COMMIT").execute(&mut blocker).await.unwrap();
        let (good, text) = tokio::task::spawn_blocking(|| finish(ours)).await.unwrap();
        assert!(good, "{text}");
        sqlx.join().unwrap().unwrap();
    });
    assert_eq!(value(&database, APPLIED), "1 2 3");
    assert_eq!(value(&database, INVALID), "0");
}

#[test]
fn passwords_are_never_printed() {
    let package = package(&[TABLE]);
    let text = package.run(&["apply", "postgres://me:hunter2@127.0.0.1:1/db"]);
    assert!(text.starts_with("exit code 2\n"), "{text}");
    assert!(!text.contains("hunter2"), "{text}");
}

#[test]
fn a_row_serves_as_the_lock_where_there_is_no_other() {
    use tablewright_database::apply::{Settings, Silent, apply, files};
    let database = tablewright_tempdb::database();
    let package = package(&[TABLE, INDEX, DROP]);
    let settings = Settings { lease: true, wait: Duration::from_mins(1), ..Settings::default() };
    block_on(async {
        let files = files(&folder(&package)).await.unwrap();
        let (one, two) = tokio::join!(
            apply(database.url(), &files, &settings, &Silent),
            apply(database.url(), &files, &settings, &Silent)
        );
        assert_eq!(one.unwrap().ran.len() + two.unwrap().ran.len(), 3);
    });
    assert_eq!(value(&database, APPLIED), "1 2 3");
    assert_eq!(value(&database, "SELECT count(*) FROM _tablewright_lease"), "0");
}

#[test]
fn a_backfill_that_reports_its_rows_is_shown_with_them() {
    use tablewright_database::apply::{Event, Observer, Progress, Settings, apply, files};
    #[derive(Default)]
    struct Seen(std::cell::RefCell<Vec<Progress>>);
    impl Observer for Seen {
        fn event(&self, event: &Event<'_>) {
            if let Event::Progress(progress) = event {
                self.0.borrow_mut().push((*progress).clone());
            }
        }
    }
    let database = tablewright_tempdb::database();
    let fill = (
        "002_fill",
        "-- no-transaction\n-- Takes: 2 s; it can be stopped, and goes on when it is run again.\nDO $$\nBEGIN\n    FOR batch IN 1..8 LOOP\n        PERFORM pg_sleep(0.2);\n        \
         PERFORM set_config('application_name', format('backfill: %s rows of orders', batch * 100), false);\n        \
         COMMIT;\n    END LOOP;\nEND\n$$;\n",
        "-- Nothing to do.\n",
    );
    let package = package(&[TABLE, fill]);
    execute(&database, "CREATE TABLE orders (id INT); INSERT INTO orders SELECT generate_series(1, 1000)");
    execute(&database, "VACUUM ANALYZE orders");
    let seen = Seen::default();
    block_on(async {
        let mut files = files(&folder(&package)).await.unwrap();
        files.remove(0);
        apply(database.url(), &files, &Settings::default(), &seen).await.unwrap();
    });
    let seen = seen.0.into_inner();
    let told = seen.iter().filter(|progress| progress.stage == "filling orders").collect::<Vec<_>>();
    assert!(told.len() > 1 && told.is_sorted_by_key(|progress| progress.part), "{seen:?}");
    assert!(told.iter().all(|progress| matches!(progress.part, Some((100..=800, 1000)))), "{seen:?}");
}
