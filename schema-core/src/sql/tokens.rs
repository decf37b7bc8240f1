//! The words, names, strings and signs of SQL that a person wrote.

use std::ops::Range;

use squawk_lexer::{LiteralKind, TokenKind, tokenize};

/// One of them, with its place in the text.
#[derive(Clone, Debug)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) at: Range<usize>,
    pub(super) kind: Kind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Not quoted: a keyword or a name.
    Word,
    /// A quoted name.
    Quoted,
    /// A string.
    Text,
    Sign,
}

impl Token<'_> {
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }

    pub(super) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(word))
    }
}

/// The tokens of a text, without spaces and comments.
pub(super) fn tokens(sql: &str) -> Vec<Token<'_>> {
    let mut end = 0;
    let mut found = Vec::new();
    for token in tokenize(sql) {
        let at = end..end + token.len as usize;
        end = at.end;
        let kind = match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => continue,
            TokenKind::Ident => Kind::Word,
            TokenKind::QuotedIdent { .. } => Kind::Quoted,
            TokenKind::Literal { kind: LiteralKind::Str { .. } | LiteralKind::DollarQuotedString { .. } } => Kind::Text,
            _ => Kind::Sign,
        };
        found.push(Token { text: &sql[at.clone()], at, kind });
    }
    found
}
