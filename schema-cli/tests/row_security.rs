//! `cargo schema apply` and `revert` as the owner of tables whose policies hide the rows from it.

mod common;

use common::runner::{APPLIED, execute, value};
use common::{Package, STANDARD};
use insta::assert_snapshot;
use tablewright_tempdb::Database;

fn models(field: &str) -> String {
    format!(
        "use tablewright::prelude::*;\n\n#[derive(Table)]\n\
         #[policy(own_rows, using = \"number = nullif(current_setting('app.number', true), '')::BIGINT\")]\n\
         pub struct Order {{\n    pub id: Uuid,\n    pub number: i64,\n{field}{STANDARD}}}\n"
    )
}

const MEMO: &str = "    pub memo: Option<String>,\n";
const REMARK: &str = "    #[column(renamed_from = \"memo\")]\n    pub remark: Option<String>,\n";

/// The orders, applied by their owner, with rows; and the owner's URL.
fn orders(database: &Database) -> (Package, String) {
    let owner = format!("{}_owner", database.name());
    execute(
        database,
        &format!(
            "CREATE ROLE \"{owner}\" LOGIN PASSWORD 'secret'; ALTER DATABASE \"{}\" OWNER TO \"{owner}\"; \
             ALTER SCHEMA public OWNER TO \"{owner}\"",
            database.name()
        ),
    );
    let (scheme, rest) = database.url().split_once("://").unwrap();
    let place = rest.split_once('@').map_or(rest, |(_, place)| place);
    let url = format!("{scheme}://{owner}:secret@{place}");
    let package = Package::of(&models(MEMO));
    for arguments in [&["migrate", "create"][..], &["seal"], &["apply", &url]] {
        let said = package.run(arguments);
        assert!(said.starts_with("exit code 0\n"), "{arguments:?}: {said}");
    }
    execute(database, "INSERT INTO orders (number, memo) SELECT n, 'memo ' || n FROM generate_series(1, 3) AS n");
    package.write("src/lib.rs", models(REMARK));
    (package, url)
}

fn told(database: &Database, text: &str) -> String {
    text.replace(database.name(), "[DATABASE]")
}

/// What is said without how long anything took.
fn timeless(text: &str) -> String {
    let lines = text.lines().map(|line| line.split(" in 0.").next().unwrap_or_default());
    lines.filter(|line| !line.contains(" is not sealed")).map(|line| format!("{line}\n")).collect()
}

const REMARKS: &str = "SELECT string_agg(remark, ', ' ORDER BY number) FROM orders";
const MEMOS: &str = "SELECT string_agg(memo, ', ' ORDER BY number) FROM orders";
const FORCED: &str = "SELECT relforcerowsecurity FROM pg_class WHERE relname = 'orders'";
const COLUMNS: &str = "SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = 'orders'::regclass AND attnum > 0 AND NOT attisdropped";
const ALL_MEMOS: &str = "memo 1, memo 2, memo 3";

#[test]
fn an_owner_that_sees_no_rows_is_refused_before_the_first_change_with_the_remedies() {
    let database = tablewright_tempdb::database();
    let (package, url) = orders(&database);
    package.run(&["migrate", "rename"]);
    let columns = value(&database, COLUMNS);
    let refused = told(&database, &package.run(&["apply", &url]));
    assert_snapshot!(timeless(&refused));
    assert_eq!(value(&database, APPLIED), "1");
    assert_eq!(value(&database, COLUMNS), columns);
    let planned = told(&database, &package.run(&["apply", &url, "--dry-run"]));
    assert_eq!(timeless(&planned), timeless(&refused), "what would be refused is not planned");

    // The first remedy.
    execute(&database, &format!("ALTER ROLE \"{}_owner\" BYPASSRLS", database.name()));
    assert!(package.run(&["apply", &url]).starts_with("exit code 0\n"));
    assert_eq!(value(&database, REMARKS), ALL_MEMOS);

    // The way back reads them too.
    execute(&database, &format!("ALTER ROLE \"{}_owner\" NOBYPASSRLS", database.name()));
    let applied = value(&database, APPLIED);
    let columns = value(&database, COLUMNS);
    let refused = package.run(&["revert", &url, "--to", "1", "--accept-loss"]);
    assert!(refused.starts_with("exit code 2\n") && refused.contains("row-level security hides rows"), "{refused}");
    assert_eq!((value(&database, APPLIED), value(&database, COLUMNS)), (applied, columns));
    execute(&database, &format!("ALTER ROLE \"{}_owner\" BYPASSRLS", database.name()));
    let taken = package.run(&["revert", &url, "--to", "1", "--accept-loss"]);
    assert!(taken.starts_with("exit code 0\n"), "{taken}");
    assert_eq!(value(&database, MEMOS), ALL_MEMOS);
}

