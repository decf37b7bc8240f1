//! A fresh data folder, copied from a cached template: `initdb` takes half a second, a copy a tenth of that.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, IoContext, tail};
use crate::find::Programs;
use crate::privileges::{Account, server_command};

/// The template of one build of the server.
pub(crate) struct Template<'a> {
    programs: &'a Programs,
    arguments: Vec<String>,
    path: PathBuf,
}

impl<'a> Template<'a> {
    pub(crate) fn of(programs: &'a Programs, cache: &Path) -> Self {
        let arguments = initdb_arguments(programs);
        let mut hash = Sha256::new();
        for part in [programs.description.as_str(), &programs.bin.to_string_lossy()] {
            hash.update(part);
        }
        hash.update(arguments.join(" "));
        let key = format!("{}-{}", programs.version, &hex(&hash.finalize())[..12]);
        Self { programs, arguments, path: cache.join("templates").join(key) }
    }

    /// Puts a fresh data folder at `data`; true where it came from the cache.
    pub(crate) fn put(&self, data: &Path, account: Option<Account>) -> Result<bool, Error> {
        if self.path.is_dir() {
            copy(&self.path, data, account)?;
            return Ok(true);
        }
        self.initialize(data, account)?;
        self.store(data)?;
        Ok(false)
    }

    /// Removes a template that no server starts from, as a full disk or a power cut may leave it.
    pub(crate) fn discard(&self) -> Result<(), Error> {
        fs::remove_dir_all(&self.path).context("remove the broken template", &self.path)
    }

    fn initialize(&self, data: &Path, account: Option<Account>) -> Result<(), Error> {
        let initdb = self.programs.bin.join("initdb");
        let mut command = server_command(&initdb, account);
        command.arg("-D").arg(data).args(&self.arguments);
        let output = command.output().context("run", &initdb)?;
        if output.status.success() {
            return Ok(());
        }
        Err(Error::Command {
            command: format!("{} -D {} {}", initdb.display(), data.display(), self.arguments.join(" ")),
            status: output.status.to_string(),
            output: tail(&(String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr))),
        })
    }

    /// Complete or absent: copied next to its target and renamed. Of two processes one wins, and both copies are equal.
    fn store(&self, data: &Path) -> Result<(), Error> {
        let parent = self.path.parent().unwrap_or(&self.path);
        fs::create_dir_all(parent).context("create the cache folder", parent)?;
        let new = tempfile::Builder::new().prefix(".new-").tempdir_in(parent).context("create a folder in", parent)?;
        let copied = new.path().join("data");
        copy(data, &copied, None)?;
        match fs::rename(&copied, &self.path) {
            Err(error) if !self.path.is_dir() => Err(error).context("store the template", &self.path),
            _ => Ok(()),
        }
    }
}

/// One locale everywhere, so that no test sorts differently on the next machine: bytes for order, Unicode for letters.
fn initdb_arguments(programs: &Programs) -> Vec<String> {
    let letters = if cfg!(target_os = "macos") { "--lc-ctype=UTF-8" } else { "--lc-ctype=C.UTF-8" };
    let mut arguments = vec!["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"];
    // The first log segment is in every copy: one megabyte of it and not sixteen.
    arguments.extend(["--wal-segsize=1", "--no-sync", "--no-instructions"]);
    if programs.version.major >= 17 {
        arguments.extend(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    } else {
        arguments.push(letters);
    }
    arguments.into_iter().map(str::to_owned).collect()
}

fn copy(from: &Path, to: &Path, account: Option<Account>) -> Result<(), Error> {
    fs::DirBuilder::new().mode(0o700).create(to).context("create", to)?;
    for entry in fs::read_dir(from).context("read", from)? {
        let entry = entry.context("read", from)?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().context("read", &source)?.is_dir() {
            copy(&source, &target, account)?;
        } else {
            fs::copy(&source, &target).context("copy to", &target)?;
            if let Some(account) = account {
                account.give(&target)?;
            }
        }
    }
    account.map_or(Ok(()), |account| account.give(to))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
