//! A folder outside the repository, where a reader of the README would work.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::blocks::section;

/// A folder with a clone of the repository in it, and the place where the next command runs.
///
/// Build output goes to the target folder of the tests, so that the second run is quick; for that the folder has the
/// same name every time, and the tests share it. Each has its own package in it.
pub struct Folder {
    here: PathBuf,
    /// Where a shell notes its folder when it ends.
    note: PathBuf,
    target: PathBuf,
    environment: Vec<(String, String)>,
}

impl Folder {
    /// The folder, without that package in it.
    pub fn without(package: &str) -> Self {
        let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let target = scratch.parent().unwrap().to_owned();
        let mut hash = DefaultHasher::new();
        target.hash(&mut hash);
        let outside = std::env::temp_dir().join(format!("tablewright-readme-{:016x}", hash.finish()));
        // No one else may write here: what is in it is run.
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&outside).unwrap();
        let of = |path: &Path| fs::metadata(path).unwrap().uid();
        assert_eq!(of(&outside), of(scratch), "{} belongs to another account", outside.display());
        let old = outside.join(package);
        if old.exists() {
            fs::remove_dir_all(&old).unwrap();
        }
        // Another checkout may have been built into the same target folder before.
        let link = outside.join("tablewright");
        if fs::read_link(&link).is_ok_and(|to| to != Path::new(env!("CARGO_MANIFEST_DIR"))) {
            fs::remove_file(&link).unwrap();
        }
        if let Err(error) = symlink(env!("CARGO_MANIFEST_DIR"), &link) {
            assert_eq!(error.kind(), ErrorKind::AlreadyExists, "{error}");
        }
        Self { note: outside.join(format!("{package}.folder")), here: outside, target, environment: Vec::new() }
    }

    pub fn set(&mut self, name: &str, value: &str) {
        self.environment.push((name.to_owned(), value.to_owned()));
    }

    /// A new package, with the README's own `Cargo.toml` under another name; the next commands run in it.
    pub fn package(&mut self, name: &str) {
        let blocks = section("Your own crate in ten minutes");
        let manifest = blocks.iter().find(|block| block.file.as_deref() == Some("Cargo.toml")).unwrap();
        self.here.push(name);
        self.write("Cargo.toml", &manifest.text.replace("bookshop", name));
    }

    /// Where the next command runs.
    pub fn here(&self) -> &Path {
        &self.here
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.here.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        // The versions that the workspace was built with: they are here already, and tested.
        if file == "Cargo.toml" {
            let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
            fs::copy(lock, self.here.join("Cargo.lock")).unwrap();
        }
        fs::write(path, text).unwrap();
    }

    /// Runs the commands, which all have to succeed, and returns what they print. `cd` holds for the next ones too.
    pub fn shell(&mut self, commands: &str) -> String {
        let script: String = commands.lines().map(|line| self.line(line)).collect();
        let script = format!("{script}pwd > '{}'\n", self.note.display());
        let output = self.command(&script).output().unwrap();
        let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{commands}ended with {}\n{stdout}\n{stderr}", output.status);
        self.here = PathBuf::from(fs::read_to_string(&self.note).unwrap().trim_end());
        stdout
    }

    /// Runs a command and returns whether it succeeded, with its error output.
    pub fn tries(&self, command: &str) -> (bool, String) {
        let output = self.command(command).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    }

    /// Runs a command that has to fail, and returns its error output.
    pub fn fails(&self, command: &str) -> String {
        let output = self.command(command).output().unwrap();
        assert!(!output.status.success(), "{command} succeeded");
        String::from_utf8(output.stderr).unwrap()
    }

    /// A line of the README. What it installs goes into the target folder, built without optimisation: that takes
    /// minutes less. sqlx's command is taken from `PATH` where it has the right version.
    fn line(&self, line: &str) -> String {
        let Some(what) = line.strip_prefix("cargo install ") else { return format!("{line}\n") };
        if what.contains("sqlx-cli") && has_sqlx(what) {
            return String::new();
        }
        // `cargo install` does not find a workspace behind a link.
        let what = what.replace("--path tablewright/", concat!("--path '", env!("CARGO_MANIFEST_DIR"), "'/"));
        format!("cargo install --quiet --debug --root '{}' {what}\n", self.tools().display())
    }

    fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    fn command(&self, script: &str) -> Command {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = Command::new("bash");
        command
            .args(["-euo", "pipefail", "-c", script])
            .current_dir(&self.here)
            .env("PATH", format!("{}:{path}", self.tools().join("bin").display()))
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null());
        command
    }
}

/// Whether `PATH` has sqlx's command in the version that the README installs.
fn has_sqlx(line: &str) -> bool {
    let wanted = line.split_once("--version ").and_then(|(_, rest)| rest.split(' ').next()).unwrap();
    let found = Command::new("sqlx").arg("--version").output();
    found.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim_end().ends_with(&format!(" {wanted}")))
}
