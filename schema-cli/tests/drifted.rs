//! `cargo schema apply` on a database that somebody changed by hand.

mod common;

use common::runner::{APPLIED, execute, value};
use common::{Package, STANDARD};
use insta::assert_snapshot;
use tablewright_tempdb::Database;

fn models(fields: &str) -> String {
    format!(
        "use tablewright::prelude::*;\n\n#[derive(Table)]\n#[index(number)]\npub struct Order {{\n    pub id: Uuid,\n    pub number: i64,\n{fields}{STANDARD}}}\n\n\
         #[derive(Table)]\npub struct Parcel {{\n    pub id: Uuid,\n    pub weight: i64,\n{STANDARD}}}\n"
    )
}

/// Orders and parcels, applied and sealed; then a migration of the orders.
fn orders(database: &Database) -> Package {
    let package = Package::of(&models(""));
    for arguments in [&["migrate", "create"][..], &["seal"], &["apply", database.url()]] {
        let said = package.run(arguments);
        assert!(said.starts_with("exit code 0\n"), "{arguments:?}: {said}");
    }
    package.write("src/lib.rs", models("    pub note: Option<String>,\n"));
    for arguments in [&["migrate", "add_note"][..], &["seal"]] {
        let said = package.run(arguments);
        assert!(said.starts_with("exit code 0\n"), "{arguments:?}: {said}");
    }
    package
}

#[test]
fn a_table_that_drifted_is_refused_with_each_difference_until_that_is_accepted() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(
        &database,
        "ALTER TABLE orders ADD COLUMN extra TEXT; ALTER TABLE orders ALTER COLUMN number TYPE INT4; DROP INDEX idx_orders_number",
    );
    let refused = package.run(&["apply", database.url()]);
    assert_snapshot!(refused, @r"
    exit code 2
    --- err
    error: the database is not what its last migration left (create); nothing was run
           orders: the index idx_orders_number is missing
           orders: the column extra is there, and no migration made it
           orders: the column number is different
    help: cargo schema drift URL    shows each difference with its SQL: put it back by hand, or state it in the models and migrate
          or: cargo schema apply … --accept-drift    where the files fit it as it is
    ");
    assert_eq!(package.run(&["apply", database.url(), "--dry-run"]), refused, "what would be refused is not planned");
    assert_eq!(value(&database, APPLIED), "1");
    let accepted = package.run(&["apply", database.url(), "--accept-drift"]);
    assert!(accepted.starts_with("exit code 0\n"), "{accepted}");
    assert_eq!(value(&database, APPLIED), "1 2");
}

#[test]
fn a_table_that_no_file_changes_may_drift() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    execute(&database, "ALTER TABLE parcels ADD COLUMN extra TEXT");
    let said = package.run(&["apply", database.url()]);
    assert!(said.starts_with("exit code 0\n"), "{said}");
    // Nor is anything compared when all of it has run.
    execute(&database, "ALTER TABLE orders ADD COLUMN extra TEXT");
    assert!(package.run(&["apply", database.url()]).starts_with("exit code 0\n"));
}

#[test]
fn a_lock_that_says_nothing_of_tables_is_read() {
    let database = tablewright_tempdb::database();
    let package = orders(&database);
    let path = package.path().join("schema.lock");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lock = tablewright_core::migrations::Lock::parse(&path, &text).unwrap();
    assert!(lock.shapes().count() == 2, "{text}");
    lock.migrations.iter_mut().for_each(|migration| migration.tables.clear());
    package.write("schema.lock", lock.text().unwrap());
    execute(&database, "ALTER TABLE orders ADD COLUMN extra TEXT");
    let said = package.run(&["apply", database.url()]);
    assert!(said.starts_with("exit code 0\n"), "{said}");
}
