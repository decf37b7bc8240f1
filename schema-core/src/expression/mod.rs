//! Fragments of SQL that a model holds: conditions, defaults, indexed expressions. Parsed by the PostgreSQL grammar, so
//! that a mistake is seen while the model is typed, and walked for the columns that they name.

mod block;
mod check;
mod depth;
mod evaluate;
mod tree;
mod type_name;
mod types;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use squawk_lexer::TokenKind;
use squawk_parser::SyntaxKind::{
    self, ALL_KW, ANY_FN, ANY_KW, ARRAY_EXPR, BIN_EXPR, CALL_EXPR, CAST_EXPR, COMPOUND_SELECT, DOCUMENT_KW, FIELD_EXPR,
    IS_KW, IS_NOT, LITERAL, NAME_REF, OR_KW, PAREN_EXPR, PAREN_SELECT, PREFIX_EXPR, SELECT, SOME_KW, TABLE, UNKNOWN_KW,
    VALUES,
};
use squawk_parser::is_reserved_keyword;

use tree::Node;

pub use block::block_problem;
pub use depth::file_too_deep;
pub use evaluate::{Hint, Scalar};
pub use type_name::TypeName;
pub use types::{Conjunct, Constant, Examined, Fact, Finding, Type, Volatility, Wanted};

/// One SQL expression.
#[derive(Clone, Debug)]
pub struct Fragment {
    /// Its text, trimmed.
    pub text: String,
    root: Arc<Node>,
    references: Arc<References>,
}

thread_local! {
    /// What was parsed before: a model's SQL is requested many times, and many models hold the same.
    static PARSED: RefCell<BTreeMap<String, Result<Fragment, Problem>>> = RefCell::default();
}

/// How much is kept; a compiler's server runs for days.
const MOST_PARSED: usize = 1_024;

/// How much of a line is shown on each side of a mistake.
const WIDTH: usize = 60;

/// Why a text is no SQL expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    message: String,
    at: usize,
    is_parameter: bool,
}

/// What an expression names, each with its bytes in the text.
#[derive(Debug, Default)]
pub struct References {
    /// Columns, as they are spelled.
    pub columns: Vec<(String, Range<usize>)>,
    /// Functions, as they are spelled.
    pub calls: Vec<(String, Range<usize>)>,
    /// Literals, as they are spelled.
    pub literals: Vec<(String, Range<usize>)>,
    /// Values that are a word: `current_timestamp`.
    pub keywords: Vec<(String, Range<usize>)>,
}

impl Problem {
    fn new(message: impl Into<String>, at: usize) -> Self {
        Self { message: message.into(), at, is_parameter: false }
    }

    /// A parameter, where no caller gives values.
    fn parameter(at: usize) -> Self {
        Self { message: "a parameter has no value here".to_owned(), at, is_parameter: true }
    }

    /// Whether it is that the text has a parameter.
    #[must_use]
    pub fn is_parameter(&self) -> bool {
        self.is_parameter
    }

    /// The text with a mark below the byte where the mistake is.
    #[must_use]
    pub fn pointer(&self, text: &str) -> String {
        let text = text.trim();
        let before = text.get(..self.at).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text[line_start..].lines().next().unwrap_or("");
        let at = before.len() - line_start;
        // Of a long line, what is around the mistake.
        let start = if at > WIDTH { line.floor_char_boundary(at - WIDTH) } else { 0 };
        let end = line.floor_char_boundary(at.saturating_add(WIDTH).min(line.len()));
        let (cut, cut_off) = (if start > 0 { "…" } else { "" }, if end < line.len() { "…" } else { "" });
        let spaces = " ".repeat(cut.chars().count() + line.get(start..at).unwrap_or("").chars().count());
        format!("{cut}{}{cut_off}\n{spaces}^ {}", &line[start..end], self.message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Fragment {
    /// Parses exactly one expression.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        if let Some(known) = PARSED.with_borrow(|parsed| parsed.get(text).cloned()) {
            return known;
        }
        let result = Self::parse_uncached(text);
        PARSED.with_borrow_mut(|parsed| {
            if parsed.len() >= MOST_PARSED {
                parsed.clear();
            }
            parsed.insert(text.to_owned(), result.clone());
        });
        result
    }

    /// Parses a list of expressions with commas between, at least one.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, Problem> {
        let mut found = Vec::new();
        let (mut start, mut at, mut depth) = (0, 0, 0_usize);
        for token in squawk_lexer::tokenize(text) {
            match token.kind {
                TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
                TokenKind::CloseParen | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
                TokenKind::Comma if depth == 0 => {
                    found.push(Self::parse(&text[start..at])?);
                    start = at + token.len as usize;
                }
                _ => {}
            }
            at += token.len as usize;
        }
        found.push(Self::parse(&text[start..])?);
        Ok(found)
    }

