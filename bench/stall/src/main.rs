//! The longest that a query waits while the schema of a large table changes: the plain statement, the files of
//! `cargo schema migrate` run by `cargo schema apply`, and no change at all.
//!
//! `bench-stall PATH_OF_CARGO_SCHEMA [ROWS] [CASE …]`

mod cases;
mod probe;
mod releases;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cases::{CASES, Case};
use probe::{Outcome, Probes};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_tempdb::{Database, Server};
use tokio::process::Command;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// For how long a transaction that has read the table stays open and does nothing.
const IDLE: Duration = Duration::from_secs(4);

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let program =
        PathBuf::from(arguments.next().ok_or("which cargo-schema? target/debug/cargo-schema")?).canonicalize()?;
    let rows: u64 = arguments.next().map_or(Ok(3_000_000), |rows| rows.parse())?;
    let chosen: Vec<String> = arguments.collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(run(&program, rows, &chosen))
}

async fn run(program: &Path, rows: u64, chosen: &[String]) -> Result<()> {
    let server = Server::installed()?;
    eprintln!("{}; {rows} rows", server.origin());
    let version = version(&server).await?;
    println!(
        "PostgreSQL {version}; {rows} rows, `lock_timeout` 200 ms; the longest latency of each kind of query, in one run."
    );
    println!();
    if chosen.is_empty() || chosen.iter().any(|name| name == "releases") {
        println!(
            "A column gets another name while four writers of both releases write 400 rows a second: up, and down again."
        );
        println!();
        println!("| way | rows | statements | took | longest | differences |");
        println!("|---|---:|---:|---:|---:|---:|");
        releases::run(program, &server, rows).await?;
        println!();
    }
    let cases: Vec<&Case> =
        CASES.iter().filter(|case| chosen.is_empty() || chosen.iter().any(|name| name == case.name)).collect();
    if cases.is_empty() {
        return Ok(());
    }
    println!("| change | how | took | select | prepared | insert | update | update of the parent | errors |");
    println!("|---|---|---:|---:|---:|---:|---:|---:|---:|");
    for case in cases {
        let package = package(program, case).await?;
        let base = server.create_database("base")?;
        apply(program, package.path(), base.url()).await?;
        fill(&base, rows).await?;
        new_models(program, package.path(), case).await?;
        for how in [How::Nothing, How::Plain, How::Ours] {
            let database = copy(&server, &base).await?;
            let (took, outcome) = measure(program, package.path(), database.url(), case, how, rows).await?;
            println!("| {} | {} | {} | {outcome} |", case.name, how.word(), millis(took));
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum How {
    Nothing,
    Plain,
    Ours,
}

impl How {
    fn word(self) -> &'static str {
        match self {
            Self::Nothing => "no change",
            Self::Plain => "the plain statement",
            Self::Ours => "cargo schema apply",
        }
    }
}

async fn version(server: &Server) -> Result<String> {
    let mut connection = PgConnection::connect(&server.url("postgres")).await?;
    let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
    connection.close().await?;
    Ok(version.split(' ').next().unwrap_or_default().to_owned())
}

/// A package with the models as they were, and their migration.
async fn package(program: &Path, case: &Case) -> Result<tempfile::TempDir> {
    let package = tempfile::tempdir()?;
    let write = |file: &str, text: &str| {
        let path = package.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap_or(package.path()))?;
        std::fs::write(path, text)
    };
    write("Cargo.toml", "[package]\nname = \"demo\"\nversion = \"0.1.0\"\nedition = \"2024\"\n")?;
    write("schema.toml", "[timeouts]\nlock = \"200ms\"\n")?;
    write("src/lib.rs", &cases::models(case.old))?;
    schema(program, package.path(), &["migrate", "create_shop"]).await?;
    schema(program, package.path(), &["seal"]).await?;
    Ok(package)
}

async fn new_models(program: &Path, package: &Path, case: &Case) -> Result<()> {
    std::fs::write(package.join("src/lib.rs"), cases::models(case.new))?;
    schema(program, package, &["migrate", "change"]).await?;
    schema(program, package, &["seal"]).await
}

async fn apply(program: &Path, package: &Path, url: &str) -> Result<()> {
    schema(program, package, &["apply", url]).await
}

async fn schema(program: &Path, package: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program).args(arguments).current_dir(package).output().await?;
    if output.status.success() {
        return Ok(());
    }
    let told = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Err(format!("cargo schema {}: {told}", arguments[0]).into())
}

async fn fill(base: &Database, rows: u64) -> Result<()> {
    let mut connection = PgConnection::connect(base.url()).await?;
    for statement in cases::rows(rows) {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}

async fn copy(server: &Server, base: &Database) -> Result<Database> {
    let database = server.create_database("case")?;
    let mut connection = PgConnection::connect(&server.url("postgres")).await?;
    for statement in [
        format!("DROP DATABASE {}", database.name()),
        format!("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", database.name(), base.name()),
        "CHECKPOINT".to_owned(),
    ] {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(database)
}

async fn measure(
    program: &Path,
    package: &Path,
    url: &str,
    case: &Case,
    how: How,
    rows: u64,
) -> Result<(Duration, Outcome)> {
    let probes = Probes::start(url, rows);
    tokio::time::sleep(Duration::from_secs(2)).await;
    probes.forget();
    let blocker = idle(url);
    let start = Instant::now();
    let changed = async {
        // The other transaction has read the table by then.
        tokio::time::sleep(Duration::from_millis(300)).await;
        match how {
            How::Nothing => tokio::time::sleep(IDLE * 2).await,
            How::Plain => {
                let mut connection = PgConnection::connect(url).await?;
                for statement in case.plain {
                    sqlx::raw_sql(*statement).execute(&mut connection).await?;
                }
                connection.close().await?;
            }
            How::Ours => apply(program, package, url).await?,
        }
        Ok::<_, Box<dyn Error>>(())
    };
    let (changed, blocked) = tokio::join!(changed, blocker);
    changed?;
    blocked?;
    let took = start.elapsed();
    tokio::time::sleep(Duration::from_millis(500)).await;
    Ok((took, probes.stop()?))
}

/// A transaction that has read the table and then does nothing for a while.
async fn idle(url: &str) -> Result<()> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("BEGIN; SELECT id FROM orders LIMIT 1").execute(&mut connection).await?;
    tokio::time::sleep(IDLE).await;
    sqlx::raw_sql("COMMIT").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

fn millis(duration: Duration) -> String {
    if duration < Duration::from_secs(1) {
        format!("{} ms", duration.as_millis())
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}
