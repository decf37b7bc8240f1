//! The comment that a migration file begins with: what it says, its one writer and its one reader.

use std::fmt;

use crate::plan::{GOES_ON, OFFLINE_RENAME, Phase, Policies, Start, WITH_PARTITIONS, blocks};

/// The widest line of a header.
const WIDTH: usize = 100;

/// What sqlx looks for at the very start of a file.
pub(super) const NO_TRANSACTION: &str = "-- no-transaction";

/// What a migration file says of itself. A file that is written by hand need not say anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Whether sqlx opens no transaction around the file.
    pub no_transaction: bool,
    /// What the file is.
    pub kind: Option<Kind>,
    /// What it does.
    pub what: Option<Sentence>,
    /// Why it is done.
    pub why: Option<Sentence>,
    /// When it may run.
    pub phase: Option<Phase>,
    /// How the new release starts when it has run, and not before.
    pub start: Option<Start>,
    /// The locks that it takes.
    pub locks: Option<Sentence>,
    /// How long it takes.
    pub takes: Option<Sentence>,
    /// The tables of which it must see every row.
    pub reads: Vec<String>,
    /// The tables in whose rows it changes values that were there.
    pub changes: Vec<String>,
    /// The tables that must have no rows: it refuses to run otherwise.
    pub refuses: Vec<String>,
    /// The tables at whose rows it looks before it locks anything.
    pub looks: Vec<String>,
    /// The tables whose policies apply to other roles after it.
    pub policies: Vec<(String, Policies)>,
    /// The columns that have another type after it, each with its table.
    pub retyped: Vec<(String, String)>,
    /// What was acknowledged.
    pub acknowledged: Vec<String>,
    /// What cannot be restored once it ran.
    pub loses: Option<Sentence>,
    /// Who wrote it.
    pub writer: Option<Writer>,
}

/// What a file is, the first word of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The way up.
    Up,
    /// The way down.
    Down,
    /// What a database had when it was imported, in either direction.
    Baseline,
}

impl Kind {
    const ALL: [Self; 3] = [Self::Up, Self::Down, Self::Baseline];

    fn word(self) -> &'static str {
        match self {
            Self::Up => "Up",
            Self::Down => "Down",
            Self::Baseline => "The baseline",
        }
    }
}

/// Who wrote a file, the last line of its header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writer {
    /// The planner.
    Migrate,
    /// The import.
    Import,
    /// A person.
    Person,
}

impl Writer {
    const ALL: [Self; 3] = [Self::Migrate, Self::Import, Self::Person];

    fn line(self) -> &'static str {
        match self {
            Self::Migrate => {
                "Written by `cargo schema migrate`; schema.lock holds its checksum, so it is never edited."
            }
            Self::Import => "Written by `cargo schema import`.",
            Self::Person => "Written by hand. `cargo schema seal` records it; from then on it never changes.",
        }
    }
}

/// A sentence on one line, with the mark that ends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence(String);

impl Sentence {
    /// Whatever the text holds, nothing of it can leave the comment: what follows a line break would run as SQL.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let words = text.split(char::is_whitespace).map(|word| word.chars().filter(|c| !c.is_control()).collect());
        let words: Vec<String> = words.filter(|word: &String| !word.is_empty()).collect();
        let mut text = words.join(" ");
        if !text.ends_with(ENDS) {
            text.push('.');
        }
        Self(text)
    }

    /// The text, with the mark that ends it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a sentence ends with.
const ENDS: [char; 4] = ['.', '!', '?', '…'];

const WHY: &str = "Why";
const PHASE: &str = "Phase";
const RELEASE: &str = "Release";
const LOCKS: &str = "Locks";
const TAKES: &str = "Takes";
const READS: &str = "Reads";
const CHANGES: &str = "Changes";
const REFUSES: &str = "Refuses";
const LOOKS: &str = "Looks";
const POLICIES: &str = "Policies";
const PREPARED: &str = "Prepared";
const ACKNOWLEDGED: &str = "Acknowledged";
const LOST: &str = "Lost";

const EVERY_ROW_OF: &str = "every row of ";
const VALUES_OF: &str = "values in the rows of ";
const WHILE_ROWS: &str = "to run while there are rows in ";
const AHEAD_AT: &str = "first at the rows of ";

const RETURNING: &str = "a statement of an open connection fails once where it returns ";

