//! Files come to disk whole or not at all: written beside their place, flushed, then renamed.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::IoError;

/// Whether a file that is there already is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// It must not be there.
    New,
    /// It is replaced.
    Replace,
}

/// Writes several files. All of them are on disk before the first takes its place, and they take it in order, so the
/// last file, the lock, speaks only of files that are there. Where one cannot take its place, the new ones before it
/// are taken away again.
pub(super) fn all(files: &[(PathBuf, String, Mode)]) -> Result<(), IoError> {
    let mut ready = Vec::new();
    for (path, text, mode) in files {
        ready.push((path, beside(path, text)?, *mode));
    }
    let mut placed: Vec<&Path> = Vec::new();
    for (path, file, mode) in ready {
        let result = match mode {
            Mode::New => file.persist_noclobber(path),
            Mode::Replace => file.persist(path),
        };
        if let Err(error) = result {
            for path in placed {
                // The first error is the one to tell.
                let _ = std::fs::remove_file(path);
            }
            return Err(IoError::new("write", path, error.error));
        }
        if mode == Mode::New {
            placed.push(path);
        }
    }
    for folder in files.iter().filter_map(|(path, ..)| path.parent()) {
        // A folder cannot be flushed everywhere; the files are whole without it.
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(())
}

fn beside(path: &Path, text: &str) -> Result<NamedTempFile, IoError> {
    let error = |error| IoError::new("write", path, error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".schema-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that a program creates: the umask takes away what it does.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(error)?;
    file.write_all(text.as_bytes()).map_err(error)?;
    file.as_file().sync_all().map_err(error)?;
    Ok(file)
}
