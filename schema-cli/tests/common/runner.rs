//! Packages with migrations of their own, databases to run them on, and both runners.
#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{Connection as _, PgConnection};
use tablewright_core::migrations::{Lock, Migration, checksum};
use tablewright_core::schema::Schema;
use tablewright_tempdb::{Database, Origin};

use super::Package;

/// A package whose migrations are given by name, way up and way down.
pub fn package(files: &[(&str, &str, &str)]) -> Package {
    let package = Package::of("");
    package.write("schema.toml", "[timeouts]\nlock = \"200ms\"\n");
    rewrite(&package, files);
    package
}

pub fn rewrite(package: &Package, files: &[(&str, &str, &str)]) {
    let mut list = Vec::new();
    for (name, up, down) in files {
        package.write(&format!("migrations/{name}.up.sql"), up);
        package.write(&format!("migrations/{name}.down.sql"), down);
        list.push(Migration {
            name: (*name).to_owned(),
            up: checksum(up.as_bytes()),
            down: Some(checksum(down.as_bytes())),
            sealed: true,
            by_hand: true,
            ..Migration::default()
        });
    }
    package.write("schema.lock", Lock::new(list, &Schema::default()).text().unwrap());
}

pub fn folder(package: &Package) -> PathBuf {
    package.path().join("migrations")
}

/// Starts `cargo schema` as a separate process.
pub fn start(package: &Package, arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cargo-schema"))
        .args(arguments)
        .current_dir(package.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// What it said, and whether all was well.
pub fn finish(child: Child) -> (bool, String) {
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), text)
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

pub async fn connect(database: &Database) -> PgConnection {
    PgConnection::connect(database.url()).await.unwrap()
}

/// Applies a folder by sqlx's own runner.
pub fn sqlx_run(url: &str, folder: &Path) -> Result<(), MigrateError> {
    block_on(async {
        let migrator = Migrator::new(folder).await?;
        let mut connection = PgConnection::connect(url).await?;
        migrator.run(&mut connection).await?;
        connection.close().await?;
        Ok(())
    })
}

/// Runs statements, each in its own transaction unless they say otherwise.
pub fn execute(database: &Database, sql: &str) {
    block_on(async {
        let mut connection = connect(database).await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// One value as text.
pub fn value(database: &Database, sql: &str) -> String {
    block_on(async {
        let mut connection = connect(database).await;
        let text: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT ({sql})::TEXT")))
            .fetch_one(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        text.unwrap_or_default()
    })
}

pub const INVALID: &str = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
pub const APPLIED: &str = "SELECT string_agg(version::TEXT, ' ' ORDER BY version) FROM _sqlx_migrations WHERE success";

/// What a database holds besides rows, as the server's own program prints it.
pub fn dump(database: &Database) -> String {
    // An older one refuses to read a newer server, so it is the server's own where that is known.
    let program = match database.server().origin() {
        Origin::Installed { bin, .. } | Origin::Downloaded { bin, .. } => bin.join("pg_dump"),
        _ => PathBuf::from("pg_dump"),
    };
    let output = Command::new(program)
        .args(["--schema-only", "--no-owner", "--exclude-table", "_sqlx_migrations", "--dbname", database.url()])
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().filter(|line| !line.starts_with('\\')).map(|line| format!("{line}\n")).collect()
}