/// As comments, each line ended.
impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.no_transaction {
            writeln!(f, "{NO_TRANSACTION}")?;
        }
        let say = |f: &mut fmt::Formatter<'_>, key: &str, text: &Sentence| comment(f, &format!("{key}: {text}"));
        let list = |f: &mut fmt::Formatter<'_>, key: &str, before: &str, list: Vec<String>| match list.as_slice() {
            [] => Ok(()),
            list => say(f, key, &Sentence::new(&format!("{before}{}", list.join(", ")))),
        };
        if let Some((kind, what)) = self.kind.zip(self.what.as_ref()) {
            say(f, kind.word(), what)?;
        }
        let phase = self.phase.map(|phase| Sentence::new(phase.word()));
        let release = self.start.map(|start| Sentence::new(start.words()));
        let sentences =
            [(WHY, &self.why), (PHASE, &phase), (RELEASE, &release), (LOCKS, &self.locks), (TAKES, &self.takes)];
        for (key, text) in sentences {
            text.iter().try_for_each(|text| say(f, key, text))?;
        }
        list(f, READS, EVERY_ROW_OF, self.reads.iter().map(|table| spelled(table)).collect())?;
        list(f, CHANGES, VALUES_OF, self.changes.iter().map(|table| spelled(table)).collect())?;
        list(f, REFUSES, WHILE_ROWS, self.refuses.iter().map(|table| spelled(table)).collect())?;
        list(f, LOOKS, AHEAD_AT, self.looks.iter().map(|table| spelled(table)).collect())?;
        let policies = self.policies.iter().map(|(table, policies)| format!("{} {}", policies.word(), spelled(table)));
        list(f, POLICIES, "", policies.collect())?;
        let retyped = self.retyped.iter().map(|(table, column)| format!("{}.{}", spelled(table), spelled(column)));
        list(f, PREPARED, RETURNING, retyped.collect())?;
        list(f, ACKNOWLEDGED, "", self.acknowledged.iter().map(|words| listed(words)).collect())?;
        self.loses.iter().try_for_each(|text| say(f, LOST, text))?;
        self.writer.map_or(Ok(()), |writer| comment(f, writer.line()))
    }
}

/// A line as a comment, wrapped between words.
fn comment(f: &mut fmt::Formatter<'_>, line: &str) -> fmt::Result {
    let mut width = 0;
    for word in line.split(' ') {
        let length = word.chars().count() + 1;
        if width == 0 || width + length > WIDTH {
            f.write_str(if width == 0 { "--" } else { "\n--  " })?;
            width = 2;
        }
        write!(f, " {word}")?;
        width += length;
    }
    f.write_str("\n")
}

impl Header {
    /// What a file says of itself, before its first statement.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut header = Self { no_transaction: text.starts_with(NO_TRANSACTION), ..Self::default() };
        for line in lines(text) {
            header.take(&line);
        }
        header
    }

    /// Takes what a line says. The first of two lines about the same thing counts.
    fn take(&mut self, line: &str) {
        if let Some(writer) = Writer::ALL.into_iter().find(|writer| writer.line() == line) {
            self.writer.get_or_insert(writer);
            return;
        }
        let said = |key: &str| line.strip_prefix(key)?.strip_prefix(':').map(str::trim);
        if let Some((kind, text)) = Kind::ALL.into_iter().find_map(|kind| Some((kind, said(kind.word())?))) {
            self.kind.get_or_insert(kind);
            self.what.get_or_insert_with(|| Sentence::new(text));
        }
        let sentences =
            [(WHY, &mut self.why), (LOCKS, &mut self.locks), (TAKES, &mut self.takes), (LOST, &mut self.loses)];
        for (key, sentence) in sentences {
            if let Some(text) = said(key) {
                sentence.get_or_insert_with(|| Sentence::new(text));
            }
        }
        let list = |key: &str| said(key).map(|text| text.strip_suffix('.').unwrap_or(text));
        if let (None, Some(says)) = (self.start, said(RELEASE)) {
            self.start = Start::ALL.into_iter().find(|start| start.words() == says);
        }
        if let (None, Some(word)) = (self.phase, list(PHASE)) {
            self.phase = word.parse().ok();
        }
        for (key, before, tables) in [
            (READS, EVERY_ROW_OF, &mut self.reads),
            (CHANGES, VALUES_OF, &mut self.changes),
            (REFUSES, WHILE_ROWS, &mut self.refuses),
            (LOOKS, AHEAD_AT, &mut self.looks),
        ] {
            if let Some(names) = list(key).and_then(|text| text.strip_prefix(before)).filter(|_| tables.is_empty()) {
                *tables = listed_names(names);
            }
        }
        if let Some(each) = list(POLICIES).filter(|_| self.policies.is_empty()) {
            self.policies = each.split(", ").filter_map(policies).collect();
        }
        if let Some(columns) =
            list(PREPARED).and_then(|text| text.strip_prefix(RETURNING)).filter(|_| self.retyped.is_empty())
        {
            let column = |words: &str| {
                let (table, name) = words.split_once('.').map(|(table, name)| (read_back(table), read_back(name)))?;
                (!table.is_empty() && !name.is_empty()).then_some((table, name))
            };
            self.retyped = columns.split(", ").filter_map(column).collect();
        }
        if let Some(words) = list(ACKNOWLEDGED).filter(|_| self.acknowledged.is_empty()) {
            self.acknowledged = listed_names(words);
        }
    }

    /// Whether names belong to other things after it, at once.
    #[must_use]
    pub fn renames_offline(&self) -> bool {
        self.acknowledged.iter().any(|words| words == OFFLINE_RENAME)
    }

    /// Whether it continues where it stopped when it is run again, as a fill in batches does.
    #[must_use]
    pub fn restarts(&self) -> bool {
        self.takes.as_ref().is_some_and(|takes| takes.as_str().contains(GOES_ON))
    }

    /// Whether it locks a table with its partitions.
    #[must_use]
    pub fn locks_partitions(&self) -> bool {
        self.locks.as_ref().is_some_and(|locks| locks.as_str().contains(WITH_PARTITIONS))
    }

    /// Whether it was acknowledged that programs wait, or that none runs.
    #[must_use]
    pub fn may_block(&self) -> bool {
        self.acknowledged.iter().any(|words| blocks(words))
    }
}

