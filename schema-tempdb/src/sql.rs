//! The few statements that this crate sends, behind a blocking call.

use std::future::Future;
use std::io;
use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use url::Url;

use crate::error::Error;

const PATIENCE: Duration = Duration::from_mins(1);

/// Runs one statement; a row that comes back gives its first column.
pub(crate) fn run(url: &Url, doing: &str, statement: String) -> Result<Option<String>, Error> {
    let failed = |source| Error::Database { doing: doing.to_owned(), address: address(url), source };
    let work = async {
        let options = PgConnectOptions::from_str(url.as_str())?.disable_statement_logging();
        let mut connection = PgConnection::connect_with(&options).await?;
        let row = sqlx::raw_sql(AssertSqlSafe(statement)).fetch_optional(&mut connection).await?;
        let text = row.map(|row| row.try_get_unchecked::<String, _>(0)).transpose()?;
        connection.close().await?;
        Ok(text)
    };
    block_on(async {
        let silence = |_| Err(io::Error::new(io::ErrorKind::TimedOut, "no answer within a minute").into());
        tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(silence)
    })
    .map_err(failed)
}

/// On a separate thread, because the caller may be inside a runtime, where another one cannot be entered.
fn block_on<T: Send>(future: impl Future<Output = Result<T, sqlx::Error>> + Send) -> Result<T, sqlx::Error> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(sqlx::Error::Io)?
                .block_on(future)
        });
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Where a URL points, without its credentials.
pub(crate) fn address(url: &Url) -> String {
    let socket = url.query_pairs().find(|(name, _)| name == "host").map(|(_, folder)| folder.into_owned());
    let host = socket.unwrap_or_else(|| url.host_str().unwrap_or("localhost").to_owned());
    url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"))
}

pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