    /// Whether it is that word alone.
    #[must_use]
    pub fn is_word(&self, word: &str) -> bool {
        self.root.kind == NAME_REF && self.text.eq_ignore_ascii_case(word)
    }

    fn parse_uncached(text: &str) -> Result<Self, Problem> {
        let root = tree::parse(text)?;
        check::check(&root, text)?;
        let mut references = References::default();
        references.collect(&root, text);
        Ok(Self { text: text.to_owned(), root: Arc::new(root), references: Arc::new(references) })
    }

    /// What the expression names.
    #[must_use]
    pub fn references(&self) -> &References {
        &self.references
    }

    /// The columns that the expression names, each once, in the order in which they first appear.
    #[must_use]
    pub fn column_names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (spelled, _) in &self.references.columns {
            let name = folded(spelled);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The columns that it names outside of the queries in it, as they are spelled: those of the row that it is about.
    #[must_use]
    pub fn columns_of_row(&self) -> Vec<&str> {
        fn queries(node: &Node, found: &mut Vec<Range<usize>>) {
            if QUERIES.contains(&node.kind) {
                return found.push(node.span());
            }
            node.nodes().for_each(|part| queries(part, found));
        }
        let mut within = Vec::new();
        queries(&self.root, &mut within);
        let is_outside = |at: &Range<usize>| !within.iter().any(|query| query.contains(&at.start));
        let columns = self.references.columns.iter();
        columns.filter(|(_, at)| is_outside(at)).map(|(spelled, _)| spelled.as_str()).collect()
    }

    /// The functions and columns, in the order in which they appear: what the name of an index is made of.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        let References { columns, calls, .. } = self.references();
        let mut named: Vec<_> = columns.iter().chain(calls).collect();
        named.sort_by_key(|(_, range)| range.start);
        named.iter().map(|(spelled, _)| folded(spelled)).collect()
    }

    /// Whether it is one call of a function and nothing more.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.root.kind == CALL_EXPR && self.root.nodes().next().is_some_and(|name| name.kind == NAME_REF)
    }

    /// Whether it is in parentheses as a whole.
    #[must_use]
    pub fn is_enclosed(&self) -> bool {
        self.root.kind == PAREN_EXPR
    }

    /// Whether it comes after DEFAULT without parentheses.
    #[must_use]
    pub fn is_simple(&self) -> bool {
        matches!(self.root.kind, LITERAL | CALL_EXPR | NAME_REF | CAST_EXPR | PAREN_EXPR | PREFIX_EXPR)
    }

    /// Whether it is `column IN ('a', 'b')` over texts: a list of the values that the column takes.
    #[must_use]
    pub fn lists_values_of(&self, column: &str) -> bool {
        let Some((left, operator, right)) = self.root.binary(&self.text) else { return false };
        let text = |node: &Node| node.kind == LITERAL && self.text[node.span()].ends_with('\'');
        let items = |node: &Node| node.nodes().count() > 0 && node.nodes().all(text);
        let listed = match operator.as_str() {
            "IN" => items(right),
            "=" if right.kind == CALL_EXPR => right.nodes().last().is_some_and(|list| {
                list.kind == ANY_FN && list.nodes().any(|array| array.kind == ARRAY_EXPR && items(array))
            }),
            _ => false,
        };
        listed && left.kind == NAME_REF && folded(&self.text[left.span()]) == column
    }

    /// The keys that it reads from documents: `user_id` of `payload->>'user_id'`.
    #[must_use]
    pub fn document_keys(&self) -> Vec<String> {
        fn collect(node: &Node, sql: &str, keys: &mut Vec<String>) {
            if let Some((_, operator, right)) = node.binary(sql)
                && matches!(operator.as_str(), "->" | "->>")
                && right.kind == LITERAL
            {
                keys.push(sql[right.span()].trim_matches('\'').to_owned());
            }
            node.nodes().for_each(|part| collect(part, sql, keys));
        }
        let mut keys = Vec::new();
        collect(&self.root, &self.text, &mut keys);
        keys
    }

    fn binds_weaker_than_and(&self) -> bool {
        self.root.kind == BIN_EXPR && self.root.tokens().any(|(kind, _)| kind == OR_KW)
    }
}

