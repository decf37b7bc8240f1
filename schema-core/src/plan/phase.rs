//! When a file may run.

use std::fmt;
use std::str::FromStr;

/// When a file may run, seen from the releases of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before the new release: the old one does not notice.
    Expand,
    /// Between: rows are filled while both releases run.
    Backfill,
    /// After the old release is gone.
    Contract,
}

impl Phase {
    /// All of them, in the order in which they run.
    pub const ALL: [Self; 3] = [Self::Expand, Self::Backfill, Self::Contract];

    /// What the line of a migration's header begins with that states its phase.
    const HEADER: &str = "-- Phase:";

    /// Whether a file is a migration that this program wrote: its header states a phase.
    #[must_use]
    pub fn is_stated(text: &str) -> bool {
        let mut lines = text.lines().take_while(|line| line.starts_with("--") || line.trim().is_empty());
        lines.any(|line| line.starts_with(Self::HEADER))
    }

    /// The word of the header.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Expand => "expand",
            Self::Backfill => "backfill",
            Self::Contract => "contract",
        }
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// A word that names no phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPhase;

impl fmt::Display for NotAPhase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a phase: expand, backfill or contract")
    }
}

impl std::error::Error for NotAPhase {}

impl FromStr for Phase {
    type Err = NotAPhase;

    fn from_str(word: &str) -> Result<Self, NotAPhase> {
        Self::ALL.into_iter().find(|phase| phase.word() == word).ok_or(NotAPhase)
    }
}
