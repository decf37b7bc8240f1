//! Schema to SQL text. The one place that quotes identifiers and literals.

pub mod bulk;
pub mod ddl;
pub mod dml;
mod ident;
mod own_triggers;
mod routine;
mod statement;
mod taken;
pub(crate) mod template;
mod text;
mod tokens;
mod words;

pub use ident::{is_reserved, literal, quote, quote_list};
pub use own_triggers::own_triggers;
pub use routine::{Routine, fields, is_late_for, replacing, routines};
pub use statement::{Effect, Statement};
pub use taken::{Taken, taken_away};
pub use text::{Hole, Piece, SqlText};
pub use words::{Words, words};
