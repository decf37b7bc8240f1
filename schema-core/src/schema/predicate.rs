//! The rows that an index or a key covers.

use std::fmt;
use std::ops::Deref;

use super::SoftDelete;

/// The rows that an index, a unique key or an exclusion constraint covers, where it does not cover all: those that live, those
/// that meet a condition of its own, or both.
///
/// The two are distinguished where the text comes in, whether from a model, a lock or a database. Its SQL is that text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(from = "String", into = "String"))]
pub struct Predicate {
    text: String,
    live: Option<SoftDelete>,
    /// The bytes of the text that are its own condition; all of them where it does not ask for live rows.
    own: usize,
}

impl Predicate {
    /// The live rows, and of them those that meet a condition, which is an operand of AND. Nothing where that is all rows.
    #[must_use]
    pub fn new(own: Option<String>, live: Option<SoftDelete>) -> Option<Self> {
        match (own, live.map(SoftDelete::live_predicate)) {
            (None, None) => None,
            (Some(own), None) => Some(own.into()),
            (None, Some(live)) => Some(live.to_owned().into()),
            (Some(own), Some(live)) => Some(format!("{own}{AND}{live}").into()),
        }
    }

    /// How the rows are deleted that it leaves out.
    #[must_use]
    pub fn live(&self) -> Option<SoftDelete> {
        self.live
    }

    /// What it asks for next to a table's own way to leave deleted rows out.
    #[must_use]
    pub fn beside(&self, deleted: Option<SoftDelete>) -> Option<&str> {
        let own = if self.live.is_some() && self.live == deleted { &self.text[..self.own] } else { &self.text };
        (!own.is_empty()).then_some(own)
    }
}

const AND: &str = " AND ";

impl From<String> for Predicate {
    fn from(text: String) -> Self {
        let own = |style: SoftDelete| {
            let live = style.live_predicate();
            // A server puts each operand in parentheses.
            let before = text.strip_suffix(live).or_else(|| text.strip_suffix(&format!("({live})")))?;
            if before.is_empty() {
                return Some((style, 0));
            }
            before.strip_suffix(AND).filter(|own| !has_or(own)).map(|own| (style, own.len()))
        };
        let found = SoftDelete::ALL.into_iter().find_map(own);
        let (live, own) = found.map_or((None, text.len()), |(style, own)| (Some(style), own));
        Self { text, live, own }
    }
}

/// Whether AND binds stronger than what is there: an OR outside of parentheses and quotes.
fn has_or(text: &str) -> bool {
    let (mut depth, mut quote) = (0_i32, None);
    let mut word = String::new();
    for c in text.chars().chain([' ']) {
        match (quote, c) {
            (Some(end), c) if c == end => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            _ => {}
        }
        if quote.is_none() && (c.is_alphanumeric() || c == '_') {
            word.push(c);
        } else {
            if depth == 0 && word.eq_ignore_ascii_case("or") {
                return true;
            }
            word.clear();
        }
    }
    false
}

impl From<Predicate> for String {
    fn from(predicate: Predicate) -> Self {
        predicate.text
    }
}

/// The SQL.
impl Deref for Predicate {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn live_rows_are_a_property_wherever_the_text_comes_from() {
        let style = Some(SoftDelete::DeletedAt);
        for (text, live, beside) in [
            ("deleted_at IS NULL", style, None),
            ("(deleted_at IS NULL)", style, None),
            ("shipped_at IS NULL AND deleted_at IS NULL", style, Some("shipped_at IS NULL")),
            ("(a OR b) AND (deleted_at IS NULL)", style, Some("(a OR b)")),
            ("note = ' or ' AND deleted_at IS NULL", style, Some("note = ' or '")),
            ("NOT is_deleted", Some(SoftDelete::IsDeleted), Some("NOT is_deleted")),
            ("a OR b AND deleted_at IS NULL", None, Some("a OR b AND deleted_at IS NULL")),
            ("undeleted_at IS NULL", None, Some("undeleted_at IS NULL")),
            ("shipped_at IS NULL", None, Some("shipped_at IS NULL")),
        ] {
            let predicate = Predicate::from(text.to_owned());
            assert_eq!((predicate.live(), predicate.beside(style)), (live, beside), "{text}");
            assert_eq!(predicate.beside(None), Some(text));
            assert_eq!(&*predicate, text);
        }
    }

    #[test]
    fn a_predicate_is_made_of_its_two_parts() {
        let made = |own: Option<&str>, live| Predicate::new(own.map(str::to_owned), live).map(String::from);
        let style = Some(SoftDelete::IsDeleted);
        assert_eq!(made(None, None), None);
        assert_eq!(made(Some("a"), None).as_deref(), Some("a"));
        assert_eq!(made(None, style).as_deref(), Some("NOT is_deleted"));
        assert_eq!(made(Some("a"), style).as_deref(), Some("a AND NOT is_deleted"));
    }
}
