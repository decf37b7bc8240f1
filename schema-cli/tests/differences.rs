//! `cargo schema drift` and `cargo schema diff` against real servers.

mod common;

use common::Package;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_database::{Error, run};

fn execute(url: &str, sql: &str) {
    run(async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Ok::<_, Error>(())
    })
    .unwrap();
}

/// The shop, its first migration, and a database that has it.
fn shop() -> (Package, tablewright_tempdb::Database) {
    let package = Package::shop();
    let out = package.run(&["migrate", "create_shop"]);
    assert!(out.starts_with("exit code 0"), "{out}");
    let database = tablewright_tempdb::database();
    execute(database.url(), &package.read("migrations/001_create_shop.up.sql"));
    (package, database)
}

#[test]
fn a_database_made_by_the_migrations_matches_the_models() {
    let (package, database) = shop();
    insta::assert_snapshot!("no_drift", package.run(&["drift", database.url()]));
    let diff = package.run(&["diff", "--from", database.url(), "--to", "models"]);
    assert_eq!(diff, "exit code 0\n--- out\nno difference\n");
    let diff = package.run(&["diff", "--from", "lock", "--to", database.url()]);
    assert_eq!(diff, "exit code 0\n--- out\nno difference\n");
}

#[test]
fn what_was_done_by_hand_is_reported_at_the_models() {
    let (package, database) = shop();
    execute(
        database.url(),
        "ALTER TABLE orders DROP COLUMN shipped_at CASCADE;
         ALTER TABLE products ALTER COLUMN title TYPE varchar(80), ALTER COLUMN price DROP NOT NULL;
         ALTER TABLE products ALTER COLUMN title SET DEFAULT 'unnamed';
         ALTER TABLE users ADD COLUMN nickname text;
         ALTER TABLE products DROP CONSTRAINT products_price_check;
         ALTER TABLE products ADD CONSTRAINT products_price_check CHECK (price > 1) NOT VALID;
         CREATE INDEX by_hand ON users (created_at);
         CREATE TABLE legacy (id int);
         CREATE VIEW emails AS SELECT count(*) AS number FROM users;
         COMMENT ON TABLE users IS 'mine';",
    );
    insta::assert_snapshot!("drift", package.run(&["drift", database.url()]));
    insta::assert_snapshot!("diff", package.run(&["diff", "--from", database.url(), "--to", "models"]));
}

#[test]
fn a_database_that_lacks_migrations_is_reported() {
    let (package, database) = shop();
    execute(database.url(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    assert!(package.run(&["apply", database.url()]).starts_with("exit code 0"));
    assert!(package.run(&["seal"]).starts_with("exit code 0"));
    package.change(
        "src/models/catalogue.rs",
        "pub title: String,",
        "pub title: String,\n    pub subtitle: Option<String>,",
    );
    assert!(package.run(&["migrate", "subtitles"]).starts_with("exit code 0"));
    let drift = package.run(&["drift", database.url()]);
    assert!(drift.starts_with("exit code 1"), "{drift}");
    assert!(drift.contains("help: 002_subtitles has not run there: cargo schema apply"), "{drift}");
}

#[test]
fn two_databases_need_no_package() {
    let (one, other) = (tablewright_tempdb::database(), tablewright_tempdb::database());
    let nowhere = Package::empty();
    execute(one.url(), "CREATE TABLE users (id int PRIMARY KEY, name varchar CHECK (name IN ('a', 'b')))");
    execute(other.url(), "CREATE TABLE users (id bigint PRIMARY KEY, name varchar CHECK (name IN ('a', 'b')))");
    let diff = nowhere.run(&["diff", "--from", one.url(), "--to", other.url()]);
    assert_eq!(diff, "exit code 1\n--- out\nthe column users.id is BIGINT, it was INTEGER\n");
    // What models cannot express is reported, and never planned away.
    execute(other.url(), "CREATE VIEW names AS SELECT count(*) AS number FROM users");
    insta::assert_snapshot!(
        "unheld",
        nowhere.run(&["diff", "--from", one.url(), "--to", other.url(), "--sql", "migrations"])
    );
    assert!(!nowhere.path().join("migrations").exists());
}

/// Each command that prints differences, with more of them than anyone reads.
#[test]
fn a_long_list_is_cut_and_the_rest_is_counted() {
    let (package, database) = shop();
    let statements: String = (10..40)
        .map(|number| {
            format!("CREATE TABLE more_{number} (id int PRIMARY KEY); CREATE VIEW seen_{number} AS SELECT 1 AS one;")
        })
        .collect();
    execute(database.url(), &statements);
    let of = |arguments: &[&str], word: &str| {
        let text = package.run(arguments);
        let told = text.lines().filter(|line| line.contains(word)).count();
        (told, text)
    };
    let diff = ["diff", "--from", database.url(), "--to", "models"];
    let (told, text) = of(&diff, "the table more_");
    assert!(told == 20 && text.ends_with("\nand 10 more: --all lists them\n"), "{text}");
    let (told, text) = of(&[&diff[..], &["--all"]].concat(), "the table more_");
    assert!(told == 30 && !text.contains("and 10 more"), "{text}");

    let (tables, text) = of(&["drift", database.url()], "has the table more_");
    let views = text.lines().filter(|line| line.contains("view seen_")).count();
    assert!((tables, views) == (20, 20) && text.contains("\n  and 10 more: --all lists them\n"), "{text}");
    assert!(text.contains("\nand 10 more: --all lists them\n") && text.contains("30 differences"), "{text}");
    let (tables, text) = of(&["drift", database.url(), "--all"], "has the table more_");
    assert!(tables == 30 && text.contains("view seen_39") && !text.contains("10 more"), "{text}");

    // A file is whole.
    let imported = Package::of("//! The tables.\n");
    let text = imported.run(&["import", database.url()]);
    assert_eq!(text.lines().filter(|line| line.contains("view seen_")).count(), 20, "{text}");
    assert!(text.contains("\n  and 10 more: see there\n"), "{text}");
    assert_eq!(imported.read("src/models.rs").matches("view seen_").count(), 30);
}

#[test]
fn a_database_that_does_not_exist_is_exit_code_2() {
    let package = Package::shop();
    let out = package.run(&["drift", "postgres://me:hunter2@127.0.0.1:1/shop"]);
    assert!(out.starts_with("exit code 2\n"), "{out}");
    assert!(out.contains("no server answers at 127.0.0.1:1"), "{out}");
    assert!(!out.contains("hunter2"), "{out}");
    let out = package.run(&["diff", "--from", "me:hunter2@host", "--to", "models"]);
    assert!(out.contains("a source is `models`, `lock`, or a URL"), "{out}");
    assert!(!out.contains("hunter2@host'\n"), "{out}");
}
