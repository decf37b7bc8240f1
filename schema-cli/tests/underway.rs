//! What a killed runner leaves half done: who finishes it, and what is believed about it.

mod common;

use std::process::Child;
use std::time::{Duration, Instant};

use common::Package;
use common::runner::{APPLIED, block_on, connect, execute, finish, package, rewrite, start, value};
use sqlx::Connection as _;
use tablewright_tempdb::Database;

const FIRST: (&str, &str, &str) =
    ("001_a", "CREATE TABLE c (id BIGINT);\nINSERT INTO c VALUES (1);\n", "DROP TABLE c;\n");
const NOTE: (&str, &str, &str) = (
    "002_note",
    "-- no-transaction\nALTER TABLE c ADD COLUMN note TEXT;\n",
    "-- no-transaction\n-- Lost: every note.\nALTER TABLE c ADD COLUMN tmp INT;\nDO $$ BEGIN PERFORM pg_sleep(60); END $$;\n\
     ALTER TABLE c DROP COLUMN tmp, DROP COLUMN note;\n",
);
const MARKED: &str =
    "SELECT string_agg(concat_ws(' ', version, is_up, units_done, is_running), ',') FROM _tablewright_underway";

fn run(package: &Package, database: &Database, arguments: &[&str]) -> (bool, String) {
    let mut all = arguments.to_vec();
    all.insert(1, database.url());
    finish(start(package, &all))
}

/// Waits until the server says something.
fn wait_for(database: &Database, sql: &str, expected: &str) {
    let begun = Instant::now();
    while value(database, sql) != expected {
        assert!(begun.elapsed() < Duration::from_secs(20), "{sql}: {}", value(database, sql));
        std::thread::sleep(Duration::from_millis(50));
    }
}

const SLEEPS: &str = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO%pg_sleep%' AND datname = current_database()";

fn interrupt(child: Child) -> String {
    let status = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(status.success());
    let (good, text) = finish(child);
    assert!(!good, "{text}");
    text
}

/// Three migrations, and a revert of the last that was stopped in the middle.
fn half_reverted(files: &[(&str, &str, &str)], arguments: &[&str]) -> (Package, Database) {
    let (package, database) = (package(files), tablewright_tempdb::database());
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good, "{text}");
    let mut all = vec!["revert", database.url()];
    all.extend(arguments);
    let child = start(&package, &all);
    wait_for(&database, SLEEPS, "1");
    interrupt(child);
    (package, database)
}

/// The same file, without the sleep that it was stopped in: what was done of it stays done.
fn awake(package: &Package, database: &Database, files: &[(&str, &str, &str)]) {
    let awake = |text: &str| text.replace("pg_sleep(60)", "pg_sleep(0)");
    let texts: Vec<(String, String, String)> =
        files.iter().map(|(name, up, down)| ((*name).to_owned(), (*up).to_owned(), awake(down))).collect();
    let texts: Vec<(&str, &str, &str)> =
        texts.iter().map(|(name, up, down)| (name.as_str(), up.as_str(), down.as_str())).collect();
    rewrite(package, &texts);
    let down = texts[texts.len() - 1].2;
    execute(
        database,
        &format!("UPDATE _tablewright_underway SET checksum = sha384(convert_to($sql${down}$sql$, 'UTF8'))"),
    );
}

