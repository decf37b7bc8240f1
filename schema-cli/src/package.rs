//! Which package a command is about, and its `schema.toml`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use tablewright_core::config;
use tablewright_core::config::Profile;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::files;
use tablewright_core::report::{Location, Report};

use crate::cli::Arguments;
use crate::failure::{Failure, Problem};

/// A user's package.
pub(crate) struct Package {
    /// The folder of its `Cargo.toml`.
    pub(crate) folder: PathBuf,
    /// What its `schema.toml` says.
    pub(crate) profile: Result<Profile, Vec<Report>>,
}

impl Package {
    pub(crate) fn find(arguments: &Arguments) -> Result<Self, Failure> {
        let start = start(arguments)?;
        let folder = match &arguments.package {
            Some(name) => of_workspace(&start, name)?,
            None => upward(&start)?,
        };
        Self::at(&folder)
    }

    /// What its `schema.toml` says, or what is wrong there.
    pub(crate) fn profile(&self) -> Result<&Profile, Problem> {
        self.profile.as_ref().map_err(|reports| Problem::Violations(reports.clone()))
    }

    /// The package of a folder, as its files are now.
    pub(crate) fn at(folder: &Path) -> Result<Self, Failure> {
        Ok(Self { folder: folder.to_owned(), profile: profile(folder)? })
    }
}

fn start(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let here =
        std::env::current_dir().map_err(|error| Failure::new(format!("cannot tell the current folder: {error}")))?;
    let Some(directory) = &arguments.directory else { return Ok(here) };
    let folder = here.join(directory);
    if folder.is_dir() { Ok(folder) } else { Err(Failure::new(format!("{} is not a folder", directory.display()))) }
}

/// The nearest folder with a `Cargo.toml`, from here upward.
fn upward(start: &Path) -> Result<PathBuf, Failure> {
    let Some(folder) = start.ancestors().find(|folder| folder.join("Cargo.toml").is_file()) else {
        return Err(Failure::new(format!("there is no Cargo.toml in {} or above it", start.display()))
            .help("cargo schema -C path/to/package …"));
    };
    let file = folder.join("Cargo.toml");
    let text = files::read_text(&file).map_err(|error| unread(&file, &error))?;
    // Cargo explains best what cargo would refuse.
    let is_package = toml::de::DeTable::parse(&text).map_or(true, |table| table.get_ref().contains_key("package"));
    if is_package {
        return Ok(folder.to_owned());
    }
    let mut names: Vec<String> = packages(start)?.into_iter().map(|(name, _)| name).collect();
    names.sort();
    let failure = Failure::new(format!("{} is a workspace without a package of its own", file.display()));
    Err(failure.help(format!("cargo schema -p NAME …    NAME is one of {}", names.join(", "))))
}

/// A package of the workspace that a folder belongs to, by name.
fn of_workspace(start: &Path, name: &str) -> Result<PathBuf, Failure> {
    let packages = packages(start)?;
    if let Some((_, folder)) = packages.iter().find(|(known, _)| known == name) {
        return Ok(folder.clone());
    }
    let mut names: Vec<&str> = packages.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let help = match tablewright_core::suggest::nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the packages are {}", names.join(", ")),
    };
    Err(Failure::new(format!("the workspace has no package `{name}`")).help(help))
}

/// The packages of a workspace with their folders, as cargo reports them.
fn packages(start: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(&cargo)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(start)
        .output()
        .map_err(|error| Failure::new(format!("cannot run {}: {error}", cargo.display())))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!("cargo metadata failed: {}", told.trim().trim_start_matches("error: "))));
    }
    let unreadable = || Failure::new("cargo metadata said something that cargo-schema does not understand");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).map_err(|_| unreadable())?;
    let packages = metadata.get("packages").and_then(serde_json::Value::as_array).ok_or_else(unreadable)?;
    packages
        .iter()
        .map(|package| {
            let name = package.get("name")?.as_str()?.to_owned();
            let folder = Path::new(package.get("manifest_path")?.as_str()?).parent()?.to_owned();
            Some((name, folder))
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(unreadable)
}

fn profile(folder: &Path) -> Result<Result<Profile, Vec<Report>>, Failure> {
    let file = folder.join("schema.toml");
    let text = files::if_there(files::read_text(&file)).map_err(|error| unread(&file, &error))?;
    let Some(text) = text else { return Ok(Ok(Profile::default())) };
    let source: Arc<str> = Arc::from(text.as_str());
    Ok(config::parse(&text).map_err(|errors| {
        let mut reports: Vec<Report> = errors
            .into_iter()
            .map(|error| {
                let at = Location::new(&file, &source, error.span);
                Diagnostic::spanned(tablewright_core::ids::PROFILE, "", at, error.message).help(error.help)
            })
            .collect();
        tablewright_core::report::sort(&mut reports, &[]);
        reports
    }))
}

/// A file that cannot be read.
pub(crate) fn unread(file: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("cannot read {}: {error}", file.display()))
}
