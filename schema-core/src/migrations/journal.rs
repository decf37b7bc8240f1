//! The journal: what a command is about to do to the files of a package, for the next command to finish.
//!
//! It comes with a checkout as any other file does, so it is not trusted: nothing is done of a journal that names a single
//! file which no command of this program writes or removes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Error, FileName, IoError, LOCK_FILE, STATEMENTS_FILE};
use crate::diagnostic::Diagnostic;
use crate::files;
use crate::ids::JOURNAL;
use crate::report::Location;

/// The name of the journal, next to the lock file.
pub(super) const FILE: &str = ".schema.journal";
/// What a squash writes next to the migrations that it puts away. What has an underscore is a migration to sqlx, which would not
/// run the folder.
pub(super) const EXISTING: &str = "existing-databases.sql";

/// What is done to the files of a package.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Changes {
    /// Files that get this text, in this order.
    pub(super) write: Vec<(PathBuf, String)>,
    /// Files that go.
    pub(super) remove: Vec<PathBuf>,
}

impl Changes {
    /// Refuses to write where a link is, before anything is written.
    pub(super) fn leave_links(&self, package: &Path) -> Result<(), IoError> {
        self.write
            .iter()
            .map(|(path, _)| package.join(path))
            .try_for_each(|path| files::no_link(&path).map_err(|error| IoError::new("write", &path, error)))
    }

    /// Whether a journal of these changes would be taken up.
    pub(super) fn lie_inside(&self, package: &Path, migrations: &Path) -> bool {
        self.problem(package, migrations).is_none()
    }

    /// The first file that no command writes or removes, and why.
    fn problem(&self, package: &Path, migrations: &Path) -> Option<(&Path, &'static str)> {
        let writes = self.write.iter().map(|(path, _)| (path.as_path(), Deed::Write));
        let removals = self.remove.iter().map(|path| (path.as_path(), Deed::Remove));
        writes.chain(removals).find_map(|(path, deed)| Some((path, problem(package, migrations, path, deed)?)))
    }
}

/// Reads the journal of a package. `None` where there is none.
pub(super) fn read(package: &Path, migrations: &Path) -> Result<Option<Changes>, Error> {
    let file = package.join(FILE);
    // What a link points to is not asked: no command makes one.
    match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(IoError::new("read", &file, error).into()),
        Ok(metadata) if !metadata.is_file() => return Err(refused(&file, "it is not a regular file")),
        Ok(_) => {}
    }
    let bytes = files::read(&file).map_err(|error| IoError::new("read", &file, error))?;
    let changes: Changes =
        serde_json::from_slice(&bytes).map_err(|error| refused(&file, &format!("it cannot be read: {error}")))?;
    match changes.problem(package, migrations) {
        None => Ok(Some(changes)),
        Some((path, why)) => {
            Err(refused(&file, &format!("it names `{}`, {why}", path.display().to_string().escape_debug())))
        }
    }
}

fn refused(file: &Path, why: &str) -> Error {
    let message = format!("no command of this program wrote this journal: {why}; nothing was done");
    let help = format!(
        "see what it says and where it comes from, then take it away: rm {FILE}    and see that the migrations are whole: git status"
    );
    Error::Violations(vec![Diagnostic::spanned(JOURNAL, "", Location::whole(file), message).help(help)])
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Write,
    Remove,
}

const OUTSIDE: &str = "which lies outside of the package";
const STRANGE: &str = "which is neither schema.lock, schema.statements nor a file of the migrations";

fn problem(package: &Path, migrations: &Path, path: &Path, deed: Deed) -> Option<&'static str> {
    let (Some(names), Some(folder)) = (normal(path), normal(migrations)) else { return Some(OUTSIDE) };
    if !is_ours(&names, &folder, deed) {
        return Some(STRANGE);
    }
    (!stays_inside(package, path)).then_some(OUTSIDE)
}

/// The parts of a path that leads downwards only.
fn normal(path: &Path) -> Option<Vec<&str>> {
    path.components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect()
}

/// Whether a command does this to a file of this name.
fn is_ours(path: &[&str], migrations: &[&str], deed: Deed) -> bool {
    let Some((file, folder)) = path.split_last() else { return false };
    if path == [LOCK_FILE] || path == [STATEMENTS_FILE] {
        return deed == Deed::Write;
    }
    let is_migration = FileName::parse(file).is_ok();
    if folder == migrations {
        return is_migration;
    }
    deed == Deed::Write && is_archive(folder, migrations) && (is_migration || *file == EXISTING)
}

/// Whether a squash would put migrations away here: `migrations_until_042`, and `migrations_until_042_2`.
fn is_archive(folder: &[&str], migrations: &[&str]) -> bool {
    let Some((name, parent)) = folder.split_last() else { return false };
    let (own, beside) = migrations.split_last().unwrap_or((&"migrations", &[]));
    let Some(rest) = name.strip_prefix(own).and_then(|rest| rest.strip_prefix("_until_")) else { return false };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    parent == beside && rest.splitn(2, '_').all(is_number)
}