#[test]
fn apply_never_finishes_a_way_down() {
    let files = [FIRST, NOTE];
    let (package, database) = half_reverted(&files, &["--accept-loss"]);
    execute(&database, "UPDATE c SET note = 'precious'");
    for arguments in [&["apply"][..], &["apply", "--dry-run"], &["apply", "--until", "backfill"]] {
        let (good, text) = run(&package, &database, arguments);
        assert!(!good, "{text}");
        for part in [
            "the way down of 002_note was started but not finished (1 of 3 statements done); nothing was run",
            "finishing it loses: every note.",
            "to finish it: cargo schema revert --accept-loss",
            "DELETE FROM _tablewright_underway WHERE version = 2;",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    let (_, status) = run(&package, &database, &["status"]);
    assert!(status.contains("Underway: the way down of 002_note"), "{status}");
    assert!(status.contains("cargo schema revert --accept-loss"), "{status}");
    // Nor does a revert, unless the loss is accepted again.
    awake(&package, &database, &files);
    let (good, text) = run(&package, &database, &["revert"]);
    assert!(!good && text.contains("002_note: every note."), "{text}");
    assert_eq!(value(&database, "SELECT note FROM c"), "precious");
    assert_eq!(value(&database, MARKED), "2 f 1 f");
    let (good, text) = run(&package, &database, &["revert", "--accept-loss"]);
    assert!(good && text.contains("reverted 1 migration"), "{text}");
    assert_eq!(value(&database, APPLIED), "1");
    assert_eq!(value(&database, "to_regclass('_tablewright_underway')"), "");
    assert!(run(&package, &database, &["apply"]).0);
}

#[test]
fn the_alternative_keeps_the_migration() {
    let files = [FIRST, NOTE];
    let (package, database) = half_reverted(&files, &["--accept-loss"]);
    execute(&database, "UPDATE c SET note = 'precious'; ALTER TABLE c DROP COLUMN tmp");
    execute(&database, "DELETE FROM _tablewright_underway WHERE version = 2;");
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good && text.contains("nothing to do"), "{text}");
    assert_eq!(value(&database, "SELECT note FROM c"), "precious");
}

#[test]
fn an_interrupted_revert_is_finished_as_one_step() {
    let files = [
        ("001_a", "CREATE TABLE a (id BIGINT PRIMARY KEY);\n", "DROP TABLE a;\n"),
        ("002_b", "CREATE TABLE b (id BIGINT PRIMARY KEY);\n", "DROP TABLE b;\n"),
        (
            "003_c",
            "-- no-transaction\nCREATE TABLE c (id BIGINT);\n",
            "-- no-transaction\nALTER TABLE c ADD COLUMN going INT;\nDO $$ BEGIN PERFORM pg_sleep(60); END $$;\nDROP TABLE c;\n",
        ),
    ];
    let (package, database) = half_reverted(&files, &[]);
    assert_eq!(value(&database, APPLIED), "1 2 3");
    let (good, text) = run(&package, &database, &["revert", "--dry-run"]);
    assert!(good, "{text}");
    assert_eq!(
        text,
        "would revert 003_c\n    underway: the way down of 003_c was started but not finished (1 of 3 statements done)\n"
    );
    // What is to stay cannot stay half done.
    let (good, text) = run(&package, &database, &["revert", "--to", "3"]);
    assert!(!good && text.contains("the way down of 003_c was started"), "{text}");
    awake(&package, &database, &files);
    let (good, text) = run(&package, &database, &["revert"]);
    assert!(good && text.contains("reverted 1 migration"), "{text}");
    assert_eq!(value(&database, APPLIED), "1 2");
    assert_eq!(value(&database, "to_regclass('b')"), "b");

    // If more is requested, it is the first of several.
    let (package, database) = half_reverted(&files, &["--to", "1"]);
    awake(&package, &database, &files);
    let (good, text) = run(&package, &database, &["revert", "--to", "1"]);
    assert!(good && text.contains("reverted 2 migrations"), "{text}");
    assert_eq!(value(&database, APPLIED), "1");
}

#[test]
fn a_mistake_hidden_by_a_lock_is_reported_after_a_kill_too() {
    let first = ("001_a", "CREATE TABLE t (id BIGINT);\n", "DROP TABLE t;\n");
    let check = (
        "002_check",
        "-- no-transaction\nALTER TABLE t ADD CONSTRAINT t_amount_check CHECK (amuont > 0) NOT VALID;\n",
        "-- no-transaction\n",
    );
    let (package, database) = (package(&[first]), tablewright_tempdb::database());
    assert!(run(&package, &database, &["apply"]).0);
    rewrite(&package, &[first, check]);
    block_on(async {
        let mut blocker = connect(&database).await;
        sqlx::raw_sql("BEGIN; LOCK TABLE t").execute(&mut blocker).await.unwrap();
        let mut child = start(&package, &["apply", database.url()]);
        let begun = Instant::now();
        loop {
            let mut look = connect(&database).await;
            let running: Option<bool> = sqlx::query_scalar("SELECT is_running FROM _tablewright_underway")
                .fetch_optional(&mut look)
                .await
                .unwrap_or_default();
            if running == Some(true) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        blocker.close().await.unwrap();
    });
    for _ in 0..2 {
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(!good && text.contains("column \"amuont\" does not exist [42703]"), "{text}");
        assert!(text.contains("this statement was running when a runner was killed"), "{text}");
        assert_eq!(value(&database, APPLIED), "1");
    }
    let (_, status) = run(&package, &database, &["status"]);
    assert!(status.contains("The database lacks 1 migration, from 002_check on."), "{status}");
    let mended = check.1.replace("amuont", "id");
    rewrite(&package, &[first, (check.0, &mended, check.2)]);
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good, "{text}");
    assert_eq!(value(&database, "SELECT count(*) FROM pg_constraint WHERE conname = 't_amount_check'"), "1");
}

#[test]
fn rows_are_written_once_however_often_the_runner_is_killed() {
    const WRITE: &[&str] = &[
        "INSERT INTO c SELECT 2 FROM pg_sleep(1.5)",
        "UPDATE c SET id = id + 1 FROM pg_sleep(1.5) WHERE id = 1",
        "WITH done AS (SELECT pg_sleep(1.5)) INSERT INTO c SELECT 2 FROM done",
        "DO $$ BEGIN PERFORM pg_sleep(1.5); INSERT INTO c VALUES (2); END $$",
    ];
    const AT_WORK: &str = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND wait_event = 'PgSleep' AND datname = current_database()";
    for write in WRITE {
        let up = format!("-- no-transaction\n{write};\nSELECT 1;\n");
        let (package, database) = (package(&[FIRST]), tablewright_tempdb::database());
        assert!(run(&package, &database, &["apply"]).0);
        rewrite(&package, &[FIRST, ("002_rows", &up, "SELECT 1;\n")]);
        let mut child = start(&package, &["apply", database.url()]);
        wait_for(&database, AT_WORK, "1");
        child.kill().unwrap();
        child.wait().unwrap();
        // The server goes on with what was sent.
        wait_for(&database, AT_WORK, "0");
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(good, "{write}: {text}");
        assert_eq!(value(&database, "SELECT count(*) FROM c WHERE id = 2"), "1", "{write}");
    }
}

/// A migration whose second statement can never succeed, after its first has run.
fn half_applied() -> (Package, Database) {
    let files = [FIRST, ("002_two", TWO, "-- no-transaction\nDROP INDEX CONCURRENTLY IF EXISTS a;\n")];
    let (package, database) = (package(&files), tablewright_tempdb::database());
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(!good && text.contains("constraint \"typo\" of relation \"c\" does not exist"), "{text}");
    for part in [
        "fix the cause; then run it again: it continues after what was done",
        "do by hand what it was to do, then: UPDATE _tablewright_underway SET units_done = 2 WHERE version = 2;",
        "take back by hand what its first statement did, then: DELETE FROM _tablewright_underway WHERE version = 2;",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    (package, database)
}

const TWO: &str =
    "-- no-transaction\nCREATE INDEX CONCURRENTLY a ON c (id);\nALTER TABLE c VALIDATE CONSTRAINT typo;\n";
const A: &str = "SELECT count(*) FROM pg_class WHERE relname = 'a'";

#[test]
fn a_statement_that_can_never_succeed_is_passed_over() {
    let (package, database) = half_applied();
    execute(&database, "UPDATE _tablewright_underway SET units_done = 2 WHERE version = 2;");
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good && text.contains("applied 1 migration"), "{text}");
    assert_eq!(value(&database, APPLIED), "1 2");
    let (good, text) = run(&package, &database, &["revert"]);
    assert!(good, "{text}");
    assert_eq!(value(&database, A), "0");
}

#[test]
fn a_file_that_can_never_succeed_is_corrected_or_taken_away() {
    let (package, database) = half_applied();
    let without = "DROP INDEX a; DELETE FROM _tablewright_underway WHERE version = 2;";
    let corrected = TWO.replace("ALTER TABLE c VALIDATE CONSTRAINT typo;\n", "");
    // What the file was is not forgotten by changing it, nor by taking it away.
    rewrite(&package, &[FIRST, ("002_two", &corrected, "SELECT 1;\n")]);
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(!good && text.contains("and then the file was changed"), "{text}");
    assert!(text.contains("take back by hand what its first statement did, then: DELETE FROM"), "{text}");
    for file in ["up", "down"] {
        std::fs::remove_file(package.path().join(format!("migrations/002_two.{file}.sql"))).unwrap();
    }
    rewrite(&package, &[FIRST]);
    for arguments in [&["apply"][..], &["apply", "--dry-run"], &["revert"]] {
        let (good, text) = run(&package, &database, arguments);
        assert!(!good && text.contains("a part of migration 002 ran in this database"), "{text}");
        assert!(text.contains("take back by hand what its first statement did, then: DELETE FROM"), "{text}");
    }
    let (_, text) = run(&package, &database, &["status"]);
    assert!(text.contains("Underway: the way up of 002"), "{text}");
    assert_eq!(value(&database, MARKED), "2 t 1 f");
    execute(&database, without);
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good && text.contains("nothing to do"), "{text}");
    rewrite(&package, &[FIRST, ("002_two", &corrected, "SELECT 1;\n")]);
    let (good, text) = run(&package, &database, &["apply"]);
    assert!(good && text.contains("applied 1 migration"), "{text}");
    assert_eq!(value(&database, A), "1");
}