/// The text as an operand of AND: in parentheses where it binds weaker.
#[must_use]
pub fn operand_of_and(text: &str) -> String {
    match Fragment::parse(text) {
        Ok(fragment) if fragment.binds_weaker_than_and() => format!("({text})"),
        _ => text.to_owned(),
    }
}

/// An identifier as the server reads it: the last part, lower case unless it is quoted.
#[must_use]
pub fn folded(spelled: &str) -> String {
    match spelled.strip_suffix('"') {
        Some(quoted) => {
            let start = quoted.find('"').map_or(0, |quote| quote + 1);
            quoted[start..].replace("\"\"", "\"")
        }
        None => spelled.rsplit('.').next().unwrap_or(spelled).trim().to_lowercase(),
    }
}

/// The table that a spelled name says the column is of: `orders` of `orders.total`.
#[must_use]
pub fn qualifier(spelled: &str) -> Option<String> {
    let (before, _) = spelled.rsplit_once('.')?;
    Some(folded(before.trim()))
}

impl References {
    fn collect(&mut self, node: &Node, sql: &str) {
        let span = node.span();
        let spelled = || (sql[span.clone()].to_owned(), span.clone());
        match node.kind {
            NAME_REF if node.first_token().is_some_and(is_reserved_keyword) => return self.keywords.push(spelled()),
            NAME_REF => return self.columns.push(spelled()),
            FIELD_EXPR if node.nodes().all(|part| matches!(part.kind, NAME_REF | FIELD_EXPR)) => {
                return self.columns.push(spelled());
            }
            // UNKNOWN and DOCUMENT arrive as names, and are none here.
            BIN_EXPR if is_test(node) => {
                let word = |part: &&Node| {
                    part.kind == NAME_REF && matches!(part.first_token(), Some(UNKNOWN_KW | DOCUMENT_KW))
                };
                return node.nodes().filter(|part| !word(part)).for_each(|part| self.collect(part, sql));
            }
            LITERAL => return self.literals.push(spelled()),
            CALL_EXPR => {
                let Some(function) = node.nodes().next() else { return };
                if matches!(function.kind, NAME_REF | FIELD_EXPR) {
                    let span = function.span();
                    self.calls.push((sql[span.clone()].to_owned(), span));
                    return node.nodes().skip(1).for_each(|part| self.collect(part, sql));
                }
                // EXTRACT and its like are nodes of their own, named by their first token.
                if let Some((kind, span)) = function.tokens().next()
                    && !matches!(kind, ANY_KW | ALL_KW | SOME_KW)
                {
                    self.calls.push((sql[span.clone()].to_owned(), span));
                }
            }
            _ => {}
        }
        node.nodes().for_each(|part| self.collect(part, sql));
    }
}

/// Whether a node is `… IS …`.
fn is_test(node: &Node) -> bool {
    node.tokens().any(|(kind, _)| kind == IS_KW) || node.nodes().any(|part| part.kind == IS_NOT)
}

