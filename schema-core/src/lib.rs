//! The brain of Tablewright, without a database: Rust tokens in, checked schema, SQL and migrations out.
//!
//! The derive and the command-line tool share every line of it, so that what one accepts the other accepts.

extern crate proc_macro;

#[cfg(all(feature = "scan", feature = "lock"))]
pub mod build;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod drift;
pub mod emit;
pub mod expression;
#[cfg(feature = "scan")]
pub mod fix;
pub mod ids;
#[cfg(feature = "lock")]
pub mod migrations;
pub mod parse;
pub mod place;
pub mod plan;
pub mod queries;
pub mod report;
pub mod rules;
pub mod schema;
pub mod sql;
pub mod suggest;