const SETUP: &str = "CREATE TABLE p (id BIGINT PRIMARY KEY); CREATE TABLE t (id BIGINT NOT NULL, a INT, d INT, e INT, \
     CONSTRAINT old_check CHECK (a > 0)); CREATE INDEX old_index ON t (a); CREATE TYPE kind AS ENUM ('a', 'c'); \
     CREATE TYPE old_kind AS ENUM ('a'); CREATE VIEW old_view AS SELECT 1 AS one; CREATE SEQUENCE old_sequence; \
     CREATE TABLE old_table (id BIGINT); CREATE TABLE older_table (id BIGINT); CREATE SCHEMA old_schema; \
     CREATE DOMAIN old_domain AS INT; CREATE MATERIALIZED VIEW old_matview AS SELECT 1 AS one; \
     CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'; \
     CREATE TRIGGER old_trigger BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f(); CREATE POLICY old_policy ON t";

/// Statements, and what makes another thing of the name that they make.
const STATEMENTS: &[(&str, &str)] = &[
    (
        "CREATE TABLE n (id BIGINT PRIMARY KEY, a INT DEFAULT 1 CHECK (a > 0), p BIGINT REFERENCES p)",
        "CREATE TABLE n (id BIGINT PRIMARY KEY)",
    ),
    ("CREATE TABLE n (id BIGSERIAL, \"Odd\" kind)", "CREATE TABLE n (id BIGSERIAL, \"Odd\" TEXT)"),
    (
        "CREATE TABLE public.\"N n\" (a INT, b INT GENERATED ALWAYS AS (a + 1) STORED)",
        "CREATE TABLE \"N n\" (a INT, b INT GENERATED ALWAYS AS (a + 2) STORED)",
    ),
    ("CREATE TABLE n (id INT) PARTITION BY RANGE (id)", "CREATE TABLE n (id INT) PARTITION BY HASH (id)"),
    ("CREATE VIEW n AS SELECT id FROM t", "CREATE VIEW n AS SELECT id FROM p"),
    ("CREATE SEQUENCE n START 5", "CREATE SEQUENCE n START 6"),
    ("CREATE TYPE n AS ENUM ('x', 'y')", "CREATE TYPE n AS ENUM ('y', 'x')"),
    ("CREATE INDEX n ON t (a) WHERE d > 0", "CREATE INDEX n ON t (a)"),
    ("CREATE UNIQUE INDEX n ON public.t (d)", "CREATE INDEX n ON t (d)"),
    ("ALTER TABLE t ADD COLUMN n INT", "ALTER TABLE t ADD COLUMN n TEXT"),
    ("ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 7", "ALTER TABLE t ADD COLUMN n INT NOT NULL DEFAULT 8"),
    ("ALTER TABLE t ADD n BIGSERIAL", "ALTER TABLE t ADD n BIGINT"),
    ("ALTER TABLE t ADD n BIGINT REFERENCES p", "ALTER TABLE t ADD n BIGINT"),
    ("ALTER TABLE t ADD COLUMN n INT, ADD COLUMN m INT", "ALTER TABLE t ADD COLUMN n INT"),
    ("ALTER TABLE t ADD COLUMN n INT, DROP COLUMN a", "ALTER TABLE t ADD COLUMN n INT"),
    (
        "ALTER TABLE t ADD CONSTRAINT n CHECK (d > 0) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT n CHECK (d > 1) NOT VALID",
    ),
    (
        "ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY (id) REFERENCES p NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT n FOREIGN KEY (id) REFERENCES p ON DELETE CASCADE NOT VALID",
    ),
    ("ALTER TABLE t ADD CONSTRAINT n UNIQUE (d)", "ALTER TABLE t ADD CONSTRAINT n UNIQUE (e)"),
    ("ALTER TABLE t ADD CONSTRAINT n PRIMARY KEY (id)", "ALTER TABLE t ADD CONSTRAINT m PRIMARY KEY (id)"),
    ("CREATE SCHEMA n", ""),
    ("ALTER TYPE kind ADD VALUE 'b' AFTER 'a'", ""),
    ("ALTER TABLE t RENAME COLUMN a TO n", ""),
    ("ALTER TABLE old_table RENAME TO n", ""),
    ("ALTER TABLE t DROP COLUMN d", ""),
    ("ALTER TABLE public.t DROP COLUMN d, DROP COLUMN e", "ALTER TABLE t DROP COLUMN d"),
    ("ALTER TABLE t DROP CONSTRAINT old_check", ""),
    ("DROP TABLE old_table", ""),
    ("DROP TABLE old_table, public.older_table", "DROP TABLE old_table"),
    ("DROP VIEW old_view", ""),
    ("DROP MATERIALIZED VIEW old_matview", ""),
    ("DROP SEQUENCE old_sequence", ""),
    ("DROP INDEX old_index", ""),
    ("DROP TYPE old_kind", ""),
    ("DROP DOMAIN old_domain", ""),
    ("DROP SCHEMA old_schema", ""),
    ("DROP TRIGGER old_trigger ON t", ""),
    ("DROP POLICY old_policy ON t", ""),
];

