//! What a runner reports while it works.

use std::time::Duration;

use tablewright_core::plan::Phase;

use super::watch::{Blocker, Progress};

/// What the runner reports while it works.
#[derive(Debug)]
pub enum Event<'a> {
    /// Another runner is active.
    Waiting {
        /// Who, if the server says.
        holder: Option<&'a Blocker>,
    },
    /// A file is started.
    Started {
        /// The migration.
        name: &'a str,
        /// Its phase.
        phase: Option<Phase>,
        /// Whether it is the way up.
        up: bool,
    },
    /// The file changes the type of columns, each with its table: a statement that was prepared before and returns one fails
    /// once on its connection.
    Retypes {
        /// The columns.
        columns: &'a [(String, String)],
    },
    /// The progress of the file that was started.
    Progress(&'a Progress),
    /// A lock was not available, and the file will be run again.
    Again {
        /// What the server said.
        because: &'a str,
        /// Who is blocking it, if that was seen.
        blockers: &'a [Blocker],
        /// After how long.
        after: Duration,
    },
    /// An invalid index of an interrupted build was dropped.
    Healed {
        /// The index.
        index: &'a str,
    },
    /// The file had already run, and only the record was missing.
    Recognised {
        /// How that is known.
        because: &'a str,
    },
    /// The file is done and recorded.
    Finished {
        /// The migration.
        name: &'a str,
        /// How long it took, including waiting.
        took: Duration,
    },
    /// Something that a person should know.
    Note(&'a str),
}

/// Who receives the events.
pub trait Observer {
    /// Something happened.
    fn event(&self, event: &Event<'_>);
}

/// Receives them and does nothing.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _: &Event<'_>) {}
}
