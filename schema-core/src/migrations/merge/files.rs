//! The files of both branches under their new names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Branch, History};
use crate::files;
use crate::migrations::name::{migration_name, stem_parts};
use crate::migrations::{Error, Migration, checksum};

/// The migrations of both branches in one order.
pub(super) struct Order {
    pub(super) migrations: Vec<Migration>,
    /// The old name and the new one of each that has another number.
    pub(super) renumbered: Vec<(String, String)>,
    /// The files under their new names.
    pub(super) texts: BTreeMap<PathBuf, String>,
}

/// Where the files of both branches are.
pub(super) struct Files<'a> {
    pub(super) package: &'a Path,
    pub(super) folder: &'a Path,
    pub(super) history: &'a dyn History,
}

impl Files<'_> {
    /// The text of a file as its branch recorded it: from the disk, under whatever name, or from the history.
    fn text(&self, branch: Branch, name: &str, sum: &str) -> Result<String, Error> {
        let path = self.folder.join(name);
        let is_it = |text: &String| checksum(text.as_bytes()) == sum;
        let on_disk = files::read_text(&self.package.join(&path)).ok().filter(is_it);
        let recorded = || self.history.file(branch, &path).filter(is_it);
        on_disk.or_else(recorded).or_else(|| self.anywhere(&is_it)).ok_or_else(|| Error::Refused {
            message: format!("{} is not what its branch recorded, and git does not have it either", path.display()),
            help: format!("put it back as it was: git log --all -- {}", path.display()),
        })
    }

    /// A file of the folder, by its text.
    fn anywhere(&self, is_it: &dyn Fn(&String) -> bool) -> Option<String> {
        let entries = std::fs::read_dir(self.package.join(self.folder)).ok()?;
        let paths: BTreeSet<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        let sql = paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "sql"));
        sql.filter_map(|path| files::read_text(path).ok()).find(|text| is_it(text))
    }

    /// Numbers migrations one after the other.
    pub(super) fn in_order(&self, list: &[(Branch, &Migration)]) -> Result<Order, Error> {
        let mut order = Order { migrations: Vec::new(), renumbered: Vec::new(), texts: BTreeMap::new() };
        for (index, (branch, migration)) in list.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            let (date, _, words) = stem_parts(&migration.name).unwrap_or((None, number, &migration.name));
            let new = Migration { name: migration_name(date, number, words), ..(*migration).clone() };
            for ((old, sum), (name, _)) in migration.files().zip(new.files()) {
                // What is not sealed may have been edited since, and is taken as it is.
                let text = if migration.sealed {
                    Some(self.text(*branch, &old, sum)?)
                } else {
                    files::read_text(&self.package.join(self.folder).join(&old)).ok()
                };
                order.texts.extend(text.map(|text| (self.folder.join(name), text)));
            }
            if migration.name != new.name {
                order.renumbered.push((migration.name.clone(), new.name.clone()));
            }
            order.migrations.push(new);
        }
        Ok(order)
    }

    /// An error where the file of a generated migration was edited, which is about to be written again from the merged models.
    pub(super) fn not_edited(&self, branch: Branch, migration: &Migration) -> Result<(), Error> {
        for (name, sum) in migration.files() {
            let path = self.folder.join(&name);
            let recorded = |text: String| checksum(text.as_bytes()) == sum;
            let edited = files::read(&self.package.join(&path))
                .is_ok_and(|bytes| checksum(&bytes) != sum && !has_marks(&bytes))
                && !self.history.file(branch, &path).is_some_and(recorded);
            if edited {
                return Err(Error::Refused {
                    message: format!("{} was edited since it was written, and is not sealed", path.display()),
                    help: "cargo schema seal, on the branch that has it".to_owned(),
                });
            }
        }
        Ok(())
    }
}

/// Whether a merge left both sides in a file.
fn has_marks(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).lines().any(|line| line.starts_with("<<<<<<< "))
}
