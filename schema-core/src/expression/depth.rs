//! How deep an expression nests, known from its tokens alone: the parser and whatever walks its tree recurse.

use squawk_lexer::{TokenKind, tokenize};

/// The most levels of an expression. What walks it fits a thread of 2 MiB, unoptimised; the server's own limit is some
/// thousands of levels.
pub(super) const MOST_DEPTH: usize = 256;

/// The longest expression.
pub(super) const MOST_BYTES: usize = 64 * 1024;

/// A level of brackets, or of CASE.
struct Level {
    /// The depth at which it was opened.
    base: usize,
    /// The operators and keywords that nest what is behind them, since the last comma.
    operators: usize,
    /// The ANDs and ORs since the last comma: they bind weaker than all other operators, whose depth ends there.
    connectives: usize,
}

impl Level {
    fn at(base: usize) -> Self {
        Self { base, operators: 0, connectives: 0 }
    }

    fn depth(&self) -> usize {
        self.base + self.connectives + self.operators
    }
}

/// The first byte at which the expression may be deeper than it may be.
///
/// `a AND b AND c` is a tree as deep as it has operators, so operators count too, and not brackets alone.
pub(super) fn too_deep(sql: &str) -> Option<usize> {
    let mut levels = vec![Level::at(0)];
    let mut start = 0;
    let mut after_operand = false;
    for token in tokenize(sql) {
        let text = &sql[start..start + token.len as usize];
        let level = levels.last_mut()?;
        let mut is_operand = false;
        let word = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        match token.kind {
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => {
                start += text.len();
                continue;
            }
            TokenKind::OpenParen | TokenKind::OpenBracket => {
                // `a[1][2]` nests what is before each bracket.
                level.operators += usize::from(after_operand);
                let base = level.depth() + 1;
                levels.push(Level::at(base));
            }
            TokenKind::CloseParen | TokenKind::CloseBracket => {
                is_operand = true;
                close(&mut levels);
            }
            TokenKind::Comma => *level = Level::at(level.base),
            TokenKind::Ident if word(&["case"]) => {
                let base = level.depth() + 1;
                levels.push(Level::at(base));
            }
            TokenKind::Ident if word(&["end"]) => {
                is_operand = true;
                close(&mut levels);
            }
            TokenKind::Ident if word(&["when", "then", "else"]) => *level = Level::at(level.base),
            TokenKind::Ident if word(&["and", "or"]) => {
                *level = Level { base: level.base, connectives: level.connectives + 1, operators: 0 };
            }
            TokenKind::Ident | TokenKind::QuotedIdent { .. } | TokenKind::Literal { .. } => {
                // Of two words in a row one is a keyword: `NOT a`, `a IS NULL`.
                level.operators += usize::from(after_operand);
                is_operand = true;
            }
            _ => level.operators += 1,
        }
        if levels.last().is_some_and(|level| level.depth() > MOST_DEPTH) {
            return Some(start);
        }
        after_operand = is_operand;
        start += text.len();
    }
    None
}

/// The first byte at which the statements of a file have more brackets in brackets than a parser's stack has room for.
///
/// Operators in a row are not counted: the parser takes them in a loop.
#[must_use]
pub fn file_too_deep(sql: &str) -> Option<usize> {
    let (mut depth, mut start) = (0_usize, 0);
    for token in tokenize(sql) {
        let text = &sql[start..start + token.len as usize];
        match token.kind {
            TokenKind::OpenParen | TokenKind::OpenBracket => depth += 1,
            TokenKind::CloseParen | TokenKind::CloseBracket => depth = depth.saturating_sub(1),
            TokenKind::Ident if text.eq_ignore_ascii_case("case") => depth += 1,
            TokenKind::Ident if text.eq_ignore_ascii_case("end") => depth = depth.saturating_sub(1),
            // What a person left open is no depth of the next statement.
            TokenKind::Semi => depth = 0,
            _ => {}
        }
        if depth > MOST_DEPTH {
            return Some(start);
        }
        start += text.len();
    }
    None
}

/// What was opened becomes one operand of the level around it.
fn close(levels: &mut Vec<Level>) {
    if levels.len() > 1 {
        levels.pop();
    }
}

#[cfg(test)]
mod tests {
    use crate::expression::Fragment;

    #[test]
    fn what_nests_too_deep_is_refused_at_once() {
        for (before, inner, after) in [
            ("(", "true", ")"),
            ("note <> 'a' AND ", "true", ""),
            ("note <> 'a' OR ", "true", ""),
            ("NOT ", "true", ""),
            ("1 + ", "1 > 0", ""),
            ("- ", "1", ""),
            ("CASE WHEN ", "true", " THEN true END"),
            ("ARRAY[", "1", "]"),
            ("f(", "1", ")"),
            ("", "1", "::text"),
            ("", "a", ".a"),
            ("", "a", "[1]"),
            ("EXISTS (SELECT ", "1", ")"),
        ] {
            for count in [300, 5_000, 20_000, 100_000] {
                let text = format!("{}{inner}{}", before.repeat(count), after.repeat(count));
                let began = std::time::Instant::now();
                let problem = Fragment::parse(&text).map(|it| it.text.len()).unwrap_err();
                assert!(began.elapsed().as_millis() < 1_000, "{count} of {before}{after}: {:?}", began.elapsed());
                assert!(!problem.pointer(&text).is_empty());
            }
        }
    }

    #[test]
    fn a_file_has_a_bound_too() {
        use super::file_too_deep;
        assert_eq!(file_too_deep(&format!("SELECT {}", "(".repeat(5_000))), Some(7 + super::MOST_DEPTH));
        assert_eq!(file_too_deep(&"SELECT (1), '(((', CASE WHEN a THEN 1 END;\n".repeat(5_000)), None);
        assert_eq!(file_too_deep(&format!("SELECT {}true", "a AND ".repeat(5_000))), None);
    }

    #[test]
    fn what_is_long_and_flat_is_not_deep() {
        let list = (0..4_000).map(|number| format!("'value {number}'")).collect::<Vec<_>>().join(", ");
        let and = (0..200).map(|number| format!("a{number} = {number} * 2")).collect::<Vec<_>>().join(" AND ");
        let case = (0..500).map(|number| format!("WHEN a = {number} THEN {number}")).collect::<Vec<_>>().join(" ");
        for text in [
            format!("a IN ({list})"),
            and,
            format!("CASE {case} ELSE 0 END > 1"),
            "(".repeat(200) + "a" + &")".repeat(200),
        ] {
            assert!(Fragment::parse(&text).is_ok(), "{:?}", Fragment::parse(&text).unwrap_err());
        }
    }
}
