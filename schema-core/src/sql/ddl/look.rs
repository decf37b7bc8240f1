//! A look at the rows before a lock is taken: which of them would make the statements behind it fail.

use crate::sql::template::{Fill as _, Literal, Message, Sql, template};

/// The line by which a look is known in a file.
pub const LOOK: &str = "-- This looks for rows in the way, before anything is locked.";

/// The setting in which a look says that the time did not suffice for all rows.
pub const LOOKED: &str = "tablewright.looked";

template!(Look<'a> from "templates/look.sql" {
    query: Sql<'a>,
    message: Message<'a>,
    which: Literal<'a>,
    hint: Literal<'a>,
    partly: Message<'a>,
});

/// Raises an exception with the first ten of the rows that a query finds, each a text in its one column, which is called `found`.
/// Where `statement_timeout` ends it, a notice says so, and what follows decides.
#[must_use]
pub fn look(query: &str, message: &str, which: &str, hint: &str, partly: &str) -> String {
    let (query, message, which) = (Sql(query), Message(message), Literal(which));
    Look { query, message, which, hint: Literal(hint), partly: Message(partly) }.sql()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_known_by_its_line() {
        let text = look("SELECT 1 AS found", "some rows", "the first: ", "SELECT 1;", "not all");
        assert!(text.lines().any(|line| line == LOOK), "{text}");
        assert!(text.contains(LOOKED), "{text}");
    }
}
