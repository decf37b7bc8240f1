//! Files of a package as they are read: whole, of a bounded size, and nothing but files. A pipe or a device would be waited
//! for without end.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// The most bytes that a file may have: many times more than a person or this program writes.
pub const LARGEST: u64 = 64 << 20;

/// Reads a file. One that is not there is [`ErrorKind::NotFound`], see [`if_there`]; a link that leads nowhere is not.
///
/// # Errors
///
/// What the system says, and in words what is no file or too large.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let metadata = fs::metadata(path).map_err(|error| match fs::read_link(path) {
        Ok(target) if error.kind() == ErrorKind::NotFound => {
            unusual(format!("it is a link to {}, and there is no such file", target.display()))
        }
        _ => error,
    })?;
    if !metadata.is_file() {
        return Err(unusual(format!("it is {}, and not a file", kind(&metadata))));
    }
    // It may grow meanwhile.
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(unusual(format!("it has {} MB, and {} MB is the most", metadata.len() >> 20, LARGEST >> 20)));
    }
    Ok(bytes)
}

/// Reads a file as text.
///
/// # Errors
///
/// Those of [`read`], and where the file is not UTF-8 the place.
pub fn read_text(path: &Path) -> io::Result<String> {
    text(read(path)?).map_err(unusual)
}

/// Bytes as text; the error says from where on they are none.
///
/// # Errors
///
/// The line and the column.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let good = String::from_utf8_lossy(good);
        let column = good.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        format!("it is not UTF-8, from line {}, column {column} on", good.matches('\n').count() + 1)
    })
}

/// What was read, where it is there.
///
/// # Errors
///
/// Every other one.
pub fn if_there<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Refuses to write a file in the place of a link: what it leads to would stay as it is, and the link would be gone.
///
/// # Errors
///
/// Where the path is a link.
pub fn no_link(path: &Path) -> io::Result<()> {
    match fs::read_link(path) {
        Ok(target) => Err(unusual(format!("it is a link to {}: put the file itself here", target.display()))),
        Err(_) => Ok(()),
    }
}

fn unusual(message: String) -> io::Error {
    io::Error::new(ErrorKind::InvalidInput, message)
}

#[cfg(unix)]
fn kind(metadata: &fs::Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = metadata.file_type();
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn kind(metadata: &fs::Metadata) -> &'static str {
    if metadata.is_dir() { "a folder" } else { "a device" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &Path) -> String {
        read_text(path).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("schema.lock");
        assert_eq!(if_there(read(&path)).unwrap(), None);
        assert!(if_there(read(folder.path())).is_err());
        assert_eq!(said(folder.path()), "it is a folder, and not a file");
        fs::write(&path, b"a\nb\xff").unwrap();
        assert_eq!(said(&path), "it is not UTF-8, from line 2, column 2 on");
        File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(said(&path), "it has 64 MB, and 64 MB is the most");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_followed_to_read_and_not_to_write() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("schema.lock"), folder.path().join("other"));
        symlink("other", &path).unwrap();
        assert_eq!(said(&path), "it is a link to other, and there is no such file");
        fs::write(&target, "text").unwrap();
        assert_eq!(read_text(&path).unwrap(), "text");
        assert!(no_link(&path).unwrap_err().to_string().starts_with("it is a link to other"));
        no_link(&target).unwrap();
        assert_eq!(said(Path::new("/dev/null")), "it is a device, and not a file");
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(said(&pipe), "it is a pipe, and not a file");
    }
}
