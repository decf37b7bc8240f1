//! The matrix: every change, with every kind of object that depends on what changes, over every kind of rows.

pub mod cell;
pub mod changes;
pub mod dependents;
pub mod extra;
pub mod group;
pub mod kind;
pub mod model;
pub mod own_sql;
pub mod pair;
pub mod proof;
pub mod report;
pub mod second;
pub mod slot;
pub mod walk;
pub mod way_out;