/// The nodes of a whole query, which is not an expression by itself.
const QUERIES: [SyntaxKind; 5] = [SELECT, VALUES, TABLE, COMPOUND_SELECT, PAREN_SELECT];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_with_their_places() {
        let text =
            "t.price >= 0 AND lower(email) <> 'a' OR extract(year from created_at) > 2000 AND d < current_timestamp";
        let fragment = Fragment::parse(text).unwrap();
        assert_eq!(fragment.column_names(), ["price", "email", "created_at", "d"]);
        assert_eq!(fragment.words()[..3], ["price", "lower", "email"]);
        assert_eq!(fragment.references().literals[1], ("'a'".to_owned(), 33..36));
        assert_eq!(fragment.references().keywords[0].0, "current_timestamp");
        assert_eq!(folded("t.\"Q c\""), "Q c");
    }

    #[test]
    fn only_an_or_wants_parentheses_before_and() {
        assert_eq!(operand_of_and("a OR b"), "(a OR b)");
        assert_eq!(operand_of_and("a AND b"), "a AND b");
        assert_eq!(operand_of_and("f(a OR b)"), "f(a OR b)");
    }

    #[test]
    fn a_mistake_is_pointed_at() {
        let problem = Fragment::parse("price >= AND x").unwrap_err();
        assert_eq!(problem.pointer("price >= AND x").lines().nth(1).unwrap().find('^'), Some(9), "{problem:?}");
    }

    #[test]
    fn of_a_long_line_what_is_around_the_mistake_is_shown() {
        let text = format!("{} AND ä >= AND {}", "é = 1 OR ".repeat(9), "b OR ".repeat(20));
        let shown = Fragment::parse(&text).unwrap_err().pointer(&text);
        let (line, mark) = shown.split_once('\n').unwrap();
        assert!(line.starts_with('…') && line.ends_with('…') && line.chars().count() < 130, "{shown}");
        let at = mark.chars().position(|c| c == '^').unwrap();
        assert!(line.chars().skip(at).collect::<String>().starts_with("AND"), "{shown}");
    }

    #[test]
    fn what_postgres_refuses_is_refused() {
        for text in [
            "",
            " ",
            "price >=",
            "a = = b",
            "a; drop table x",
            "'open",
            "(a",
            "a)",
            "a b c",
            "IN (1,2)",
            "a IN ()",
            "a IN 1",
            "now(",
            "a BETWEEN 1",
            "CASE a END",
            "a::",
            "a[1",
            "$1",
            "?",
            "a := 1",
            "1 = 1) OR (1=1",
            "a /* open",
            "a -- note",
            "a /* note */",
            "select",
            "select 1",
            "a < b < c",
            "a IS 5",
            "user.x",
            "a = DEFAULT",
            "DEFAULT",
            ":a",
            "[1]",
            "any (a)",
            "a AND",
            "a LIKE",
            "a, b",
            "\u{0}",
            "\"\"",
        ] {
            assert!(Fragment::parse(text).is_err(), "{text:?} was accepted");
        }
    }

    #[test]
    fn what_postgres_takes_is_taken() {
        for text in [
            "price >= 0",
            "shipped_at IS NULL",
            "status IN ('a','b')",
            "'{}'::jsonb",
            "a IS DISTINCT FROM b",
            "x BETWEEN 1 AND 10",
            "data->>'k' = 'v'",
            "data @> '{\"a\":1}'",
            "tags && ARRAY['a']",
            "num_nonnulls(a,b) = 1",
            "email ~* '^[^@]+@[^@]+$'",
            "interval '1 day' + created_at",
            "CASE WHEN y THEN b ELSE c END",
            "(a, b) < (1, 2)",
            "a::text COLLATE \"C\"",
            "x = ANY (ARRAY[1,2])",
            "created_at AT TIME ZONE 'UTC'",
            "E'\\n'",
            "$$abc$$",
            "1e3",
            "\"Quoted Col\" = 1",
            "a = -1",
            "NOT a",
            "a IS NOT UNKNOWN",
            "EXISTS (SELECT 1)",
            "current_timestamp(3)",
        ] {
            assert!(Fragment::parse(text).is_ok(), "{text:?}: {:?}", Fragment::parse(text));
        }
    }
}
