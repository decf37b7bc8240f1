//! Statements that no runner can run so that its record is true: refused by `check`, `apply` and `revert`, before anything runs.

mod common;

use std::fs;
use std::path::Path;

use common::runner::{APPLIED, package, value};
use tablewright_database::apply::refusals;

const ALONE: &str = "-- no-transaction\n";
const GOES_ON: &str = "-- no-transaction\n-- Takes: minutes; it can be stopped, and goes on when it is run again.\n";

/// The statements that are refused, by their first words.
fn refused(text: &str) -> Vec<String> {
    refusals(text).into_iter().map(|it| text[it.range].split([';', '\n']).next().unwrap().to_owned()).collect()
}

#[test]
fn a_file_in_a_transaction_does_not_end_it() {
    for end in [
        "COMMIT",
        "END",
        "ROLLBACK",
        "ABORT",
        "BEGIN",
        "START TRANSACTION",
        "PREPARE TRANSACTION 'x'",
        "COMMIT PREPARED 'x'",
    ] {
        assert_eq!(refused(&format!("CREATE TABLE t (id BIGINT);\n{end};\nSELECT 1;\n")), [end], "{end}");
    }
    let fine = "SAVEPOINT a;\nROLLBACK TO SAVEPOINT a;\nRELEASE a;\nSET LOCAL lock_timeout = '2s';\nSELECT 'COMMIT;'; -- COMMIT;\n\
                CREATE FUNCTION f() RETURNS INT LANGUAGE SQL BEGIN ATOMIC SELECT 1; END;\n\
                CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;\n\
                CREATE FUNCTION g() RETURNS INT LANGUAGE SQL SET search_path = app AS 'SELECT 1';\n";
    assert!(refused(fine).is_empty(), "{:?}", refused(fine));
}

#[test]
fn a_file_outside_of_one_has_its_transactions_in_pairs() {
    for (sql, statement) in [
        ("CREATE TABLE a ();\nCOMMIT;\n", "COMMIT"),
        ("BEGIN;\nCREATE TABLE a ();\n", "BEGIN"),
        ("BEGIN;\nBEGIN;\nCOMMIT;\n", "BEGIN"),
        ("BEGIN;\nCREATE TABLE a ();\nROLLBACK;\nCREATE TABLE b ();\n", "ROLLBACK"),
        ("BEGIN;\nCREATE TABLE a ();\nCOMMIT AND CHAIN;\n", "COMMIT AND CHAIN"),
        ("BEGIN;\nPREPARE TRANSACTION 'x';\n", "PREPARE TRANSACTION 'x'"),
        // What the parser cannot read is one unit, and has no transactions of its own either.
        ("COMMIT;\nSELECT 'a' 'b' AS x WHERE false;\n", "COMMIT"),
    ] {
        assert_eq!(refused(&format!("{ALONE}{sql}")), [statement], "{sql}");
    }
    let fine = "SET lock_timeout = '2s';\nBEGIN;\nSELECT 1;\nCOMMIT;\nBEGIN;\nSELECT 1;\nEND;\nRESET lock_timeout;\n";
    assert!(refused(&format!("{ALONE}{fine}")).is_empty());
}

#[test]
fn one_block_commits_and_says_that_it_can_be_run_again() {
    let block = "DO $$ BEGIN UPDATE t SET a = 1 WHERE a IS NULL; COMMIT; END $$;\n";
    for commits in
        ["CALL p();\n", block, "DO $$ BEGIN CALL p(); END $$;\n", "DO LANGUAGE plpython3u 'plpy.commit()';\n"]
    {
        assert_eq!(refusals(&format!("{ALONE}{commits}")).len(), 1, "{commits}");
        assert_eq!(refusals(&format!("{GOES_ON}{commits}")), [], "{commits}");
        assert_eq!(refusals(&format!("{GOES_ON}{commits}{block}")).len(), 1, "{commits}");
    }
    let plain = "DO $$ BEGIN RAISE NOTICE 'COMMIT'; /* COMMIT */ END $$;\n";
    assert!(refused(&format!("{ALONE}{plain}{plain}")).is_empty());
}