/// Whether no link on the way leads out of the package. A file that is a link itself is not written.
fn stays_inside(package: &Path, path: &Path) -> bool {
    let Ok(root) = package.canonicalize() else { return false };
    let file = package.join(path);
    // A folder that does not exist yet is made in the nearest one that does. A link that leads nowhere counts as existing.
    let there = file.ancestors().skip(1).find(|folder| fs::symlink_metadata(folder).is_ok());
    there.and_then(|folder| folder.canonicalize().ok()).is_some_and(|folder| folder.starts_with(&root))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(package: &Path, text: &str) -> Option<String> {
        fs::write(package.join(FILE), text).unwrap();
        let found = read(package, Path::new("migrations"));
        // Whatever it says, it stays for a person to look at.
        assert!(package.join(FILE).exists());
        match found {
            Ok(_) => None,
            Err(Error::Violations(reports)) => Some(reports[0].message.clone()),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn journal(write: &[&str], remove: &[&str]) -> String {
        let write = write.iter().map(|path| ((*path).into(), String::new())).collect();
        serde_json::to_string(&Changes { write, remove: remove.iter().map(Into::into).collect() }).unwrap()
    }

    #[test]
    fn what_a_command_writes_is_taken_up() {
        let folder = tempfile::tempdir().unwrap();
        let write = [
            "schema.lock",
            "schema.statements",
            "migrations/001_create_shop.up.sql",
            "./migrations/20260131_002_a.down.sql",
            "migrations/003_b.sql",
            "migrations_until_002/001_a.up.sql",
            "migrations_until_002_3/existing-databases.sql",
        ];
        assert_eq!(refusal(folder.path(), &journal(&write, &["migrations/001_create_shop.up.sql"])), None);
        // If the folder differs, so do the files.
        let text = journal(&["db/sql/001_a.up.sql", "db/sql_until_001/001_a.up.sql"], &[]);
        fs::write(folder.path().join(FILE), &text).unwrap();
        assert!(read(folder.path(), Path::new("db/sql/")).is_ok());
        assert!(read(folder.path(), Path::new("migrations")).is_err());
        let text = journal(&["001_a.up.sql", "migrations_until_001/001_a.up.sql"], &[]);
        fs::write(folder.path().join(FILE), &text).unwrap();
        assert!(read(folder.path(), Path::new(".")).is_ok());
    }

    #[test]
    fn every_other_file_is_refused_whether_it_is_written_or_removed() {
        let folder = tempfile::tempdir().unwrap();
        let inside = [
            "src/lib.rs",
            "schema.toml",
            "Cargo.toml",
            "build.rs",
            ".git/hooks/pre-commit",
            ".schema.journal",
            "migrations",
            "migrations/.env",
            "migrations/001_a.up.sql/002_b.up.sql",
            "migrations/deeper/001_a.up.sql",
            "migrations/1_a.up.sql",
            "migrations/001_A.up.sql",
            "Migrations/001_a.up.sql",
            "other/001_a.up.sql",
            "001_a.up.sql",
            "migrations_until_/001_a.up.sql",
            "migrations_until_x/001_a.up.sql",
            "migrations_until_001_x/001_a.up.sql",
            "migrations_until_001/x.sql",
            "db/migrations_until_001/001_a.up.sql",
            "",
            ".",
        ];
        let outside = [
            "/etc/passwd",
            "/tmp/001_a.up.sql",
            "../001_a.up.sql",
            "../victim",
            "migrations/../../victim",
            "migrations/../migrations/001_a.up.sql",
            "migrations_until_001/../../001_a.up.sql",
        ];
        for (paths, word) in
            [(&inside[..], "neither schema.lock, schema.statements nor"), (&outside[..], "outside of the package")]
        {
            for path in paths {
                for text in [journal(&[path], &[]), journal(&["schema.lock"], &[path])] {
                    let message = refusal(folder.path(), &text).unwrap_or_else(|| panic!("{path} is taken"));
                    assert!(message.contains(word), "{path}: {message}");
                }
            }
        }
        // Nothing removes what only a squash writes, nor the lock.
        for path in ["schema.lock", "migrations_until_001/001_a.up.sql", "migrations_until_001/existing-databases.sql"]
        {
            assert!(refusal(folder.path(), &journal(&[], &[path])).is_some(), "{path}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let whole = journal(&["schema.lock"], &["migrations/001_a.up.sql"]);
        for end in 0..whole.len() {
            let message = refusal(folder.path(), &whole[..end]).unwrap();
            assert!(message.contains("it cannot be read: "), "{message}");
        }
        for text in
            ["null", "[]", "{}", r#"{"write":[],"remove":[],"run":"rm"}"#, r#"{"write":["a"],"remove":[]}"#, "\u{0}"]
        {
            assert!(refusal(folder.path(), text).unwrap().contains("it cannot be read: "), "{text}");
        }
        fs::write(folder.path().join(FILE), [0xff, 0xfe]).unwrap();
        assert!(matches!(read(folder.path(), Path::new("migrations")), Err(Error::Violations(_))));
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_not_followed() {
        use std::os::unix::fs::symlink;
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let text = journal(&["migrations/001_a.up.sql"], &[]);
        for target in [other.path().to_owned(), other.path().join("nowhere"), PathBuf::from("..")] {
            let link = folder.path().join("migrations");
            symlink(&target, &link).unwrap();
            assert!(refusal(folder.path(), &text).unwrap().contains("outside of the package"), "{}", target.display());
            fs::remove_file(&link).unwrap();
        }
        // One that stays inside is a way as any other.
        fs::create_dir(folder.path().join("sql")).unwrap();
        symlink("sql", folder.path().join("migrations")).unwrap();
        assert_eq!(refusal(folder.path(), &text), None);
        // The journal itself is a file, or it is none of ours: a pipe would wait forever.
        fs::remove_file(folder.path().join(FILE)).unwrap();
        fs::write(other.path().join("journal"), &text).unwrap();
        symlink(other.path().join("journal"), folder.path().join(FILE)).unwrap();
        assert!(read(folder.path(), Path::new("migrations")).is_err());
        fs::remove_file(folder.path().join(FILE)).unwrap();
        fs::create_dir(folder.path().join(FILE)).unwrap();
        assert!(read(folder.path(), Path::new("migrations")).is_err());
    }
}
