//! What ends a command: violations at places of the models, or a failure with its help.

use tablewright_core::migrations;
use tablewright_core::report::Report;

use crate::output;

/// Why a command could not be carried out: the way it was called, or the disk.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn print(&self) {
        output::error_with_help(&self.message, self.help.as_deref());
    }
}

impl From<tablewright_database::Error> for Failure {
    fn from(error: tablewright_database::Error) -> Self {
        let failure = Self::new(error.to_string());
        match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}

/// Why a command did not finish: a failure, or violations to show.
pub(crate) enum Problem {
    Failure(Failure),
    Violations(Vec<Report>),
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<tablewright_database::Error> for Problem {
    fn from(error: tablewright_database::Error) -> Self {
        Self::Failure(error.into())
    }
}

impl From<migrations::Error> for Problem {
    fn from(error: migrations::Error) -> Self {
        match error {
            migrations::Error::Violations(reports) => Self::Violations(reports),
            migrations::Error::Refused { message, help } => Failure::new(message).help(help).into(),
            migrations::Error::Io(error) => Failure::new(error.to_string()).into(),
        }
    }
}
