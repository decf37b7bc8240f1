//! A small shop: the tables as Rust structs, the migrations that were made from them, and a walk through what the structs
//! give.
//!
//! `cargo run -p shop` starts from nothing and shows each step with its result.

pub mod models;

/// The committed migrations, in the program itself.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What a step returns.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
