//! Packages that last as long as a test, and the program run in them.
#![allow(dead_code)]

pub mod branches;
pub mod runner;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

pub const STANDARD: &str = "    pub created_at: DateTime<Utc>,\n    pub updated_at: DateTime<Utc>,\n";

pub struct Package(tempfile::TempDir);

impl Package {
    pub fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A package of one file.
    pub fn of(models: &str) -> Self {
        let package = Self::empty();
        package.write("Cargo.toml", "[package]\nname = \"demo\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
        package.write("src/lib.rs", models);
        package
    }

    /// A copy of the shop.
    pub fn shop() -> Self {
        Self::copy_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shop"))
    }

    pub fn copy_of(folder: &Path) -> Self {
        let package = Self::empty();
        copy(folder, package.path());
        package
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, file: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    pub fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from}");
        self.write(file, text.replace(from, to));
    }

    pub fn command(&self, folder: &str) -> Command {
        let mut command = Command::cargo_bin("cargo-schema").unwrap();
        command.current_dir(self.path().join(folder));
        for variable in ["NO_COLOR", "CLICOLOR_FORCE", "GITHUB_WORKSPACE", "CARGO"] {
            command.env_remove(variable);
        }
        command
    }

    /// Everything that a user sees of a command, without the folder's own path.
    pub fn run(&self, arguments: &[&str]) -> String {
        self.run_in("", arguments)
    }

    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> String {
        let output = self.command(folder).args(arguments).output().unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        let mut text = format!("exit code {}\n", output.status.code().unwrap());
        for (name, part) in [("out", out), ("err", err)] {
            if !part.is_empty() {
                text.extend(["--- ", name, "\n", &part]);
            }
        }
        // Temporary folders may be behind a link.
        for folder in [self.path().canonicalize().unwrap(), self.path().to_owned()] {
            text = text.replace(&folder.display().to_string(), "[FOLDER]");
        }
        text
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from: PathBuf = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}
