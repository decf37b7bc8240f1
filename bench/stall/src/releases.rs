//! A column gets another name while both releases write: each statement is recorded, and at the end every row must hold what
//! was recorded of it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tablewright_tempdb::Server;

use super::cases::{self, Case, Order};
use super::probe::lock;
use super::{Result, apply, fill, millis, new_models, package, schema};

/// Statements of each writer in a second.
const RATE: u32 = 100;
/// Writers of each release.
const WRITERS: u64 = 2;
/// For how long both releases write, and then one of them alone.
const TOGETHER: Duration = Duration::from_secs(5);
/// How many rows are written again and again.
const HOT: u64 = 20_000;

const CASE: Case = Case {
    name: "releases",
    old: Order { attributes: "", fields: "    pub label: Option<String>,\n" },
    new: Order { attributes: "", fields: "    #[column(renamed_from = \"label\")]\n    pub title: Option<String>,\n" },
    plain: &[],
};

/// What each row holds that was written, by its id; a lock for each while a statement changes it.
type Ledger = Arc<Vec<tokio::sync::Mutex<BTreeMap<String, Option<String>>>>>;

/// A release that writes until it is stopped.
struct Release {
    ends: Arc<AtomicBool>,
    threads: Vec<std::thread::JoinHandle<std::result::Result<(), sqlx::Error>>>,
}

/// What the writers did.
#[derive(Default)]
struct Told {
    statements: AtomicU64,
    longest: Mutex<Duration>,
}

impl Release {
    fn start(column: &'static str, url: &str, seed: u64, ledger: &Ledger, told: &Arc<Told>) -> Self {
        let ends = Arc::new(AtomicBool::new(false));
        let threads = (0..WRITERS)
            .map(|number| {
                let (url, ledger, told, ends) =
                    (url.to_owned(), Arc::clone(ledger), Arc::clone(told), Arc::clone(&ends));
                std::thread::spawn(move || {
                    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                    runtime.block_on(write(column, &url, seed * WRITERS + number, &ledger, &told, &ends))
                })
            })
            .collect();
        Self { ends, threads }
    }

    fn stop(self) -> Result<()> {
        self.ends.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().map_err(|_| "a writer died")??;
        }
        Ok(())
    }
}

/// Writes rows by one of the two columns, and records them.
async fn write(
    column: &str,
    url: &str,
    seed: u64,
    ledger: &Ledger,
    told: &Told,
    ends: &AtomicBool,
) -> std::result::Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let start = Instant::now();
    for number in 0u32.. {
        if ends.load(Ordering::Relaxed) {
            break;
        }
        let due = start + Duration::from_secs(1) / RATE * number;
        tokio::time::sleep_until(due.into()).await;
        let step = u64::from(number);
        let row = (step * 7_919 + seed * 104_729) % HOT + 1;
        let (kind, new) = ((step + seed) % 8, 1_000_000_000 + seed * 1_000_000_000 + step);
        let id = cases::id(if kind < 2 { new } else { row });
        let mut rows = ledger[usize::try_from(row).unwrap_or_default() % ledger.len()].lock().await;
        let was = rows.get(&id).cloned().unwrap_or_else(|| Some("none".to_owned()));
        let value = format!("{seed}-{number}");
        let insert = |list: &str, value: &str| {
            format!(
                "INSERT INTO orders (id, user_id, channel, quantity, number{list}) \
                 VALUES ('{id}', '{}', 'new', 1, gen_random_uuid()::TEXT{value})",
                cases::id(row % cases::USERS + 1)
            )
        };
        let upsert = format!(" ON CONFLICT (id) DO UPDATE SET {column} = EXCLUDED.{column}");
        let (text, now) = match kind {
            0 => (insert(&format!(", {column}"), &format!(", '{value}'")), Some(value)),
            1 => (insert("", ""), None),
            2 => (insert(&format!(", {column}"), &format!(", '{value}'")) + &upsert, Some(value)),
            3 => (format!("UPDATE orders SET {column} = NULL WHERE id = '{id}'"), None),
            4 => (format!("UPDATE orders SET {column} = {column} || '+' WHERE id = '{id}'"), was.map(|it| it + "+")),
            5 => (format!("UPDATE orders SET quantity = quantity + 1 WHERE id = '{id}'"), was),
            6 => (format!("UPDATE orders SET {column} = {column} WHERE id = '{id}'"), was),
            _ => (format!("UPDATE orders SET {column} = '{value}' WHERE id = '{id}'"), Some(value)),
        };
        sqlx::raw_sql(AssertSqlSafe(text)).execute(&mut connection).await?;
        rows.insert(id, now);
        drop(rows);
        told.statements.fetch_add(1, Ordering::Relaxed);
        let mut longest = lock(&told.longest);
        *longest = longest.max(due.elapsed());
    }
    connection.close().await
}

