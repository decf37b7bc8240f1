//! `cargo schema apply` looks at the rows before it locks anything, and so does each file by itself.

mod common;

use common::runner::{APPLIED, execute, folder, sqlx_run, value};
use common::{Package, STANDARD};
use insta::assert_snapshot;
use tablewright_tempdb::Database;

fn models(attributes: &str, fields: &str) -> String {
    format!(
        "use tablewright::prelude::*;\n\n#[derive(Table)]\npub struct User {{\n    pub id: i64,\n    pub name: String,\n{STANDARD}}}\n\n\
         #[derive(Table)]\n{attributes}pub struct Order {{\n    pub id: i64,\n    pub number: i64,\n{fields}{STANDARD}}}\n"
    )
}

const PLAIN: &str = "    #[column(external = \"the users come later\")]\n    pub user_id: i64,\n    pub note: Option<String>,\n    \
                     pub size: i64,\n";

/// Users and orders with rows, applied and sealed.
fn orders(database: &Database) -> Package {
    let package = Package::of(&models("", PLAIN));
    package.write("schema.toml", "primary_key = \"bigint\"\n[timeouts]\nlock = \"200ms\"\n");
    for arguments in [&["migrate", "create"][..], &["seal"], &["apply", database.url()]] {
        let said = package.run(arguments);
        assert!(said.starts_with("exit code 0\n"), "{arguments:?}: {said}");
    }
    execute(database, "INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 3) AS n");
    package
}

/// The models are changed so; the words are acknowledged.
fn changed(package: &Package, models: String, words: &[&str]) {
    package.write("src/lib.rs", models);
    let mut arguments = vec!["migrate", "change"];
    arguments.extend(words.iter().flat_map(|word| ["--acknowledge", word]));
    let said = package.run(&arguments);
    assert!(said.starts_with("exit code 0\n"), "{said}");
    package.run(&["seal"]);
}

/// What apply says, and that nothing was done: not by the runner, nor by sqlx's own up to the file that looks.
fn refused(database: &Database, package: &Package) -> String {
    let before = value(database, CATALOG);
    let said = package.run(&["apply", database.url()]);
    assert!(said.starts_with("exit code 2\n"), "{said}");
    assert_eq!((value(database, APPLIED), value(database, CATALOG)), ("1".to_owned(), before));
    assert_eq!(package.run(&["apply", database.url(), "--dry-run"]), said, "what would be refused is not planned");
    said
}

const CATALOG: &str = "SELECT count(*) || ' ' || (SELECT count(*) FROM pg_constraint) || ' ' || (SELECT count(*) FROM pg_attribute)
    FROM pg_class WHERE relname NOT LIKE 'pg_temp%' AND relname NOT LIKE '%underway%' AND relnamespace = 'public'::regnamespace";

fn applies(database: &Database, package: &Package) {
    let said = package.run(&["apply", database.url()]);
    assert!(said.starts_with("exit code 0\n"), "{said}");
}

#[test]
fn rows_that_break_a_check_are_shown_ten_of_them_and_the_query_that_finds_the_rest() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(
        &database,
        "INSERT INTO orders (number, user_id, size) SELECT n, 1, CASE WHEN n <= 15 THEN -n ELSE n END FROM generate_series(1, 30) AS n",
    );
    changed(&package, models("#[check(\"size > 0\")]\n", PLAIN), &[]);
    assert_snapshot!(refused(&database, &package));

    // sqlx's own runner gets the same of the file.
    let error = sqlx_run(database.url(), &folder(&package)).unwrap_err().to_string();
    assert!(error.contains("some rows break the check"), "{error}");
    execute(&database, "UPDATE orders SET size = -size WHERE size < 0");
    applies(&database, &package);
}

#[test]
fn twins_orphans_nulls_and_values_that_do_not_fit_are_found_at_once() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(
        &database,
        "INSERT INTO orders (number, user_id, size) VALUES (1, 1, 1), (1, 9, 2), (2, 1, 9007199254740993)",
    );
    let fields = PLAIN
        .replace("#[column(external = \"the users come later\")]", "#[references(User, on_delete = restrict)]")
        .replace("Option<String>", "String")
        .replace("pub size: i64", "pub size: f64");
    let words = ["no NULL in orders.note", "no loss in orders.size"];
    changed(&package, models("#[unique(number)]\n", &fields), &words);
    assert_snapshot!(refused(&database, &package));

    execute(&database, "UPDATE orders SET note = '', number = id, user_id = 1, size = 1");
    applies(&database, &package);
    assert_eq!(value(&database, "SELECT string_agg(size::text, ' ') FROM orders"), "1 1 1");
}

#[test]
fn what_an_earlier_file_fills_or_a_person_mends_is_not_looked_for() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(&database, "INSERT INTO orders (number, user_id, size) VALUES (1, 1, -1), (2, 1, 2)");
    // NULL is filled by a file before.
    let fields =
        PLAIN.replace("    pub note: Option<String>", "    #[column(backfill = \"'none'\")]\n    pub note: String");
    changed(&package, models("", &fields), &[]);
    applies(&database, &package);
    assert_eq!(value(&database, "SELECT string_agg(note, ' ') FROM orders"), "none none");

    // What breaks the check goes by a file that a person wrote.
    let fields = PLAIN.replace("Option<String>", "String");
    package.write("src/lib.rs", models("", &fields));
    package.run(&["migrate", "mend", "--empty"]);
    let files =
        std::fs::read_dir(folder(&package)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let file = files.into_iter().find(|name| name.ends_with("_mend.up.sql")).unwrap();
    package
        .write(&format!("migrations/{file}"), "-- Up: mends the sizes.\nUPDATE orders SET size = 1 WHERE size < 0;\n");
    let said = package.run(&["seal"]);
    assert!(said.starts_with("exit code 0\n"), "{said}");
    changed(&package, models("#[check(\"size > 0\")]\n", &fields), &[]);
    applies(&database, &package);
    assert_eq!(value(&database, "SELECT string_agg(size::text, ' ' ORDER BY id) FROM orders"), "1 2");
}

#[test]
fn a_look_that_takes_too_long_is_a_note() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(&database, "INSERT INTO orders (number, user_id, size) SELECT n, 1, n FROM generate_series(1, 30) AS n");
    execute(
        &database,
        "CREATE FUNCTION slow(size BIGINT) RETURNS BOOLEAN LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM pg_sleep(1); RETURN true; END $$",
    );
    changed(&package, models("#[check(\"slow(size)\")]\n", PLAIN), &[]);
    let url = database.url().to_owned();
    let settings = tablewright_database::apply::Settings {
        look: std::time::Duration::from_millis(300),
        ..tablewright_database::apply::Settings::default()
    };
    let runs = common::runner::block_on(async {
        let files = tablewright_database::apply::files(&folder(&package)).await.unwrap();
        tablewright_database::apply::pending(&url, &files, &settings).await.map(|pending| pending.now.len())
    });
    assert!(runs.is_ok_and(|count| count > 0));
}
