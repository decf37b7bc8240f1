//! `schema.lock` of the crate that is compiled: what its models are compared with.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::SystemTime;

use tablewright_core::drift::Index;
use tablewright_core::files;
use tablewright_core::plan::Phase;
use tablewright_core::schema::Table;

use crate::profile;

/// The lock of a crate.
pub(crate) struct TrackedLock {
    file: PathBuf,
    /// What it holds; the error says what is wrong with it.
    pub(crate) index: Result<Index, String>,
    told: AtomicBool,
    is_gone: bool,
}

impl TrackedLock {
    /// Where it was read; `None` where it is gone, which no compiler can track.
    pub(crate) fn file(&self) -> Option<&Path> {
        (!self.is_gone).then_some(&self.file)
    }

    /// What is wrong with the file, to the first that asks: one mistake is one error, however many models there are.
    pub(crate) fn problem(&self) -> Option<&str> {
        let problem = self.index.as_ref().err()?;
        (!self.told.swap(true, Ordering::Relaxed)).then_some(problem)
    }

    /// Whether a model that the lock does not know is one that lacks a migration. A model of tests is not: no scan sees
    /// it, and no migration creates it.
    pub(crate) fn concerns(&self, table: &Table) -> bool {
        let Ok(index) = &self.index else { return false };
        index.has_table(&table.name)
            || table.renamed_from.as_ref().is_some_and(|name| index.has_table(name))
            || !std::env::args().any(|argument| argument == "--test" || argument == "--cfg=test")
                && std::env::args().any(|argument| argument == "--crate-name")
    }
}

/// What was read last. An editor keeps the process, so a file that changed is read again.
struct Cached {
    modified: Option<SystemTime>,
    length: u64,
    lock: Arc<TrackedLock>,
}

/// The lock of the crate that is compiled, where it has one with a migration, and where the crate is the one that the
/// scan reads: examples, tests and other programs of a package have models of their own.
pub(crate) fn read() -> Option<Arc<TrackedLock>> {
    static CACHED: Mutex<Option<Cached>> = Mutex::new(None);
    let name = std::env::var("CARGO_PKG_NAME").ok()?.replace('-', "_");
    if std::env::var("CARGO_CRATE_NAME").ok()? != name || std::env::var_os("CARGO_TARGET_TMPDIR").is_some() {
        return None;
    }
    let file = Path::new(&std::env::var_os("CARGO_MANIFEST_DIR")?).join("schema.lock");
    let Ok(metadata) = std::fs::metadata(&file) else { return gone(&file) };
    let (modified, length) = (metadata.modified().ok(), metadata.len());
    let mut cached = CACHED.lock().ok()?;
    let fresh = cached.as_ref().filter(|it| it.lock.file == file && it.modified == modified && it.length == length);
    let lock = if let Some(known) = fresh {
        Arc::clone(&known.lock)
    } else {
        let text = files::read_text(&file).map_err(|error| format!("schema.lock cannot be read: {error}"));
        let lock = Arc::new(TrackedLock {
            file,
            index: text.and_then(Index::new),
            told: AtomicBool::new(false),
            is_gone: false,
        });
        *cached = Some(Cached { modified, length, lock: Arc::clone(&lock) });
        lock
    };
    let has_migration = lock.index.as_ref().map_or(true, |index| index.last().is_some());
    has_migration.then_some(lock)
}

/// A lock that is gone while its migrations are still there, which is an error: Cargo compiles again what failed, so it
/// sees the file come back. A crate that compiled without it would not be looked at again.
fn gone(file: &Path) -> Option<Arc<TrackedLock>> {
    static GONE: OnceLock<Arc<TrackedLock>> = OnceLock::new();
    let is_gone = || {
        let package = file.parent()?;
        // Cargo puts these into every package that it makes or takes from elsewhere, where nobody writes a migration.
        if [".cargo_vcs_info.json", ".cargo-ok"].iter().any(|name| package.join(name).exists()) {
            return None;
        }
        has_migrations(&package.join(profile::read().ok()?.profile.migrations))?.then_some(())
    };
    let found = is_gone().map(|()| {
        let message = "there are migrations and no schema.lock\n  help: git checkout -- schema.lock";
        let index = Err(message.to_owned());
        Arc::new(TrackedLock { file: file.to_owned(), index, told: AtomicBool::new(false), is_gone: true })
    });
    // The first that was found is kept, so that it is told once.
    found.map(|found| Arc::clone(GONE.get_or_init(|| found)))
}

/// Whether a folder has files that this program wrote. Every derive of a crate without a lock asks, so the files are read
/// once, and again when one comes or goes.
fn has_migrations(folder: &Path) -> Option<bool> {
    static LOOKED: Mutex<Option<(PathBuf, SystemTime, bool)>> = Mutex::new(None);
    let modified = std::fs::metadata(folder).ok()?.modified().ok()?;
    let mut looked = LOOKED.lock().ok()?;
    if let Some((known, at, found)) = looked.as_ref()
        && known == folder
        && *at == modified
    {
        return Some(*found);
    }
    let mut files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    let found = files.any(|path| files::read_text(&path).is_ok_and(|text| Phase::is_stated(&text)));
    *looked = Some((folder.to_owned(), modified, found));
    Some(found)
}
