//! The libraries, each used as its own documentation shows it.

pub mod diesel;
pub mod sea_orm;
pub mod sqlx;
pub mod sqlx_lean;
pub mod tablewright;
pub mod tokio_postgres;
