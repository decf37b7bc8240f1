//! The checksums that the lock holds.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

/// The checksum of a file's bytes, as the lock file writes it: `sha256:…`.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Whether two files would be the same but for their line endings, given one's bytes and the other's checksum.
pub(super) fn differs_in_line_endings(bytes: &[u8], recorded: &str) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let unix = text.replace("\r\n", "\n");
    checksum(unix.as_bytes()) == recorded || checksum(unix.replace('\n', "\r\n").as_bytes()) == recorded
}
