//! What the tests of migrations share.

pub mod alone;
pub mod alongside;
pub mod blocking;
pub mod case;
pub mod catalog;
pub mod database;
pub mod expected;
pub mod filled;
pub mod lint;
pub mod places;
pub mod program;
pub mod random;
pub mod refusal;
pub mod reread;
pub mod rows;
pub mod run;
pub mod values;
pub mod walk;
