//! One SQL type as a person writes it: a name, its modifiers, and whether it is an array of them.
//!
//! <https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/parser/gram.y>, `Typename`. Whether there is a type of
//! that name is known to the server alone: an extension or the user's own SQL may make it.

mod known;

use squawk_lexer::{LiteralKind, TokenKind, tokenize};

use super::{Fragment, Problem};
use crate::schema::MAX_IDENTIFIER_BYTES;
use known::{FIELDS, MODIFIED, NO_TYPE, PLAIN, PSEUDO};

/// The text of one type, and of nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeName {
    /// The text, trimmed.
    pub text: String,
}

/// A token that is no space, with its place.
#[derive(Clone, Copy)]
struct Token<'a> {
    kind: TokenKind,
    text: &'a str,
    at: usize,
}

impl Token<'_> {
    fn is(&self, word: &str) -> bool {
        self.kind == TokenKind::Ident && self.text.eq_ignore_ascii_case(word)
    }

    fn is_name(&self) -> bool {
        matches!(self.kind, TokenKind::Ident | TokenKind::QuotedIdent { terminated: true, uescape: false })
    }
}

/// What was read of the tokens.
struct Reader<'a> {
    tokens: Vec<Token<'a>>,
    next: usize,
    end: usize,
}

impl TypeName {
    /// Parses exactly one type.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let mut reader = Reader { tokens: tokens(text)?, next: 0, end: text.len() };
        let array = reader.type_name()?;
        reader.array(array)?;
        match reader.peek() {
            None => Ok(Self { text: text.to_owned() }),
            Some(_) => Err(reader.wrong("one type is all that is here")),
        }
    }
}

/// The tokens of a text that is short enough to be a type.
fn tokens(text: &str) -> Result<Vec<Token<'_>>, Problem> {
    if let Some(at) = text.find('\0') {
        return Err(Problem::new("a NUL character", at));
    }
    if text.len() > MOST_BYTES {
        return Err(Problem::new("this is longer than any type", text.floor_char_boundary(MOST_BYTES)));
    }
    let mut found = Vec::new();
    let mut at = 0;
    for token in tokenize(text) {
        let source = &text[at..at + token.len as usize];
        match token.kind {
            TokenKind::Whitespace => {}
            TokenKind::LineComment | TokenKind::BlockComment { .. } => {
                return Err(Problem::new("a comment does not belong in a model's SQL", at));
            }
            kind => found.push(Token { kind, text: source, at }),
        }
        at += source.len();
    }
    Ok(found)
}

