//! What Tablewright does with a live database: connect to it, read its catalog, compare it with models, run migrations.
//!
//! **No promise is made here.** Anything in this crate may change in any release. Depend on `tablewright`,
//! `tablewright-build` and `tablewright-test`.
//!
//! Every function here takes a connection that the caller opened by [`connect`], and says what went wrong as an
//! [`Error`], which never holds a password. Progress is reported as events ([`apply::Event`]); a program draws them.

#![deny(missing_docs)]

mod align;
pub mod apply;
mod canonical;
mod compare;
mod connect;
mod error;
mod fill;
pub mod import;
mod introspect;
pub mod lint;
mod pretty;

#[cfg(unix)]
pub mod verify;

pub use align::align;
pub use canonical::canonical;
pub use compare::{Compared, compare};
pub use connect::{Access, Connection, OLDEST, connect, run};
pub use error::{Address, Error};
pub use fill::fill;
pub use introspect::{Introspection, Kind, Options, Unheld, introspect};
pub use pretty::pretty;
