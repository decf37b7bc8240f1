//! What a file's header says of the rows that it reads and of the policies that it changes, for the runner.

use super::header::{field, sentence};
use crate::plan::{Policies, Script};

const READS: &str = "Reads";
const POLICIES: &str = "Policies";

/// What a file does that row-level security matters to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowSecurity {
    /// The tables of which it must see every row.
    pub reads: Vec<String>,
    /// The tables whose policies hold for others behind it.
    pub policies: Vec<(String, Policies)>,
}

impl Policies {
    const ALL: [Self; 3] = [Self::Forced, Self::Lifted, Self::Gone];

    /// The word of the header.
    fn word(self) -> &'static str {
        match self {
            Self::Forced => "forced on",
            Self::Lifted => "lifted for the owner of",
            Self::Gone => "gone from",
        }
    }
}

/// The lines of a header.
pub(super) fn lines(script: &Script) -> Vec<String> {
    let mut lines = Vec::new();
    if !script.reads.is_empty() {
        let tables: Vec<String> = script.reads.iter().map(|table| spelled(table)).collect();
        lines.push(sentence(READS, &format!("every row of {}", tables.join(", "))));
    }
    if !script.policies.is_empty() {
        let each = script.policies.iter().map(|(table, policies)| format!("{} {}", policies.word(), spelled(table)));
        lines.push(sentence(POLICIES, &each.collect::<Vec<_>>().join(", ")));
    }
    lines
}

/// What a file's header says; one that is written by hand need not say anything.
#[must_use]
pub fn row_security(text: &str) -> RowSecurity {
    let list = |word: &str| field(text, word).unwrap_or_default().trim_end_matches('.').to_owned();
    let reads = list(READS);
    let reads = reads.strip_prefix("every row of ").into_iter().flat_map(|names| names.split(", ")).map(read_back);
    let policies = list(POLICIES);
    let policies = policies.split(", ").filter_map(|one| {
        Policies::ALL.into_iter().find_map(|policies| {
            let table = one.strip_prefix(policies.word())?.strip_prefix(' ')?;
            Some((read_back(table), policies))
        })
    });
    RowSecurity { reads: reads.collect(), policies: policies.collect() }
}

/// A name as one word, whatever it holds: a header is wrapped between words, and lists have commas.
fn spelled(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() || c == '_' {
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
mod tests {
    use super::*;
    use crate::migrations::header::comment;

    #[test]
    fn names_of_every_kind_are_read_back() {
        let long = "a_table_with_a_name_that_is_nearly_as_long_as_the_server_takes";
        let names =
            ["orders", "Odd name", "a  b", "a, b", "a.", "100%", "%41", "a\"b", "a\nb", "日本", "forced on x", long];
        let mut script = Script::quick("", "", Vec::new());
        for name in names {
            script = script.reads(name);
            for policies in Policies::ALL {
                script = script.policies(name, policies);
            }
        }
        let text = format!("-- no-transaction\n{}SELECT 1;\n", comment(&lines(&script)));
        let found = row_security(&text);
        assert_eq!(found.reads, names);
        assert_eq!(found.policies, script.policies);
    }

    #[test]
    fn a_header_need_not_say_anything() {
        assert_eq!(row_security("-- Reads: the manual.\n-- Policies: see there.\nSELECT 1;\n"), RowSecurity::default());
        assert_eq!(row_security("SELECT 1;\n-- Reads: every row of orders.\n"), RowSecurity::default());
    }
}
