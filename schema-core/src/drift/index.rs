//! Where each table is in the text of `schema.lock`, so that a derive reads only its own.

use std::collections::BTreeMap;
use std::ops::Range;

/// Where each table and enumeration is in a lock file, by one pass over its lines.
///
/// The file is written by this program alone, so its indentation says what a line is. A file that was indented differently
/// has no index.
#[derive(Clone, Debug)]
pub struct Index {
    text: String,
    tables: BTreeMap<String, Range<usize>>,
    enumerations: BTreeMap<String, Range<usize>>,
    last: Option<String>,
    head: Option<String>,
}

/// The version of the format; a test of the lock holds the two to each other.
const FORMAT: &str = "1";

/// Which part of the file a line is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Other,
    Migrations,
    Head,
    Schema,
    Tables,
    Enumerations,
}

impl Index {
    /// Reads a lock file's text; the error says what it is instead, and what to type.
    pub fn new(text: String) -> Result<Self, String> {
        let mut index = Self {
            text: String::new(),
            tables: BTreeMap::new(),
            enumerations: BTreeMap::new(),
            last: None,
            head: None,
        };
        let mut part = Part::Other;
        let mut open: Option<(String, usize)> = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let (start, end) = (at, at + line.len());
            at = end;
            let line = line.trim_ascii_end();
            let rest = line.trim_ascii_start();
            let depth = line.len() - rest.len();
            // Nearly every line of a large file lies deeper.
            if depth > 6 {
                continue;
            }
            if depth == 0 && rest.starts_with("<<<<<<< ") {
                return Err("a merge left both sides in schema.lock\n  help: cargo schema rebase".to_owned());
            }
            match (part, depth) {
                (_, 2) => {
                    part = match key(rest) {
                        Some("migrations") => Part::Migrations,
                        Some("head") => Part::Head,
                        Some("schema") => Part::Schema,
                        _ => Part::Other,
                    };
                }
                (Part::Migrations, 6) if key(rest) == Some("name") => index.last = text_value(rest).map(str::to_owned),
                (Part::Head, 4) if key(rest) == Some("name") => index.head = text_value(rest).map(str::to_owned),
                (Part::Schema | Part::Tables | Part::Enumerations, 4) => {
                    part = match key(rest) {
                        Some("tables") => Part::Tables,
                        Some("enumerations") => Part::Enumerations,
                        _ => Part::Schema,
                    };
                }
                (Part::Tables | Part::Enumerations, 6) => match (key(rest), open.take()) {
                    (Some(name), _) => open = Some((name.to_owned(), start + line.len() - 1)),
                    (None, Some((name, from))) if rest.starts_with('}') => {
                        let range = from..start + depth + 1;
                        let into = if part == Part::Tables { &mut index.tables } else { &mut index.enumerations };
                        into.insert(name, range);
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        if index.last.is_none() && !text.contains("\"version\": ") {
            return Err("schema.lock is not what `cargo schema` writes\n  help: cargo schema check".to_owned());
        }
        let version = text.lines().find_map(|line| line.strip_prefix("  \"version\": "));
        if let Some(version) = version.map(|version| version.trim_end_matches(',')).filter(|it| *it != FORMAT) {
            return Err(format!(
                "schema.lock is of version {version}, and this build of tablewright reads version {FORMAT}\n  help: \
                 cargo update -p tablewright"
            ));
        }
        index.text = text;
        Ok(index)
    }

    /// Whether the lock knows a table.
    #[must_use]
    pub fn has_table(&self, name: &str) -> bool {
        self.tables.contains_key(name)
    }

    /// The last migration; `None` where there is none, and so nothing to compare a model with.
    #[must_use]
    pub fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }

    pub(super) fn head(&self) -> Option<&str> {
        self.head.as_deref()
    }

    pub(super) fn table(&self, name: &str) -> Option<&str> {
        self.text.get(self.tables.get(name)?.clone())
    }

    pub(super) fn enumeration(&self, name: &str) -> Option<&str> {
        self.text.get(self.enumerations.get(name)?.clone())
    }
}

/// The key of `"key": …`. Names of tables have no character that JSON escapes.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = line.strip_prefix('"')?.split_once('"')?;
    rest.starts_with(": ").then_some(key)
}

fn text_value(line: &str) -> Option<&str> {
    let (_, value) = line.split_once(": \"")?;
    value.trim_end_matches(',').strip_suffix('"')
}