/// The rows that hold something else than was recorded, and how many there are.
async fn differences(column: &str, url: &str, ledger: &Ledger) -> Result<(i64, i64)> {
    let mut connection = PgConnection::connect(url).await?;
    sqlx::raw_sql("CREATE TEMP TABLE written (id UUID PRIMARY KEY, value TEXT)").execute(&mut connection).await?;
    for part in ledger.iter() {
        let part = part.lock().await;
        let (ids, values): (Vec<&str>, Vec<Option<&str>>) =
            part.iter().map(|(id, value)| (id.as_str(), value.as_deref())).unzip();
        let insert = "INSERT INTO written SELECT id::UUID, value FROM unnest($1::TEXT[], $2::TEXT[]) AS it (id, value)";
        sqlx::query(insert).bind(ids).bind(values).execute(&mut connection).await?;
    }
    let other = format!(
        "orders.id IS NULL OR orders.{column} IS DISTINCT FROM CASE WHEN written.id IS NULL THEN 'none' ELSE written.value END"
    );
    let both = "orders FULL JOIN written ON written.id = orders.id";
    let count = format!("SELECT count(*), count(*) FILTER (WHERE {other}) FROM {both}");
    let found: (i64, i64) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(&mut connection).await?;
    let which = format!(
        "SELECT coalesce(orders.id, written.id)::TEXT, orders.{column}, written.value FROM {both} WHERE {other} LIMIT 5"
    );
    let some: Vec<(String, Option<String>, Option<String>)> =
        sqlx::query_as(AssertSqlSafe(which)).fetch_all(&mut connection).await?;
    for (id, is, must) in some {
        eprintln!("{id}: {column} is {is:?}, and it was written {must:?}");
    }
    connection.close().await?;
    Ok(found)
}

/// Runs the files beside both releases, up and down, and prints how many rows hold what they must.
pub async fn run(program: &Path, server: &Server, rows: u64) -> Result<()> {
    let package = package(program, &CASE).await?;
    let package = package.path();
    let database = server.create_database("releases")?;
    let url = database.url();
    apply(program, package, url).await?;
    fill(&database, rows).await?;
    new_models(program, package, &CASE).await?;
    let (first, filled) = numbers(package)?;

    let ledger: Ledger = Arc::new((0..64).map(|_| tokio::sync::Mutex::default()).collect());
    let told = Arc::new(Told::default());
    let began = Instant::now();
    let old = Release::start("label", url, 1, &ledger, &told);
    tokio::time::sleep(Duration::from_secs(1)).await;
    schema(program, package, &["apply", url, "--until", "contract"]).await?;
    let new = Release::start("title", url, 2, &ledger, &told);
    tokio::time::sleep(TOGETHER).await;
    old.stop()?;
    schema(program, package, &["apply", url]).await?;
    tokio::time::sleep(TOGETHER).await;
    new.stop()?;
    report("up", "title", url, &ledger, &told, began).await?;

    let began = Instant::now();
    let told = Arc::new(Told::default());
    let new = Release::start("title", url, 3, &ledger, &told);
    schema(program, package, &["revert", url, "--to", &filled]).await?;
    let old = Release::start("label", url, 4, &ledger, &told);
    tokio::time::sleep(TOGETHER).await;
    new.stop()?;
    schema(program, package, &["revert", url, "--to", &first]).await?;
    tokio::time::sleep(TOGETHER).await;
    old.stop()?;
    report("down", "label", url, &ledger, &told, began).await
}

/// The numbers of the first migration, and of the last file before contract.
fn numbers(package: &Path) -> Result<(String, String)> {
    let mut names: Vec<(String, bool)> = Vec::new();
    for entry in std::fs::read_dir(package.join("migrations"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".up.sql") {
            let contracts = std::fs::read_to_string(&path)?.contains("-- Phase: contract.");
            names.push((name.split('_').next().unwrap_or_default().to_owned(), contracts));
        }
    }
    names.sort();
    let first = names.first().ok_or("there are no migrations")?.0.clone();
    let filled = names.iter().rfind(|(_, contracts)| !contracts).ok_or("every file is contract")?.0.clone();
    Ok((first, filled))
}

async fn report(way: &str, column: &str, url: &str, ledger: &Ledger, told: &Told, began: Instant) -> Result<()> {
    let took = began.elapsed();
    let (rows, differences) = differences(column, url, ledger).await?;
    let longest = *lock(&told.longest);
    println!(
        "| {way} | {rows} | {} | {} | {} | {differences} |",
        told.statements.load(Ordering::Relaxed),
        millis(took),
        millis(longest)
    );
    Ok(())
}