#[test]
fn the_session_stays_as_it_is_and_nothing_waits_for_the_client() {
    for sql in [
        "SET ROLE app_owner",
        "SET LOCAL ROLE app_owner",
        "SET role = 'app_owner'",
        "RESET ROLE",
        "SET SESSION AUTHORIZATION app_owner",
        "SET search_path = app",
        "SET LOCAL search_path TO app, public",
        "SET \"search_path\" = app",
        "SET SCHEMA 'app'",
        "RESET search_path",
        "SELECT pg_catalog.set_config('search_path', '', false)",
        "SELECT set_config ( 'role', 'app_owner', true )",
        "SELECT pg_advisory_unlock_all()",
        "DO $$ BEGIN SET LOCAL search_path = app; END $$",
        "DO $$ BEGIN SET ROLE app_owner; END $$",
        "DO $$ BEGIN PERFORM set_config('search_path', 'app', false); END $$",
        "DISCARD ALL",
        "DEALLOCATE ALL",
        "COPY t FROM stdin",
        "COPY t (id) FROM STDIN WITH (FORMAT csv)",
        "COPY t TO stdout",
    ] {
        for text in [format!("{sql};\n"), format!("{ALONE}{sql};\n")] {
            let found = refused(&text);
            assert!(found.len() == 1 && sql.starts_with(&found[0]), "{sql}: {found:?}");
        }
    }
    assert_eq!(refused("COPY t FROM stdin;\n1\n2\n\\.\n"), ["COPY t FROM stdin"]);
    for sql in [
        "SET lock_timeout = '2s'",
        "RESET ALL",
        "DISCARD PLANS",
        "COPY t FROM '/srv/rows.csv'",
        "COPY t FROM PROGRAM 'rows'",
        "SELECT set_config('row_security', 'off', true)",
        "SELECT pg_advisory_xact_lock(1)",
    ] {
        assert!(refused(&format!("{sql};\n")).is_empty(), "{sql}");
    }
}

/// Every file that the planner writes, in all its cases.
#[test]
fn nothing_that_is_planned_is_refused() {
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/migrations")];
    let mut files = 0;
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "sql") {
                let text = fs::read_to_string(&path).unwrap();
                assert_eq!(refusals(&text), [], "{}", path.display());
                files += 1;
            }
        }
    }
    assert!(files > 1000, "{files}");
}

#[test]
fn check_apply_and_revert_refuse_before_anything_runs() {
    let database = tablewright_tempdb::database();
    let first = ("001_a", "CREATE TABLE log (id BIGINT);\n", "DROP TABLE log;\n");
    let seed = "INSERT INTO log VALUES (1);\nCOMMIT;\nBEGIN;\n";
    let package = package(&[first, ("002_seed", seed, "SELECT 1;\n")]);
    for arguments in [vec!["apply", database.url()], vec!["apply", "--dry-run", database.url()]] {
        let text = package.run(&arguments);
        assert!(text.starts_with("exit code 2\n"), "{text}");
        for part in
            ["migrations/002_seed.up.sql:2: COMMIT ends the transaction", "002_seed.up.sql:3: BEGIN", "nothing was run"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    assert_eq!(value(&database, "to_regclass('log')"), "");
    // It is sealed: nobody can change it.
    let text = package.run(&["check"]);
    assert!(text.starts_with("exit code 0\n") && text.contains("note[runner]: COMMIT ends"), "{text}");
    // One that is not yet does not become it.
    let open = common::Package::of("");
    assert!(open.run(&["migrate", "seed", "--empty"]).starts_with("exit code 0\n"));
    open.write("migrations/001_seed.up.sql", seed);
    let lock = open.read("schema.lock");
    for command in ["check", "seal"] {
        let text = open.run(&[command]);
        assert!(text.starts_with("exit code 1\n") && text.contains("error[runner]: COMMIT ends"), "{text}");
        assert!(text.contains("migrations/001_seed.up.sql:2:1"), "{text}");
    }
    assert_eq!(open.read("schema.lock"), lock);
    assert!(package.run(&["explain", "runner"]).starts_with("exit code 0\n"));

    // What is not to run yet is not refused, and a way down is refused by what runs it.
    let down = "DROP TABLE log;\nROLLBACK;\n";
    let package = common::runner::package(&[(first.0, first.1, down)]);
    assert!(package.run(&["apply", database.url()]).contains("applied 1 migration"));
    let text = package.run(&["revert", database.url()]);
    assert!(text.contains("001_a.down.sql:2: ROLLBACK undoes"), "{text}");
    assert_eq!(value(&database, APPLIED), "1");
    assert_eq!(value(&database, "to_regclass('log')"), "log");
}
