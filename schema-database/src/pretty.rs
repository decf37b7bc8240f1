//! Expressions of the catalog as a person would type them.
//!
//! The catalog says `((status)::text = ANY ((ARRAY['a'::character varying])::text[]))` for `status IN ('a')`. What is
//! produced here is a guess at the text; the server judges it: a guess that the server does not spell as the catalog does is
//! dropped again.

use tablewright_core::config::Profile;
use tablewright_core::schema::{Generated, KeyTarget, Predicate, Schema, Table};

use super::{Connection, Error, Options, align, canonical};

/// How often a guess that the server refuses is undone.
const ROUNDS: usize = 20;

/// The schema with expressions as people type them, wherever the server agrees that they are the same.
///
/// # Errors
/// A connection that breaks. If the server refuses the question, the schema is returned as it is.
pub async fn pretty(
    connection: &mut Connection,
    schema: &Schema,
    profile: &Profile,
    options: &Options,
) -> Result<Schema, Error> {
    let mut guess = schema.clone();
    guess.tables.values_mut().for_each(table);
    for _ in 0..ROUNDS {
        match canonical(connection, &guess, profile, options).await {
            Ok(spelled) => {
                let extensions = schema.extensions.clone();
                return Ok(Schema { extensions, ..align(&guess, &spelled.schema, schema) });
            }
            // The subject is in the words of the error: `create orders in a throw-away schema`.
            Err(Error::Statement { doing, .. }) => {
                let subject = doing.strip_prefix("create ").and_then(|rest| rest.split_once(" in a throw-away"));
                let Some((name, original)) = subject.and_then(|(name, _)| schema.tables.get_key_value(name)) else {
                    return Ok(schema.clone());
                };
                if guess.tables.get(name) == Some(original) {
                    return Ok(schema.clone());
                }
                guess.tables.insert(name.clone(), original.clone());
            }
            Err(error @ Error::Lost { .. }) => return Err(error),
            Err(_) => return Ok(schema.clone()),
        }
    }
    Ok(schema.clone())
}

fn table(table: &mut Table) {
    let change = |text: &mut String| *text = expression(text);
    for column in &mut table.columns {
        column.default.iter_mut().for_each(change);
        if let Some(Generated::Stored(text)) = &mut column.generated {
            change(text);
        }
    }
    table.checks.iter_mut().for_each(|check| change(&mut check.expression));
    let rows = |predicate: &mut Predicate| *predicate = expression(predicate).into();
    table.uniques.iter_mut().filter_map(|unique| unique.predicate.as_mut()).for_each(rows);
    table.exclusions.iter_mut().filter_map(|exclusion| exclusion.predicate.as_mut()).for_each(rows);
    for index in &mut table.indexes {
        index.predicate.iter_mut().for_each(rows);
        for key in &mut index.key {
            if let KeyTarget::Expression(text) = &mut key.target {
                change(text);
            }
        }
    }
    table.triggers.iter_mut().filter_map(|trigger| trigger.condition.as_mut()).for_each(change);
    for policy in &mut table.policies {
        policy.using.iter_mut().chain(&mut policy.with_check).for_each(change);
    }
}

/// A token, and whether a space comes before it.
#[derive(Clone, Debug, PartialEq)]
struct Token {
    text: String,
    space: bool,
}

/// One expression.
pub(super) fn expression(text: &str) -> String {
    let Some(tokens) = tokens(text) else { return text.to_owned() };
    let tokens = without_parentheses(lists(&without_casts(&tokens)));
    let mut result = String::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.space && index > 0 && !result.ends_with('(') {
            result.push(' ');
        }
        result.push_str(&token.text);
    }
    result
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    let mut space = false;
    while at < bytes.len() {
        let start = at;
        match bytes[at] {
            b' ' | b'\n' | b'\t' => {
                space = true;
                at += 1;
                continue;
            }
            quote @ (b'\'' | b'"') => {
                at += 1;
                loop {
                    let byte = *bytes.get(at)?;
                    at += 1;
                    if byte == quote {
                        if bytes.get(at) != Some(&quote) {
                            break;
                        }
                        at += 1;
                    }
                }
            }
            // Escapes of their own: such a text is left as it is.
            b'E' if bytes.get(at + 1) == Some(&b'\'') => return None,
            byte if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => {
                while bytes.get(at).is_some_and(|byte| {
                    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'$') || *byte >= 0x80
                }) {
                    at += 1;
                }
            }
            b':' if bytes.get(at + 1) == Some(&b':') => at += 2,
            b'(' | b')' | b'[' | b']' | b',' => at += 1,
            _ => {
                while bytes.get(at).is_some_and(|byte| b"+-*/<>=~!@#%^&|`?:".contains(byte)) {
                    at += 1;
                }
                if at == start {
                    at += 1;
                }
            }
        }
        found.push(Token { text: text.get(start..at)?.to_owned(), space });
        space = false;
    }
    Some(found)
}

