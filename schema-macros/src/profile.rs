//! `schema.toml` of the crate that is compiled: read once for all its models.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tablewright_core::config;
use tablewright_core::config::Profile;
use tablewright_core::files;

/// The profile, and the file that it was read from.
#[derive(Clone)]
pub(crate) struct Read {
    pub(crate) profile: Profile,
    file: Option<PathBuf>,
}

impl Read {
    /// Where it was read; `None` where there is no such file.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

/// What applies if the file cannot be read: the defaults, so that the models' own errors are reported too.
pub(crate) fn unread() -> Read {
    Read { profile: Profile::default(), file: None }
}

/// Reads the file of the crate that is compiled; without one, the defaults apply.
pub(crate) fn read() -> Result<Read, String> {
    static READ: OnceLock<Result<Read, String>> = OnceLock::new();
    READ.get_or_init(|| {
        let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else { return Ok(unread()) };
        let file = PathBuf::from(folder).join("schema.toml");
        let text = files::if_there(files::read_text(&file));
        let Some(text) = text.map_err(|error| format!("the file cannot be read: {error}"))? else {
            return Ok(unread());
        };
        match config::parse(&text) {
            Ok(profile) => Ok(Read { profile, file: Some(file) }),
            Err(errors) => Err(errors
                .iter()
                .map(|error| {
                    let line = text[..error.span.start.min(text.len())].matches('\n').count() + 1;
                    format!("line {line}: {}\n  help: {}", error.message, error.help)
                })
                .collect::<Vec<_>>()
                .join("\n")),
        }
    })
    .clone()
}
