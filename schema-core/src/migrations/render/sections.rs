//! A file with both directions, read back as the two files that sqlx would have.

use std::borrow::Cow;

use crate::migrations::header::NO_TRANSACTION;

/// What begins a line that tells the sections apart, and the statements with inner semicolons.
pub(super) const MARK: &str = "-- +migrate ";
pub(super) const OUT_OF_TRANSACTION: &str = " notransaction";

const DOWN: &str = "Down";

/// The way up of a migration file, whether it holds the way down as well. Everything is where it was.
#[must_use]
pub fn way_up(text: &str) -> Cow<'_, str> {
    if !text.starts_with(MARK) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(without_marks(&text[..down(text).unwrap_or(text.len())]))
}

/// The way down of a file that holds both.
#[must_use]
pub fn way_down(text: &str) -> Option<String> {
    let at = down(text).filter(|_| text.starts_with(MARK))?;
    Some(without_marks(&text[at..]))
}

fn down(text: &str) -> Option<usize> {
    let mut at = 0;
    text.split_inclusive('\n').find_map(|line| {
        let here = at;
        at += line.len();
        line.strip_prefix(MARK)?.starts_with(DOWN).then_some(here)
    })
}

/// Marks become spaces, so that what is after them keeps its place.
fn without_marks(section: &str) -> String {
    let line = |line: &str| {
        let Some(mark) = line.strip_prefix(MARK) else { return line.to_owned() };
        let bare = line.trim_end();
        let begin = if mark.trim_end().ends_with(OUT_OF_TRANSACTION) { NO_TRANSACTION } else { "" };
        format!("{begin:width$}{}", &line[bare.len()..], width = bare.len())
    };
    section.split_inclusive('\n').map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: &str = "-- +migrate Up notransaction\n-- Up: a.\nCREATE INDEX CONCURRENTLY i ON t (a);\n\n\
                        -- +migrate Down\n-- Down: b.\n-- +migrate StatementBegin\nDO $$ BEGIN; END $$;\n\
                        -- +migrate StatementEnd\n";

    #[test]
    fn each_direction_is_a_file_of_its_own() {
        let up = way_up(BOTH);
        assert!(up.starts_with("-- no-transaction"), "{up}");
        assert_eq!(up.find("CREATE INDEX"), BOTH.find("CREATE INDEX"));
        assert!(!up.contains("DO $$"), "{up}");
        let down = way_down(BOTH).unwrap();
        assert!(!down.contains("no-transaction") && !down.contains("+migrate") && down.contains("DO $$"), "{down}");
    }

    #[test]
    fn a_file_of_one_direction_is_left_alone() {
        assert_eq!(way_up("CREATE TABLE t ();\n"), "CREATE TABLE t ();\n");
        assert_eq!(way_down("CREATE TABLE t ();\n"), None);
    }
}
