//! Live databases: connecting to them, reading their catalog, comparing them with models.

mod align;
pub mod apply;
mod canonical;
mod compare;
mod connect;
mod error;
pub mod import;
mod introspect;
mod pretty;

#[cfg(unix)]
pub mod verify;

pub use align::align;
pub use canonical::canonical;
pub use compare::{Compared, compare};
pub use connect::{Access, Connection, OLDEST, connect, run};
pub use error::{Address, Error};
pub use introspect::{Introspection, Kind, Options, Unheld, introspect};
pub use pretty::pretty;
