//! The files of a format that sqlx does not read, as those that it does.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tablewright_core::config::Format;
use tablewright_core::migrations::{Direction, FileName, way_down, way_up};
use tempfile::TempDir;

use super::{Failed, File, apply};

/// The migrations as sqlx reads them.
pub(super) struct Folder {
    pub(super) files: Vec<File>,
    /// Where they are, as long as this lives.
    path: PathBuf,
    _own: Option<TempDir>,
}

impl Folder {
    pub(super) async fn read(folder: &Path, format: Format) -> Result<Self, Failed> {
        if format == Format::Sqlx || !folder.exists() {
            let files = apply::files(folder).await?;
            return Ok(Self { files, path: folder.to_owned(), _own: None });
        }
        let failed = |error: io::Error| Failed::Files { folder: folder.to_owned(), message: error.to_string() };
        let own = tempfile::tempdir().map_err(failed)?;
        let names = write(folder, own.path()).map_err(failed)?;
        let mut files = apply::files(own.path()).await?;
        for file in &mut files {
            let number = u32::try_from(file.version).unwrap_or_default();
            let of = |direction: Direction| {
                let is_it = |name: &&FileName| name.direction == direction || name.direction == Direction::Both;
                Some(folder.join(names.get(&number)?.iter().find(is_it)?.to_string()))
            };
            let name = names.get(&number).and_then(|names| names.first()).map(FileName::migration);
            file.stands_for(&name.unwrap_or_default(), of(Direction::Up), of(Direction::Down));
        }
        Ok(Self { files, path: own.path().to_owned(), _own: Some(own) })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Writes each direction as a file of its own, by number alone: two files of a day are one version to sqlx. The names
/// that there were.
fn write(from: &Path, to: &Path) -> io::Result<BTreeMap<u32, Vec<FileName>>> {
    let mut names: BTreeMap<u32, Vec<FileName>> = BTreeMap::new();
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).and_then(|name| FileName::parse(name).ok());
        let Some(name) = name else { continue };
        let text = tablewright_core::files::read_text(&path)?;
        let put = |direction: Direction, text: &str| {
            fs::write(to.join(FileName { date: None, direction, ..name.clone() }.to_string()), text)
        };
        if name.direction == Direction::Both {
            put(Direction::Up, &way_up(&text))?;
            put(Direction::Down, &way_down(&text).unwrap_or_default())?;
        } else {
            put(name.direction, &text)?;
        }
        names.entry(name.number).or_default().push(name);
    }
    Ok(names)
}
