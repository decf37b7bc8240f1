//! One database for many tenants. Two fences keep them apart: each helper takes the tenant, and each table has a policy
//! that holds for all other SQL. `cargo run -p multi-tenant` shows both.

pub mod models;

/// The committed migrations, in the program itself.
pub static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

/// What a step returns.
pub type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
