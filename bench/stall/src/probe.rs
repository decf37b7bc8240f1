//! Queries at a fixed rate. Each is due at a time, whatever happened to the one before, and its latency counts from then:
//! a query that could not even be sent because another one hung has waited too.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// Queries of each kind in a second.
const RATE: u32 = 50;

const KINDS: [&str; 5] = ["select", "prepared", "insert", "update", "parent"];

/// What the queries of each kind had to wait for, at most, and which errors there were.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    longest: BTreeMap<&'static str, Duration>,
    errors: BTreeMap<String, usize>,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in KINDS {
            write!(f, "{} | ", super::millis(self.longest.get(kind).copied().unwrap_or_default()))?;
        }
        if self.errors.is_empty() {
            return f.write_str("0");
        }
        let errors: Vec<String> = self.errors.iter().map(|(error, count)| format!("{count} × {error}")).collect();
        f.write_str(&errors.join(", "))
    }
}

/// The running queries, on a separate thread: what the change does on this side does not delay them.
pub struct Probes {
    outcome: Arc<Mutex<Outcome>>,
    ends: Arc<AtomicBool>,
    thread: JoinHandle<Result<(), sqlx::Error>>,
}

impl Probes {
    pub fn start(url: &str, rows: u64) -> Self {
        let (outcome, ends) = (Arc::new(Mutex::new(Outcome::default())), Arc::new(AtomicBool::new(false)));
        let (told, end, url) = (Arc::clone(&outcome), Arc::clone(&ends), url.to_owned());
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let kinds = KINDS.map(|kind| probe(kind, &url, rows, &told, &end));
                let [one, two, three, four, five] = kinds;
                tokio::try_join!(one, two, three, four, five).map(drop)
            })
        });
        Self { outcome, ends, thread }
    }

    /// Forgets what was seen so far: caches are warm from here on.
    pub fn forget(&self) {
        *lock(&self.outcome) = Outcome::default();
    }

    pub fn stop(self) -> Result<Outcome, Box<dyn std::error::Error>> {
        self.ends.store(true, Ordering::Relaxed);
        self.thread.join().map_err(|_| "the probes died")??;
        Ok(lock(&self.outcome).clone())
    }
}

pub fn lock<T>(told: &Mutex<T>) -> MutexGuard<'_, T> {
    told.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn probe(
    kind: &'static str,
    url: &str,
    rows: u64,
    outcome: &Mutex<Outcome>,
    end: &AtomicBool,
) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    let start = Instant::now();
    let every = Duration::from_secs(1) / RATE;
    for number in 0u32.. {
        if end.load(Ordering::Relaxed) {
            break;
        }
        let due = start + every * number;
        tokio::time::sleep_until(due.into()).await;
        // Far from each other, and the same in each run.
        let row = (u64::from(number) * 7_919 + 1) % rows + 1;
        let result = send(kind, &mut connection, row).await;
        let waited = due.elapsed();
        let mut outcome = lock(outcome);
        let longest = outcome.longest.entry(kind).or_default();
        *longest = waited.max(*longest);
        if let Err(error) = result {
            let text = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
            *outcome.errors.entry(text).or_default() += 1;
        }
    }
    connection.close().await
}

async fn send(kind: &str, connection: &mut PgConnection, row: u64) -> Result<(), sqlx::Error> {
    let id = super::cases::id(row);
    let user = super::cases::id(row % super::cases::USERS + 1);
    let text = match kind {
        // Prepared once, and used from then on: its columns are those that the program knows.
        "prepared" => {
            let query = "SELECT id, user_id, channel FROM orders WHERE id = $1::TEXT::UUID";
            return sqlx::query(query).bind(id).fetch_optional(connection).await.map(drop);
        }
        "select" => format!("SELECT id, channel, quantity FROM orders WHERE id = '{id}'"),
        "insert" => format!(
            "INSERT INTO orders (user_id, channel, quantity, number, label) \
             VALUES ('{user}', 'new', 1, gen_random_uuid()::TEXT, 'probe')"
        ),
        "update" => format!("UPDATE orders SET quantity = quantity + 1 WHERE id = '{id}'"),
        _ => format!("UPDATE users SET updated_at = now() WHERE id = '{user}'"),
    };
    sqlx::raw_sql(AssertSqlSafe(text)).execute(connection).await.map(drop)
}