/// Mistakes, each of a code that would also say that a statement has run; and whether nothing of what the statement
/// changes is there before it is sent.
const MISTAKES: &[(&str, &str, bool)] = &[
    ("ALTER TABLE t ADD CONSTRAINT n CHECK (amuont > 0) NOT VALID", "42703", true),
    ("ALTER TABLE nosuch ADD COLUMN n INT", "42P01", true),
    ("ALTER TABLE t ADD COLUMN n nosuch", "42704", true),
    ("ALTER TABLE t DROP COLUMN a, DROP COLUMN nosuch", "42703", false),
    ("ALTER TABLE t RENAME COLUMN nosuch TO n", "42703", false),
    ("ALTER TABLE t ALTER COLUMN nosuch SET NOT NULL", "42703", false),
    ("ALTER TABLE t DROP CONSTRAINT nosuch", "42704", false),
    ("ALTER TABLE t ADD COLUMN a INT", "42701", false),
    ("ALTER TABLE t ADD CONSTRAINT old_check CHECK (a > 0)", "42710", false),
    ("CREATE TABLE t (id BIGINT)", "42P07", false),
    ("CREATE TABLE n (id BIGINT REFERENCES nosuch)", "42P01", true),
    ("CREATE TABLE n (id nosuch)", "42704", true),
    ("CREATE VIEW n AS SELECT nosuch FROM t", "42703", true),
    ("CREATE VIEW n AS SELECT 1 FROM nosuch", "42P01", true),
    ("CREATE INDEX n ON t (nosuch)", "42703", true),
    ("CREATE INDEX old_index ON t (a)", "42P07", false),
    ("CREATE TYPE kind AS ENUM ('a', 'c')", "42710", false),
    ("ALTER TYPE kind ADD VALUE 'a'", "42710", false),
    ("ALTER TYPE nosuch ADD VALUE 'a'", "42704", true),
    ("DROP TABLE old_table, nosuch", "42P01", false),
    ("DROP TABLE nosuch", "42P01", false),
    ("DROP TRIGGER old_trigger ON nosuch", "42P01", false),
    ("DROP FUNCTION nosuch()", "42883", false),
    ("SELECT nosuch(1)", "42883", false),
    ("COMMENT ON COLUMN t.nosuch IS 'x'", "42703", false),
    ("CREATE SCHEMA old_schema", "42P06", false),
    ("GRANT SELECT ON t TO nosuch", "42704", false),
];

