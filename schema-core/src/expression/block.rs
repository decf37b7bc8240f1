//! The body of a function in PL/pgSQL: one block, and nothing behind it.

use squawk_lexer::{TokenKind, tokenize};
use squawk_parser::LexedStr;

use super::Problem;

/// Why a text is not one block of PL/pgSQL, as far as its words and quotes say. What is in it, only the server reads.
#[must_use]
pub fn block_problem(body: &str) -> Option<Problem> {
    let mut words = Vec::new();
    let mut at = 0;
    for token in tokenize(body) {
        let text = &body[at..at + token.len as usize];
        if !matches!(token.kind, TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. }) {
            // A label, and a line that sets an option of the block, come before it.
            if words.is_empty() && !is_one_of(text, &["begin", "declare", "<", "#"]) {
                return Some(Problem::new("a body starts with BEGIN or DECLARE", at));
            }
            words.push((token.kind, text, at));
        }
        at += text.len();
    }
    if let Some((range, message)) = LexedStr::new(body).errors().next() {
        return Some(Problem::new(message, range.start as usize));
    }
    if words.is_empty() {
        return Some(Problem::new("the body is empty", 0));
    }
    let is = |word: &(TokenKind, &str, usize), wanted: &[&str]| is_one_of(word.1, wanted);
    // What `END` closes: a block, or a CASE. `END IF` and `END LOOP` close what is not counted.
    let mut open: Vec<bool> = Vec::new();
    let mut next = 0;
    let end = loop {
        let Some(word) = words.get(next) else {
            return Some(Problem::new("a body ends with END", body.trim_end().len()));
        };
        next += 1;
        if is(word, &["begin"]) {
            open.push(true);
        } else if is(word, &["case"]) {
            open.push(false);
        } else if is(word, &["end"]) {
            match words.get(next) {
                Some(after) if is(after, &["if", "loop"]) => next += 1,
                after => {
                    next += usize::from(after.is_some_and(|after| is(after, &["case"])));
                    if open.pop() == Some(true) && open.is_empty() {
                        break next;
                    }
                }
            }
        }
    };
    let label =
        words.iter().take_while(|word| !is(word, &["begin", "declare"])).find(|word| word.0 == TokenKind::Ident);
    let behind = words[end..].iter().find(|word| {
        let is_label = label.is_some_and(|label| label.1.eq_ignore_ascii_case(word.1));
        !is_label && word.0 != TokenKind::Semi
    });
    behind
        .map(|word| Problem::new(format!("a body is one block, and nothing comes behind it, not `{}`", word.1), word.2))
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_a_block() {
        for body in [
            "BEGIN RETURN NEW; END",
            "\n  -- why\n  declare x int;\nbegin\n  return new;\nend;\n",
            "<<outer>> BEGIN RETURN NEW; END outer;",
            "#variable_conflict use_column\nBEGIN RETURN NEW; END",
            "DECLARE x int := CASE WHEN true THEN 1 END; BEGIN IF x > 0 THEN LOOP BEGIN EXIT; END; END LOOP; END IF; RETURN NEW; END",
            "BEGIN CASE x WHEN 1 THEN RETURN NEW; ELSE RETURN OLD; END CASE; END",
            "BEGIN NEW.note := 'it''s $$'; RETURN NEW; END /* x */ ;",
        ] {
            assert_eq!(block_problem(body), None, "{body}");
        }
        for body in [
            "",
            " -- only a comment",
            "RETURN NEW",
            "it's",
            "BEGIN RETURN NEW;",
            "BEGIN RETURN 'open; END",
            "BEGIN RETURN NEW; END /* open",
            "BEGIN RETURN $x$ open; END",
            "BEGIN RETURN NEW; END; DROP TABLE x; --",
            "BEGIN RETURN NEW; END; DROP TABLE x; BEGIN END",
            "BEGIN RETURN NEW; END AND",
            "BEGIN IF true THEN RETURN NEW; END IF;",
            "BEGIN RETURN NEW; END $$ LANGUAGE plpgsql; DROP TABLE x",
        ] {
            assert!(block_problem(body).is_some(), "{body}");
        }
    }
}
