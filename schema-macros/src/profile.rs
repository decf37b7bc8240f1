//! `schema.toml` of the crate that is compiled: read once for all its models, and again when it changes.

use std::path::{Path, PathBuf};

use tablewright_core::config;
use tablewright_core::config::Profile;
use tablewright_core::files;

use crate::cached::Cached;

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
    static KNOWN: Cached<Result<Read, String>> = Cached::new();
    let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else { return Ok(unread()) };
    let file = PathBuf::from(folder).join("schema.toml");
    KNOWN.of(&file, || of(&file))
}

fn of(file: &Path) -> Result<Read, String> {
    let text = files::if_there(files::read_text(file));
    let Some(text) = text.map_err(|error| format!("the file cannot be read: {error}"))? else {
        return Ok(unread());
    };
    config::parse(&text).map(|profile| Read { profile, file: Some(file.to_owned()) }).map_err(|errors| {
        let lines = errors.iter().map(|error| {
            let line = text[..error.span.start.min(text.len())].matches('\n').count() + 1;
            format!("line {line}: {}\n  help: {}", error.message, error.help)
        });
        lines.collect::<Vec<_>>().join("\n")
    })
}
