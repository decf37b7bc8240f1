//! The user's files, replaced as a whole.

use std::io::{self, Write as _};
use std::path::Path;

/// Rewrites a file, or leaves it as it is. It keeps its permissions.
pub(crate) fn replace(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut temporary = tempfile::NamedTempFile::new_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().set_permissions(std::fs::metadata(file)?.permissions())?;
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    Ok(())
}
