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

impl From<schema_cli::database::Error> for Failure {
    fn from(error: schema_cli::database::Error) -> Self {
        let failure = Self::new(error.to_string());
        match error.help() {
            Some(help) => failure.help(help),
            None => failure,
        }
    }
}