/// Every mark that a runner writes.
const WATCH: &str = "CREATE TABLE marks (is_untouched BOOLEAN); \
     CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS \
     'BEGIN INSERT INTO marks VALUES (NEW.is_untouched); RETURN NEW; END'";
const WATCHED: &str = "DELETE FROM _tablewright_underway; \
     CREATE TRIGGER watch BEFORE INSERT OR UPDATE ON _tablewright_underway FOR EACH ROW EXECUTE FUNCTION watch()";

/// The database as left by a runner that was killed while a statement was running.
fn killed(database: &Database, sql: &str, before: &[&str], untouched: bool) {
    execute(
        database,
        "DROP SCHEMA IF EXISTS n CASCADE; DROP SCHEMA IF EXISTS old_schema CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
    );
    execute(database, SETUP);
    for sql in before.iter().filter(|sql| !sql.is_empty()) {
        execute(database, sql);
    }
    execute(
        database,
        &format!(
            "CREATE TABLE _tablewright_underway (version BIGINT PRIMARY KEY, is_up BOOLEAN NOT NULL, checksum BYTEA NOT NULL, \
             units_done BIGINT NOT NULL, is_running BOOLEAN NOT NULL, is_untouched BOOLEAN NOT NULL DEFAULT FALSE); \
             INSERT INTO _tablewright_underway VALUES (1, TRUE, sha384(convert_to($sql${sql}$sql$, 'UTF8')), 0, TRUE, {untouched})"
        ),
    );
}

