//! What the tests see of a server from outside.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::process::{Pid, test_kill_process};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};
use tablewright_tempdb::{Search, Server};

/// A throw-away cluster, whatever `DATABASE_URL` says.
pub fn own_server() -> Server {
    own().start().unwrap_or_else(|error| panic!("{error}"))
}

pub fn own() -> Search {
    let mut search = Search::from_env();
    search.url = None;
    search
}

/// The folder and the process of a throw-away cluster.
#[derive(Debug)]
pub struct Traces {
    pub folder: PathBuf,
    pub pid: Pid,
}

impl Traces {
    pub fn of(url: &str) -> Self {
        let url = url::Url::parse(url).expect("a URL");
        let (_, folder) = url.query_pairs().find(|(name, _)| name == "host").expect("a socket folder");
        Self::in_folder(Path::new(&*folder))
    }

    pub fn in_folder(folder: &Path) -> Self {
        let text = std::fs::read_to_string(folder.join("data/postmaster.pid")).expect("a running server");
        let pid = text.lines().next().and_then(|line| line.trim().parse().ok()).and_then(Pid::from_raw);
        Self { folder: folder.to_owned(), pid: pid.expect("a process id") }
    }

    pub fn are_gone(&self) -> bool {
        !self.folder.exists() && test_kill_process(self.pid).is_err()
    }

    /// For a server whose process was killed, so that nothing waits for the watchdog.
    pub fn assert_gone_soon(&self) {
        let started = Instant::now();
        while !self.are_gone() {
            assert!(started.elapsed() < Duration::from_secs(5), "{self:?} are still there");
            std::thread::sleep(Duration::from_millis(10));
        }
        eprintln!("gone after {:?}", started.elapsed());
    }
}

/// The first column of the first row, as text.
pub fn ask(url: &str, statement: &str) -> Result<String, sqlx::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut connection = PgConnection::connect(url).await?;
        let row = sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).fetch_optional(&mut connection).await?;
        connection.close().await?;
        row.map_or(Ok(String::new()), |row| row.try_get_unchecked(0))
    })
}