/// The lines of a header, each with what is continued below it: `-- Word: text`, and `--   ` before what is continued.
fn lines(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let comments = text.lines().filter(|line| !line.trim().is_empty()).map_while(|line| line.strip_prefix("--"));
    for comment in comments {
        match (comment.strip_prefix("  "), lines.last_mut()) {
            (Some(more), Some(line)) => {
                line.push(' ');
                line.push_str(more.trim());
            }
            _ => lines.push(comment.trim().to_owned()),
        }
    }
    lines
}

fn policies(text: &str) -> Option<(String, Policies)> {
    Policies::ALL.into_iter().find_map(|policies| {
        let table = text.strip_prefix(policies.word())?.strip_prefix(' ')?;
        Some((read_back(table), policies)).filter(|(table, _)| !table.is_empty())
    })
}

/// The entries of a list. One that a person left empty is none.
fn listed_names(text: &str) -> Vec<String> {
    text.split(", ").map(read_back).filter(|name| !name.is_empty()).collect()
}

/// A name as one word, whatever it holds: a header is wrapped between words, and lists have commas.
fn spelled(name: &str) -> String {
    escaped(name, |c| c.is_alphanumeric() || c == '_')
}

/// An entry of a list, in its own words: what would end the entry or the list is escaped, and what a line cannot hold.
fn listed(words: &str) -> String {
    let one_space = words.split(' ').all(|word| !word.is_empty());
    let plain = |c: char| match c {
        ' ' => one_space,
        ',' | '%' => false,
        c => !c.is_whitespace() && !c.is_control(),
    };
    match words.char_indices().next_back() {
        Some((at, end)) if ENDS.contains(&end) => {
            format!("{}{}", escaped(&words[..at], plain), escaped(&words[at..], |_| false))
        }
        _ => escaped(words, plain),
    }
}

fn escaped(text: &str, plain: impl Fn(char) -> bool) -> String {
    let mut word = String::new();
    for c in text.chars() {
        if plain(c) {
            word.push(c);
        } else {
            let mut bytes = [0; 4];
            word.extend(c.encode_utf8(&mut bytes).bytes().map(|byte| format!("%{byte:02X}")));
        }
    }
    word
}

fn read_back(word: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = word;
    while let Some((plain, escaped)) = rest.split_once('%') {
        bytes.extend(plain.bytes());
        if let Some(byte) = escaped.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            bytes.push(byte);
            rest = &escaped[2..];
        } else {
            // Written by hand.
            bytes.push(b'%');
            rest = escaped;
        }
    }
    bytes.extend(rest.bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests;