#[test]
fn a_statement_counts_as_run_if_the_error_and_the_catalog_say_so() {
    let database = tablewright_tempdb::database();
    for (statement, other) in STATEMENTS {
        let sql = format!("-- no-transaction\n{statement};\n");
        let package = package(&[("001_one", &sql, "SELECT 1;\n")]);
        let had_run = "its statement had run before the runner was killed";
        // It had not run.
        killed(&database, &sql, &[], true);
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(good && !text.contains(had_run), "{statement}: {text}");
        // It had.
        killed(&database, &sql, &[statement], true);
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(good && text.contains(had_run), "{statement}: {text}");
        assert_eq!(value(&database, APPLIED), "1");
        assert_eq!(value(&database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'tablewright%'"), "0");
        // All of it is there, and it may have been there before.
        killed(&database, &sql, &[statement], false);
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(!good && text.contains("does not show whether it had finished"), "{statement}: {text}");
        assert_eq!(value(&database, APPLIED), "");
        // Something else is there, or part of it.
        if !other.is_empty() {
            killed(&database, &sql, &[other], true);
            let (good, text) = run(&package, &database, &["apply"]);
            assert!(!good && text.contains("does not show whether it had finished"), "{statement}, {other}: {text}");
            assert_eq!(value(&database, APPLIED), "");
        }
    }
}

#[test]
fn a_mistake_is_never_taken_for_a_statement_that_has_run() {
    let database = tablewright_tempdb::database();
    for (mistake, code, untouched) in MISTAKES {
        let sql = format!("-- no-transaction\n{mistake};\n");
        let package = package(&[("001_one", &sql, "SELECT 1;\n")]);
        // As this runner marks it before it sends the statement.
        killed(&database, &sql, &[WATCH], false);
        execute(&database, WATCHED);
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(!good && text.contains(&format!("[{code}]")), "{mistake}: {text}");
        assert_eq!(value(&database, "SELECT bool_or(is_untouched) FROM marks"), untouched.to_string(), "{mistake}");
        // And if a runner was killed after that.
        killed(&database, &sql, &[], *untouched);
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(!good && text.contains("does not show whether it had finished"), "{mistake}: {text}");
        assert!(text.contains("SET units_done = 1, is_running = FALSE WHERE version = 1;"), "{mistake}: {text}");
        assert_eq!(value(&database, APPLIED), "", "{mistake}");
        // The way out that is named leads out.
        execute(&database, "UPDATE _tablewright_underway SET units_done = 1, is_running = FALSE WHERE version = 1;");
        let (good, text) = run(&package, &database, &["apply"]);
        assert!(good, "{mistake}: {text}");
    }
}