#[test]
fn force_is_lifted_when_acknowledged_and_stopping_in_between_is_reported() {
    let database = tablewright_tempdb::database();
    let (package, url) = orders(&database);
    assert!(package.run(&["migrate", "rename"]).starts_with("exit code 0\n"));
    let planned = package.run(&["migrate", "--acknowledge", "no FORCE on orders"]);
    assert!(planned.starts_with("exit code 0\n"), "{planned}");
    package.run(&["seal"]);

    // Between the file that lifts and the one that forces again.
    execute(
        &database,
        "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk is full'; END $$; \
         CREATE TRIGGER stop BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stop()",
    );
    let stopped = package.run(&["apply", &url, "--accept-drift"]);
    assert_snapshot!(timeless(&stopped));
    assert_eq!(value(&database, FORCED), "false");
    let drift = package.run(&["drift", database.url()]);
    assert!(drift.contains("no FORCE ROW LEVEL SECURITY"), "{drift}");
    execute(&database, "DROP TRIGGER stop ON orders; DROP FUNCTION stop()");
    let back = package.run(&["revert", &url, "--to", "3", "--accept-loss"]);
    assert!(back.starts_with("exit code 0\n") && !back.contains("do not apply"), "{back}");
    assert_eq!(value(&database, FORCED), "true");

    for until in [&["--until", "contract"][..], &[]] {
        let said = package.run(&[&["apply", &url], until].concat());
        assert!(said.starts_with("exit code 0\n") && !said.contains("do not apply"), "{said}");
        assert_eq!(value(&database, FORCED), "true", "each phase ends as the models say");
    }
    assert_eq!(value(&database, REMARKS), ALL_MEMOS);
    assert!(package.run(&["drift", database.url()]).starts_with("exit code 0\n"));

    let taken = package.run(&["revert", &url, "--to", "1", "--accept-loss"]);
    assert!(taken.starts_with("exit code 0\n"), "{taken}");
    assert_eq!((value(&database, MEMOS), value(&database, FORCED)), (ALL_MEMOS.to_owned(), "true".to_owned()));
}

/// Policies that the models do not know: no file mentions them, and the runner still asks.
#[test]
fn policies_that_no_model_has_are_found_as_well() {
    let database = tablewright_tempdb::database();
    let (package, url) = orders(&database);
    let without = |field: &str| models(field).replace("#[policy", "// #[policy");
    package.write("src/lib.rs", without(MEMO));
    package.run(&["migrate", "no_policy"]);
    package.run(&["seal"]);
    assert!(package.run(&["apply", &url]).starts_with("exit code 0\n"));
    execute(
        &database,
        "CREATE POLICY by_hand ON orders USING (false); ALTER TABLE orders ENABLE ROW LEVEL SECURITY; \
         ALTER TABLE orders FORCE ROW LEVEL SECURITY",
    );
    package.write("src/lib.rs", without(REMARK));
    assert!(package.run(&["migrate", "rename"]).starts_with("exit code 0\n"));
    let columns = value(&database, COLUMNS);
    let refused = package.run(&["apply", &url, "--accept-drift"]);
    assert!(refused.contains("row-level security hides rows"), "{refused}");
    assert_eq!(value(&database, COLUMNS), columns);

    // By sqlx's own runner the fill stops at the server's error, and no value is lost.
    let error = common::runner::sqlx_run(&url, &common::runner::folder(&package)).unwrap_err();
    let said = format!("{error} {:?}", std::error::Error::source(&error));
    assert!(said.contains("would be affected by row-level security policy"), "{said}");
    assert_eq!(value(&database, MEMOS), ALL_MEMOS);
}
