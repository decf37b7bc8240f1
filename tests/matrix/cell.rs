//! A cell of the matrix, and what came of it.

use std::fmt;

use super::pair::Reason;

/// What is in the tables before the first file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rows {
    None,
    Some,
    /// Rows, some with NULL in each column that takes it.
    Nulls,
}

/// Who runs the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    Superuser,
    /// The owner of the tables, to whom policies apply.
    Owner,
    /// The same, where they do not apply to the owner.
    OwnerNotForced,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cell {
    pub change: &'static str,
    pub dependent: &'static str,
    pub rows: Rows,
    pub who: Who,
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = match self.rows {
            Rows::None => "none",
            Rows::Some => "rows",
            Rows::Nulls => "nulls",
        };
        let who = match self.who {
            Who::Superuser => "",
            Who::Owner => "/owner",
            Who::OwnerNotForced => "/owner_not_forced",
        };
        write!(f, "{}/{}/{rows}{who}", self.change, self.dependent)
    }
}

/// What came of a cell; the worst is last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    NotApplicable(Reason),
    /// The rules refuse the new models while they are written.
    Rejected(String),
    /// Everything held.
    Held,
    /// The planner refused, and what it printed to type led to a plan that held.
    HeldWith {
        refusal: String,
        typed: String,
    },
    /// The planner refused, and only the models can be changed.
    Refused(String),
    Failed {
        stage: String,
        text: String,
    },
}

impl Outcome {
    /// The word of the reports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::NotApplicable(_) => "not applicable",
            Self::Rejected(_) => "rejected",
            Self::Held => "held",
            Self::HeldWith { .. } => "held when acknowledged",
            Self::Refused(_) => "refused",
            Self::Failed { .. } => "failed",
        }
    }

    /// What is said after the word.
    pub fn detail(&self) -> String {
        match self {
            Self::Held => String::new(),
            Self::NotApplicable(reason) => reason.words().to_owned(),
            Self::Rejected(text) | Self::Refused(text) => first_line(text),
            Self::HeldWith { typed, .. } => typed.clone(),
            Self::Failed { stage, text } => format!("{stage}: {}", first_line(text)),
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}