fn is(tokens: &[Token], at: usize, text: &str) -> bool {
    tokens.get(at).is_some_and(|token| token.text == text)
}

/// Whether the token is a column, a number or a literal.
fn is_operand(token: &Token) -> bool {
    let first = token.text.as_bytes()[0];
    first.is_ascii_alphanumeric() || matches!(first, b'_' | b'\'' | b'"') || first >= 0x80
}

/// The token after a cast that starts at `::`; `None` if the type is unknown.
fn behind_cast(tokens: &[Token], at: usize) -> Option<usize> {
    let mut end = at + 1;
    let first = &tokens.get(end)?.text;
    end += 1;
    let more: &[&str] = match first.as_str() {
        "character" => &["varying"],
        "double" => &["precision"],
        "timestamp" | "time" => &["with", "without", "time", "zone"],
        _ => &[],
    };
    let parameters = |end: &mut usize| {
        if is(tokens, *end, "(") {
            while !is(tokens, *end, ")") && *end < tokens.len() {
                *end += 1;
            }
            *end += 1;
        }
    };
    parameters(&mut end);
    while tokens.get(end).is_some_and(|token| more.contains(&token.text.as_str())) {
        end += 1;
    }
    parameters(&mut end);
    while is(tokens, end, "[") && is(tokens, end + 1, "]") {
        end += 2;
    }
    (end <= tokens.len()).then_some(end)
}

/// `'a'::text` is `'a'`, `(0)::numeric` is `0`, `(name)::text` is `name`, `(ARRAY[…])::text[]` is `ARRAY[…]`.
fn without_casts(tokens: &[Token]) -> Vec<Token> {
    let mut result: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        if token.text == "::"
            && let Some(end) = behind_cast(tokens, at)
        {
            let literal = result.last().is_some_and(|last| last.text.starts_with('\''));
            let negative = |it: &[Token]| matches!(it, [open, minus, _, close] if open.text == "(" && minus.text == "-" && close.text == ")");
            if literal {
                at = end;
                continue;
            }
            if result.last().is_some_and(|last| last.text == ")")
                && let Some(open) = opening(&result)
            {
                let inner = &result[open + 1..result.len() - 1];
                let called = open > 0 && is_operand(&result[open - 1]) && !is_keyword(&result[open - 1].text);
                let plain = match inner {
                    [one] => is_operand(one),
                    [first, ..] if first.text == "ARRAY" => inner.last().is_some_and(|last| last.text == "]"),
                    _ => negative(&result[open..]),
                };
                if plain && !called {
                    let space = result[open].space;
                    result.pop();
                    result.remove(open);
                    if let Some(first) = result.get_mut(open) {
                        first.space = space;
                    }
                    // This is a second cast of a literal.
                    if result.last().is_some_and(|last| last.text.starts_with('\'')) {
                        result.extend(tokens[at..end].iter().cloned());
                    }
                    at = end;
                    continue;
                }
            }
        }
        result.push(token.clone());
        at += 1;
    }
    result
}

/// The parenthesis that the last token closes.
fn opening(tokens: &[Token]) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, token) in tokens.iter().enumerate().rev() {
        match token.text.as_str() {
            ")" => depth += 1,
            "(" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

/// The parenthesis that closes the one at that place.
fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (index, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "(" => depth += 1,
            ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index);
        }
    }
    None
}

