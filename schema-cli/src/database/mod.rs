//! Live databases: connecting to them, reading their catalog, comparing them with models.

mod connect;
mod error;

pub use connect::{Access, Connection, OLDEST, connect, run};
pub use error::{Address, Error};
