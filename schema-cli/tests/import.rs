//! `cargo schema import`: a database becomes models, and the models become the same database.

mod common;
#[path = "import/cycles.rs"]
mod cycles;

use common::Package;
use common::runner::dump;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_database::{Error, run};

const LEGACY: &str = include_str!("database/legacy.sql");

fn execute(url: &str, sql: &str) {
    run(async {
        let mut connection = PgConnection::connect(url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        Ok::<_, Error>(())
    })
    .unwrap();
}

#[test]
fn a_legacy_database_becomes_models_and_comes_back() {
    let database = tablewright_tempdb::database();
    execute(database.url(), LEGACY);
    let package = Package::of("//! The tables.\n");
    insta::assert_snapshot!("import", package.run(&["import", database.url()]));
    let files = [
        "src/lib.rs",
        "src/models.rs",
        "src/models/person.rs",
        "src/models/article.rs",
        "src/models/article_reader.rs",
    ];
    let text: String = files.iter().map(|file| format!("==> {file}\n{}\n", package.read(file))).collect();
    insta::assert_snapshot!("models", text);

    // The models keep the rules, nothing is left to migrate, and the database is what they say.
    let check = package.run(&["check"]);
    assert!(check.starts_with("exit code 0\n"), "{check}");
    let drift = package.run(&["drift", database.url()]);
    assert!(drift.starts_with("exit code 0\n"), "{drift}");

    // The baseline creates the same database from scratch.
    let other = tablewright_tempdb::database();
    execute(other.url(), &package.read("migrations/001_baseline.up.sql"));
    assert_eq!(dump(&other), dump(&database));
    execute(other.url(), &package.read("migrations/001_baseline.down.sql"));
    let left = dump(&other);
    for word in ["CREATE TABLE", "CREATE TYPE", "CREATE FUNCTION", "CREATE VIEW"] {
        assert!(!left.contains(word), "{left}");
    }
}

#[test]
fn existing_files_are_not_overwritten() {
    let database = tablewright_tempdb::database();
    execute(database.url(), "CREATE TABLE a (id int PRIMARY KEY)");
    let package = Package::shop();
    let out = package.run(&["import", database.url()]);
    assert!(out.starts_with("exit code 2\n") && out.contains("src/models.rs already exists"), "{out}");
}