/// `= ANY (ARRAY['a', 'b'])` is `IN ('a', 'b')`, `<> ALL (ARRAY[…])` is `NOT IN (…)`.
fn lists(tokens: &[Token]) -> Vec<Token> {
    let mut result = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let any = is(tokens, at, "=") && is(tokens, at + 1, "ANY");
        let all = is(tokens, at, "<>") && is(tokens, at + 1, "ALL");
        if (any || all) && is(tokens, at + 2, "(") && is(tokens, at + 3, "ARRAY") && is(tokens, at + 4, "[") {
            let end = closing(tokens, at + 2).filter(|end| is(tokens, end - 1, "]"));
            if let Some(end) = end {
                let word = |text: &str, space| Token { text: text.to_owned(), space };
                if all {
                    result.push(word("NOT", true));
                }
                result.push(word("IN", true));
                result.push(word("(", true));
                result.extend(tokens[at + 5..end - 1].iter().cloned());
                result.push(word(")", false));
                at = end + 1;
                continue;
            }
        }
        result.push(tokens[at].clone());
        at += 1;
    }
    result
}

fn is_keyword(word: &str) -> bool {
    ["AND", "OR", "NOT", "IN", "ANY", "ALL", "WHEN", "THEN", "ELSE", "CASE", "BETWEEN", "LIKE", "ILIKE", "IS", "FROM"]
        .contains(&word)
}

/// Removes the parentheses around the parts of AND and OR that need none.
fn without_parentheses(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].text == "("
            && let Some(end) = closing(&tokens, at)
            && is_free(&tokens, at, end)
        {
            let space = tokens[at].space;
            tokens.remove(end);
            tokens.remove(at);
            if let Some(first) = tokens.get_mut(at) {
                first.space = space;
            }
            continue;
        }
        at += 1;
    }
    tokens
}

fn is_free(tokens: &[Token], open: usize, close: usize) -> bool {
    let before = open.checked_sub(1).map(|index| tokens[index].text.as_str());
    let after = tokens.get(close + 1).map(|token| token.text.as_str());
    // The neighbouring AND or OR binds less than everything inside but the same words.
    let beside = [before, after];
    let alone = beside.iter().all(|word| matches!(word, None | Some("AND" | "OR" | "(" | ")")));
    if !alone || (before == Some("(") && after != Some(")") && !matches!(after, Some("AND" | "OR"))) {
        return false;
    }
    if before == Some("(") && open > 1 && is_operand(&tokens[open - 2]) && !is_keyword(&tokens[open - 2].text) {
        return false;
    }
    let mut depth = 0;
    let mut and = false;
    for token in &tokens[open + 1..close] {
        match token.text.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "OR" | "," | "CASE" | "SELECT" | "BETWEEN" if depth == 0 => return false,
            "AND" if depth == 0 => and = true,
            _ => {}
        }
    }
    // AND within AND, or within OR, reads equally well without.
    !and || beside.iter().all(|word| matches!(word, None | Some("AND")))
}

#[cfg(test)]
mod tests {
    use super::expression;

    #[test]
    fn the_catalog_reads_as_a_person_would_type_it() {
        for (catalog, typed) in [
            ("'pending'::text", "'pending'"),
            ("'{}'::text[]", "'{}'"),
            ("balance >= (0)::numeric", "balance >= 0"),
            ("'-1'::integer", "'-1'"),
            ("kind = ANY (ARRAY['retail'::text, 'whole'::text])", "kind IN ('retail', 'whole')"),
            (
                "(status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
                "status IN ('a', 'b')",
            ),
            ("(a IS NULL) AND (b > 0)", "a IS NULL AND b > 0"),
            ("((a IS NULL) OR (b > 0)) AND (c)", "(a IS NULL OR b > 0) AND c"),
            ("((a > 1) AND (b > 0)) OR c", "(a > 1 AND b > 0) OR c"),
            ("lower((email)::text)", "lower(email)"),
            ("NOT (a = b)", "NOT (a = b)"),
            ("(a + b) * c > 0", "(a + b) * c > 0"),
            ("length((name)::text) <= 80", "length(name) <= 80"),
            ("now()", "now()"),
            ("coalesce((a)::text, ''::text) <> E'\\n'::text", "coalesce((a)::text, ''::text) <> E'\\n'::text"),
            ("('now'::text)::date", "'now'::date"),
            ("\"Weird ::\" > 1", "\"Weird ::\" > 1"),
        ] {
            assert_eq!(expression(catalog), typed, "{catalog}");
        }
    }
}
