//! The model of two releases.

pub mod course;
pub mod reference;
pub mod sides;
pub mod statement;
pub mod subject;
