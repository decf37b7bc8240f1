//! The tables behind a sign-in: accounts, passwords, sessions, codes by mail, roles, accounts at identity providers.
//!
//! They break some of the conventions, and show how a rule is waived: at the place, with a reason.
//! `cargo schema waivers` lists them. `cargo run -p auth` signs somebody up and in.

pub mod models;

/// The committed migrations, in the program itself.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What a step returns.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
