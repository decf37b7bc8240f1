//! A look at every row before a column gets another type.

use super::guard::{indented, raise_if};
use crate::sql::ident::{literal, quote};

/// Takes the table for this transaction alone, so that no row comes in behind a look at them.
#[must_use]
pub fn lock_exclusively(table: &str) -> String {
    format!("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE;", quote(table))
}

/// Raises an exception where rows meet a condition. One that casts may itself be refused: the exception is the same.
#[must_use]
pub fn raise_where_unfit(table: &str, condition: &str, message: &str, hint: &str) -> String {
    let exists = format!("EXISTS (SELECT FROM {} WHERE {condition})", quote(table));
    let raise =
        format!("RAISE EXCEPTION {}\n        USING HINT = {};", literal(&message.replace('%', "%%")), literal(hint));
    let look = raise_if(&exists, message, Some(hint));
    format!("DO $$\nBEGIN\n{}\nEXCEPTION WHEN data_exception THEN\n    {raise}\nEND\n$$;", indented(&look, 4))
}
