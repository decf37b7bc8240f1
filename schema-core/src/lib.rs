//! The brain of Tablewright, without a database: Rust tokens in, checked schema, SQL and migrations out.
//!
//! **No promise is made here.** Anything in this crate may change in any release. Depend on `tablewright`,
//! `tablewright-build` and `tablewright-test`, which are pinned to the one version of this crate that they work with.
//!
//! The derive and the command-line tool share every line of it, so that what one accepts the other accepts.

extern crate proc_macro;

pub mod attribute;
pub mod config;
pub mod diagnostic;
pub mod dialect;
pub mod diff;
pub mod drift;
pub mod emit;
pub mod expression;
pub mod files;
#[cfg(feature = "scan")]
pub mod fix;
pub mod ids;
pub mod listing;
#[cfg(feature = "lock")]
pub mod migrations;
pub mod parse;
pub mod place;
pub mod plan;
pub mod queries;
pub mod report;
pub mod rules;
#[cfg(feature = "lock")]
pub mod samples;
pub mod schema;
pub mod sql;
pub mod suggest;