/// The longest type: three quoted names and their modifiers.
const MOST_BYTES: usize = 1_024;

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<Token<'a>> {
        self.tokens.get(self.next).copied()
    }

    /// What is wrong at the next token.
    fn wrong(&self, message: &str) -> Problem {
        match self.peek() {
            Some(token) => Problem::new(format!("{message}, not `{}`", token.text), token.at),
            None => Problem::new(message, self.end),
        }
    }

    fn takes(&mut self, kind: TokenKind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == kind);
        self.next += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|token| token.is(word));
        self.next += usize::from(found);
        found
    }

    /// A type but for its array; whether it can be the element of one.
    fn type_name(&mut self) -> Result<bool, Problem> {
        let start = self.next;
        let Some(first) = self.peek().filter(Token::is_name) else {
            return Err(self.wrong("a type starts with its name"));
        };
        if let Some(words) = self.words() {
            self.modifiers(&words, first.at)?;
            self.zone(&words)?;
            return Ok(true);
        }
        let mut parts: Vec<Token<'_>> = Vec::new();
        loop {
            let Some(part) = self.peek().filter(Token::is_name) else { return Err(self.wrong("a name is missing")) };
            let name = unquoted(part.text);
            if name.is_empty() || name.len() > MAX_IDENTIFIER_BYTES {
                let message = format!("a name has 1 to {MAX_IDENTIFIER_BYTES} bytes, this has {}", name.len());
                return Err(Problem::new(message, part.at));
            }
            self.next += 1;
            parts.push(part);
            if !self.takes(TokenKind::Dot) {
                break;
            }
        }
        if let Some(third) = parts.get(3) {
            return Err(Problem::new("a type has a schema and a name, no more", third.at));
        }
        let is_builtin = parts.len() == 1 || parts.len() == 2 && unquoted(parts[0].text) == "pg_catalog";
        let last = parts[parts.len() - 1];
        let name = if last.kind == TokenKind::Ident { last.text.to_lowercase() } else { unquoted(last.text) };
        if parts.len() == 1 && last.kind == TokenKind::Ident && is_no_type(&name) {
            self.next = start;
            return Err(self.wrong("a type is a name that is no keyword"));
        }
        if is_builtin && PSEUDO.contains(&name.as_str()) {
            return Err(Problem::new(format!("`{name}` is a type of functions: no column has it"), last.at));
        }
        let known = if is_builtin { name.as_str() } else { "" };
        // In quotes it is another type, of one byte.
        let is_byte = last.kind != TokenKind::Ident && known == "char";
        self.modifiers(if is_byte { "text" } else { known }, last.at)?;
        if last.kind == TokenKind::Ident && parts.len() == 1 {
            self.zone(known)?;
        }
        Ok(!known.contains("serial"))
    }

    /// A built-in name of several words, and the fields of an interval.
    fn words(&mut self) -> Option<String> {
        let rest = &self.tokens[self.next..];
        for name in MODIFIED.iter().flat_map(|it| it.names).chain(PLAIN).filter(|name| name.contains(' ')) {
            let words: Vec<&str> = name.split(' ').collect();
            let longer = rest.get(words.len()).is_some_and(|token| token.is("varying"));
            if rest.len() >= words.len() && words.iter().zip(rest).all(|(word, token)| token.is(word)) && !longer {
                self.next += words.len();
                return Some((*name).to_owned());
            }
        }
        if rest.len() > 1 && rest[0].is("interval") {
            let (from, to) = FIELDS.iter().find(|(field, _)| rest[1].is(field))?;
            self.next += 2;
            let mut last = *from;
            let is_range = rest.get(2).is_some_and(|token| token.is("to"));
            if let Some(to) = to.iter().find(|to| is_range && rest.get(3).is_some_and(|token| token.is(to))) {
                last = to;
                self.next += 2;
            }
            return Some(if last == "second" { "interval" } else { "text" }.to_owned());
        }
        None
    }

    /// The modifiers of a type of that name, which is empty where it is not built in.
    fn modifiers(&mut self, name: &str, at: usize) -> Result<(), Problem> {
        if !self.takes(TokenKind::OpenParen) {
            return Ok(());
        }
        let mut given = 0;
        let known = MODIFIED.iter().find(|modified| modified.names.contains(&name));
        loop {
            let position = self.peek().map_or(self.end, |token| token.at);
            let number = self.modifier()?;
            if let Some(known) = known {
                let Some((least, most)) = known.numbers.get(given) else {
                    return Err(Problem::new(format!("`{name}` takes fewer numbers"), position));
                };
                if number.is_none_or(|number| !(*least..=*most).contains(&number)) {
                    return Err(Problem::new(format!("`{name}` takes a number from {least} to {most} here"), position));
                }
            }
            given += 1;
            if self.takes(TokenKind::CloseParen) {
                break;
            }
            if !self.takes(TokenKind::Comma) {
                return Err(self.wrong("modifiers are values with commas between"));
            }
        }
        if known.is_none() && PLAIN.contains(&name) {
            return Err(Problem::new(format!("`{name}` takes nothing in parentheses"), at));
        }
        Ok(())
    }

    /// One modifier; its value where it is a whole number.
    fn modifier(&mut self) -> Result<Option<i64>, Problem> {
        let minus = self.takes(TokenKind::Minus);
        let Some(token) = self.peek() else { return Err(self.wrong("a modifier is missing")) };
        let is_value = match token.kind {
            TokenKind::Literal { kind: LiteralKind::Int { trailing_junk_start, .. } } => {
                trailing_junk_start as usize >= token.text.len()
            }
            TokenKind::Ident => !minus && !is_no_type(&token.text.to_lowercase()),
            _ => false,
        };
        if !is_value {
            return Err(self.wrong("a modifier is a number or a word"));
        }
        self.next += 1;
        Ok(token.text.parse().ok().map(|number: i64| if minus { -number } else { number }))
    }

    /// `with time zone`
    fn zone(&mut self, name: &str) -> Result<(), Problem> {
        let zoned = MODIFIED.iter().any(|modified| modified.zones && modified.names.contains(&name));
        if !zoned || !(self.takes_word("with") || self.takes_word("without")) {
            return Ok(());
        }
        if self.takes_word("time") && self.takes_word("zone") {
            return Ok(());
        }
        Err(self.wrong("`time zone` comes after `with` and `without`"))
    }

    /// `[]`, `[3]`, `ARRAY`, `ARRAY[3]`
    fn array(&mut self, is_element: bool) -> Result<(), Problem> {
        let (start, is_word) = (self.next, self.takes_word("array"));
        let mut dimensions = 0;
        while self.takes(TokenKind::OpenBracket) {
            if self.peek().is_some_and(|token| token.text.bytes().all(|byte| byte.is_ascii_digit()))
                && self.peek().is_some_and(|token| token.text.parse::<i32>().is_ok())
            {
                self.next += 1;
            } else if is_word {
                return Err(self.wrong("ARRAY[…] contains its length"));
            }
            if !self.takes(TokenKind::CloseBracket) {
                return Err(self.wrong("an array is `[]`"));
            }
            dimensions += 1;
            if is_word {
                break;
            }
        }
        if dimensions > MOST_DIMENSIONS || !is_element && self.next > start {
            self.next = start;
            let message = if is_element { "an array has 6 dimensions at most" } else { "there is no array of these" };
            return Err(self.wrong(message));
        }
        Ok(())
    }
}

