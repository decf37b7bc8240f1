//! The migration files of a folder, as sqlx reads them, and what their headers say.

use std::path::{Path, PathBuf};

use sqlx::migrate::{MigrationType, Migrator};
use tablewright_core::migrations::Header;
use tablewright_core::plan::{Phase, Start};

use super::Failed;

/// One migration.
#[derive(Clone, Debug)]
pub struct File {
    /// Its number.
    pub version: i64,
    /// Its name with its number: `003_index_orders`.
    pub name: String,
    /// The words that sqlx's table holds.
    pub(super) description: String,
    /// When it may run; `None` if the header does not say.
    pub phase: Option<Phase>,
    /// Whether its header says that the new release starts with it, and not before the contract.
    pub starts: bool,
    /// The way up.
    pub(super) up: OneWay,
    /// The way down; `None` if there is no such file.
    pub(super) down: Option<OneWay>,
}

/// One file.
#[derive(Clone, Debug)]
pub(super) struct OneWay {
    pub(super) path: PathBuf,
    pub(super) sql: String,
    /// Whether the file begins with `-- no-transaction`.
    pub(super) alone: bool,
    /// SHA-384 of the bytes, as sqlx's table holds it.
    pub(super) checksum: Vec<u8>,
}

impl File {
    /// The text of the way up.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.up.sql
    }

    /// The locks that the way up takes, in the words of its header.
    #[must_use]
    pub fn locks(&self) -> Option<String> {
        Some(Header::read(&self.up.sql).locks?.to_string())
    }

    /// The columns that have another type after a direction, each with its table, as its header says.
    #[must_use]
    pub fn retyped(&self, up: bool) -> Vec<(String, String)> {
        let direction = if up { Some(&self.up) } else { self.down.as_ref() };
        direction.map(|file| Header::read(&file.sql).retyped).unwrap_or_default()
    }

    /// Whether there is nothing on the way up: what it is about is left to the next file.
    #[must_use]
    pub fn goes_up_without_a_statement(&self) -> bool {
        super::script::units(&self.up.sql).is_empty()
    }

    /// Whether there is nothing on the way down: what the way up made stays.
    #[must_use]
    pub fn goes_back_without_a_statement(&self) -> bool {
        self.down.as_ref().is_some_and(|down| super::script::units(&down.sql).is_empty())
    }

    /// The tables that must have no rows for the way down to run, as its header says.
    #[must_use]
    pub fn refuses_to_go_back(&self) -> Vec<String> {
        self.down.as_ref().map(|down| Header::read(&down.sql).refuses).unwrap_or_default()
    }

    /// The tables that it takes out of a partitioned one beside readers and writers, in either direction. The server leaves a
    /// check on each, which says what the partition held.
    #[must_use]
    pub fn detaches(&self) -> Vec<&str> {
        let texts = std::iter::once(&self.up).chain(&self.down).map(|direction| direction.sql.as_str());
        let found = texts.flat_map(|text| text.split("DETACH PARTITION ").skip(1));
        found.filter_map(|rest| rest.split_once(" CONCURRENTLY")).map(|(name, _)| name.trim_matches('"')).collect()
    }

    /// The same for files that were made of others: its name, and what messages call each direction.
    pub(crate) fn stands_for(&mut self, name: &str, up: Option<PathBuf>, down: Option<PathBuf>) {
        name.clone_into(&mut self.name);
        for (direction, path) in [(Some(&mut self.up), up), (self.down.as_mut(), down)] {
            if let (Some(direction), Some(path)) = (direction, path) {
                direction.path = path;
            }
        }
    }

    /// What the way down loses, in the words of its header.
    #[must_use]
    pub fn loses(&self) -> Option<String> {
        Some(Header::read(&self.down.as_ref()?.sql).loses?.to_string())
    }
}

/// The files of a folder, for [`apply`](super::apply) and [`revert`](super::revert), in the order of their numbers.
///
/// # Errors
/// [`Failed::Files`] where the folder cannot be read.
pub async fn files(folder: &Path) -> Result<Vec<File>, Failed> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let migrator = Migrator::new(folder).await.map_err(|error| Failed::Files {
        folder: folder.to_owned(),
        // sqlx puts its own words before the cause.
        message: std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string),
    })?;
    let mut files: Vec<File> = Vec::new();
    for migration in migrator.iter() {
        let words = migration.description.replace(' ', "_");
        let name = format!("{:03}_{words}", migration.version);
        let path = folder.join(format!("{name}{}", migration.migration_type.suffix()));
        let direction = OneWay {
            path,
            sql: migration.sql.as_str().to_owned(),
            alone: migration.no_tx,
            checksum: migration.checksum.to_vec(),
        };
        if migration.migration_type == MigrationType::ReversibleDown {
            if let Some(file) = files.iter_mut().find(|file| file.version == migration.version) {
                file.down = Some(direction);
            }
            continue;
        }
        let header = Header::read(&direction.sql);
        files.push(File {
            version: migration.version,
            name,
            description: migration.description.to_string(),
            phase: header.phase,
            starts: header.start == Some(Start::Alone),
            up: direction,
            down: None,
        });
    }
    Ok(files)
}
