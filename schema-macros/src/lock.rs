//! `schema.lock` of the crate that is compiled: what its models are compared with.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::drift::{self, Index};
use tablewright_core::files;
use tablewright_core::place::Place;
use tablewright_core::plan::Phase;
use tablewright_core::schema::Table;

use crate::cached::Cached;
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

/// The lock of the crate that is compiled, where it has one with a migration, and where the crate is the one that the
/// scan reads: examples, tests and other programs of a package have models of their own.
pub(crate) fn read() -> Option<Arc<TrackedLock>> {
    static KNOWN: Cached<Arc<TrackedLock>> = Cached::new();
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    if !matches!(program(&package), Program::Scanned) {
        return None;
    }
    let file = package.join("schema.lock");
    if std::fs::metadata(&file).is_err() {
        return gone(&file);
    }
    let lock = KNOWN.of(&file, || {
        let text = files::read_text(&file).map_err(|error| format!("schema.lock cannot be read: {error}"));
        let index = text.and_then(Index::new);
        Arc::new(TrackedLock { file: file.clone(), index, told: AtomicBool::new(false), is_gone: false })
    });
    let has_migration = lock.index.as_ref().map_or(true, |index| index.last().is_some());
    has_migration.then_some(lock)
}

/// Which of a package's programs is compiled.
enum Program {
    /// The one whose models `cargo schema` reads.
    Scanned,
    /// `src/main.rs` beside a library, which is the one that it reads.
    BesideLibrary,
    Other,
}

fn program(package: &Path) -> Program {
    let Some(root) = compiled_root() else {
        // An editor's server is not told the file.
        let name = std::env::var("CARGO_PKG_NAME").unwrap_or_default().replace('-', "_");
        let own = std::env::var("CARGO_CRATE_NAME").is_ok_and(|compiled| compiled == name);
        return if own && std::env::var_os("CARGO_TARGET_TMPDIR").is_none() {
            Program::Scanned
        } else {
            Program::Other
        };
    };
    let is = |path: &str| package.join(path).canonicalize().is_ok_and(|path| path == root);
    let models = profile::read().ok().and_then(|read| read.profile.models);
    if models.as_deref().is_some_and(is) || is("src/lib.rs") {
        return Program::Scanned;
    }
    match is("src/main.rs") {
        false => Program::Other,
        true if !package.join("src/lib.rs").exists() => Program::Scanned,
        true if models.is_some() => Program::Other,
        true => Program::BesideLibrary,
    }
}

/// The file that the compiler was given.
fn compiled_root() -> Option<PathBuf> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let root = arguments.find(|argument| {
        argument.extension() == Some(OsStr::new("rs")) && !argument.as_os_str().as_encoded_bytes().starts_with(b"-")
    })?;
    root.canonicalize().ok()
}

/// A model that no migration can know, since it is where `cargo schema` does not look.
pub(crate) fn unread(table: &Table) -> Option<Diagnostic> {
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    if !matches!(program(&package), Program::BesideLibrary) || std::env::args().any(|argument| argument == "--test") {
        return None;
    }
    let text = files::read_text(&package.join("schema.lock")).ok()?;
    let index = Index::new(text).ok().filter(|index| index.last().is_some() && !index.has_table(&table.name))?;
    let message = format!(
        "`cargo schema` reads src/lib.rs, and this model is in src/main.rs: no migration{} creates its table",
        index.last().map(|last| format!(" up to {last}")).unwrap_or_default()
    );
    let help = "move the model to the library, or write models = \"src/main.rs\" in schema.toml";
    Some(Diagnostic::new(drift::DRIFT, Place::table(&table.name), message).help(help))
}

/// A lock that is gone while its migrations are still there, which is an error: Cargo compiles again what failed, so it
/// sees the file come back. A crate that compiled without it would not be looked at again.
fn gone(file: &Path) -> Option<Arc<TrackedLock>> {
    static GONE: Mutex<BTreeMap<PathBuf, Arc<TrackedLock>>> = Mutex::new(BTreeMap::new());
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
    let mut gone = GONE.lock().unwrap_or_else(PoisonError::into_inner);
    found.map(|found| Arc::clone(gone.entry(file.to_owned()).or_insert(found)))
}

/// Whether a folder has files that this program wrote. Every derive of a crate without a lock asks, so the files are read
/// once, and again when one comes or goes.
fn has_migrations(folder: &Path) -> Option<bool> {
    static LOOKED: Cached<Option<bool>> = Cached::new();
    LOOKED.of(folder, || {
        let mut files = std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
        Some(files.any(|path| files::read_text(&path).is_ok_and(|text| Phase::is_stated(&text))))
    })
}