/// <https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/utils/array.h>, `MAXDIM`.
const MOST_DIMENSIONS: usize = 6;

/// A name without its quotes.
fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\""),
        None => text.to_owned(),
    }
}

/// Whether a word is a keyword that names no type.
fn is_no_type(word: &str) -> bool {
    // The keywords that the parser reserves are no columns either.
    NO_TYPE.contains(&word) || Fragment::parse(word).map_or(true, |name| name.references().columns.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_type_is_taken() {
        for text in [
            "TEXT",
            "varchar(20)",
            "character varying ( 20 )",
            "Numeric(12, 2)",
            "numeric(5,-2)",
            "double precision",
            "timestamp (3) with time zone",
            "time without time zone",
            "interval",
            "interval(3)",
            "interval year to month",
            "interval second(3)",
            "national character varying(3)",
            "bit varying(8)",
            "text[]",
            "int4[3][2]",
            "int ARRAY",
            "int array[4]",
            "vector(384)",
            "geography(Point, 4326)",
            "order_status",
            "app.\"Order status\"",
            "pg_catalog.int4",
            "\"char\"",
            "db.app.kind",
            "CITEXT",
            "serial",
            "tstzrange",
            "ä",
            "nchar(3)",
        ] {
            assert_eq!(TypeName::parse(text).map(|it| it.text), Ok(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_one_type_is_refused_at_its_place() {
        for (text, at) in [
            ("", 0),
            (" ", 0),
            ("nextval('s')", 8),
            ("TSTZRANGE OR X'1F'", 10),
            ("text; DROP TABLE x", 4),
            ("text NOT NULL", 5),
            ("text DEFAULT 'a'", 5),
            ("text, b text", 4),
            ("text)", 4),
            ("text -- x", 5),
            ("text /* x */", 5),
            ("$1", 0),
            ("it's", 2),
            ("\"open", 0),
            ("\"\"", 0),
            ("text\0", 4),
            ("select", 0),
            ("between", 0),
            ("varchar(0)", 8),
            ("varchar(20", 10),
            ("varchar(1, 2)", 11),
            ("varchar(x)", 8),
            ("numeric(1001)", 8),
            ("text(3)", 0),
            ("text[", 5),
            ("text[x]", 5),
            ("text[1", 6),
            ("a.b.c.d", 6),
            ("a.", 2),
            ("timestamp with", 14),
            ("timestamp with time", 19),
            ("date with time zone", 5),
            ("record", 0),
            ("trigger[]", 0),
            ("serial[]", 6),
            ("int array[]", 10),
            ("int[][][][][][][]", 3),
            ("setof text", 0),
            ("text COLLATE \"C\"", 5),
            ("interval year to day", 14),
            ("interval year(3)", 0),
            ("U&\"a\"", 0),
            ("numeric(1e3)", 8),
            ("numeric(12 2)", 11),
            ("text text", 5),
        ] {
            let problem = TypeName::parse(text).unwrap_err();
            assert_eq!(problem.at, at, "{text}: {problem}");
        }
        assert!(TypeName::parse(&"a".repeat(64)).is_err());
        assert!(TypeName::parse(&"(".repeat(100_000)).is_err());
        assert!(TypeName::parse(&format!("text{}", "[]".repeat(100_000))).is_err());
    }
}
