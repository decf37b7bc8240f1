//! What `cargo schema` does with a database: a library, so that tests and tools call it without the command line.
//!
//! Every function here takes a connection that the caller opened by [`database::connect`], and says what went wrong as a
//! [`database::Error`], which never holds a password.

#![deny(missing_docs)]

pub mod database;
pub mod lint;
pub mod listing;
#[cfg(unix)]
pub mod test;
