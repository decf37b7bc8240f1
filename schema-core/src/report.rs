//! Violations as they are shown: each at its bytes in a file.

use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Diagnostic;

/// A violation with its place in a file.
pub type Report = Diagnostic<Location>;

/// Bytes of a file, with the text that they are bytes of: the file may have changed since it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub file: PathBuf,
    /// Its text; empty where the file could not be read, or where all of it is meant.
    pub source: Arc<str>,
    /// The bytes. They lie on character boundaries of `source`.
    pub range: Range<usize>,
}

impl Location {
    /// Bytes of a file. A range that does not fit the text is cut to it.
    #[must_use]
    pub fn new(file: &Path, source: &Arc<str>, range: Range<usize>) -> Self {
        let start = boundary(source, range.start);
        let end = boundary(source, range.end).max(start);
        Self { file: file.to_owned(), source: Arc::clone(source), range: start..end }
    }

    /// A file as a whole.
    #[must_use]
    pub fn whole(file: &Path) -> Self {
        Self { file: file.to_owned(), source: Arc::from(""), range: 0..0 }
    }

    /// Whether the file as a whole is meant.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.source.is_empty()
    }

    /// The line and column of the first byte, both counted from 1; a column is a character.
    #[must_use]
    pub fn start(&self) -> (usize, usize) {
        line_and_column(&self.source, self.range.start)
    }

    /// The line and column after the last byte.
    #[must_use]
    pub fn end(&self) -> (usize, usize) {
        line_and_column(&self.source, self.range.end)
    }

    /// The text at the place.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.source[self.range.clone()]
    }
}

/// The nearest character boundary at or before a byte.
fn boundary(text: &str, byte: usize) -> usize {
    text.floor_char_boundary(byte)
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..boundary(text, byte)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    // A byte order mark is not a column: editors do not count it.
    let column = before[line_start..].trim_start_matches('\u{feff}').chars().count() + 1;
    (before.bytes().filter(|byte| *byte == b'\n').count() + 1, column)
}

/// Puts reports in the order in which a reader meets them: by file, in the order given, then from top to bottom.
pub fn sort(reports: &mut [Report], files: &[PathBuf]) {
    let rank = |file: &Path| files.iter().position(|known| known == file).unwrap_or(usize::MAX);
    reports.sort_by_cached_key(|report| (rank(&report.at.file), report.at.file.clone(), report.at.range.start));
}

/// A path as messages show it: from the folder `base` on, without `.` and without folders that the next part leaves.
#[must_use]
pub fn shown(path: &Path, base: &Path) -> PathBuf {
    let path = tidy(path);
    path.strip_prefix(tidy(base)).map_or_else(|_| path.clone(), Path::to_owned)
}

fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_are_counted_from_one_and_in_characters() {
        let source: Arc<str> = Arc::from("a\r\nbä c\n");
        let at = |range| Location::new(Path::new("x.rs"), &source, range);
        assert_eq!(at(0..1).start(), (1, 1));
        assert_eq!(at(7..8).start(), (2, 4));
        assert_eq!(at(7..8).text(), "c");
        assert_eq!(at(9..99).end(), (3, 1));
        // In the middle of `ä`.
        assert_eq!(at(5..6).range, 4..6);
        assert_eq!(at(Range { start: 5, end: 2 }).range, 4..4);
        let marked: Arc<str> = Arc::from("\u{feff}mod a;");
        assert_eq!(Location::new(Path::new("x.rs"), &marked, 3..6).start(), (1, 1));
    }

    #[test]
    fn paths_are_shown_from_the_package_on() {
        let from = |path: &str, base: &str| shown(Path::new(path), Path::new(base)).display().to_string();
        assert_eq!(from("/home/shop/src/a/../x.rs", "/home/./shop"), "src/x.rs");
        assert_eq!(from("/other/x.rs", "/home/shop"), "/other/x.rs");
        assert_eq!(from("../../x.rs", "."), "../../x.rs");
    }
}
