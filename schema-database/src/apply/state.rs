//! What is left of a file that failed.

use std::fmt;

/// What is left of a file that failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing: it was one transaction, or one statement.
    Nothing,
    /// The parts before the one that failed.
    Part {
        /// The migration's number.
        version: i64,
        /// How many statements are done.
        done: usize,
    },
    /// The connection was lost: it may have been done.
    Unknown,
    /// It was running when a runner was killed, and this error does not show whether it had finished by then.
    Unproven {
        /// The migration's number.
        version: i64,
        /// How many statements are done without it.
        next: usize,
    },
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing of this file is left behind",
            Self::Part { .. } => "what comes before it in the file is done",
            Self::Unknown => "it may have been done or not",
            Self::Unproven { .. } => {
                "this statement was running when a runner was killed, and the error does not show whether it had finished by then"
            }
        })
    }
}
