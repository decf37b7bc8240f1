//! SQL text as the server prints it.

use tablewright_core::schema::{MAX_IDENTIFIER_BYTES, SqlType};

/// The name that the server gives an object of a table or column, such as the sequence of a SERIAL: `orders_id_seq`.
///
/// The longer of the two names is cut first: `makeObjectName` in
/// <https://github.com/postgres/postgres/blob/master/src/backend/commands/indexcmds.c>.
pub(crate) fn made_name(table: &str, column: Option<&str>, label: &str) -> String {
    let (mut first, mut second) = (table.len(), column.map_or(0, str::len));
    let overhead = label.len() + 1 + usize::from(column.is_some());
    while first + second + overhead > MAX_IDENTIFIER_BYTES {
        if first > second { first -= 1 } else { second -= 1 }
    }
    let cut = |text: &str, mut end: usize| {
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text[..end].to_owned()
    };
    match column {
        Some(column) => format!("{}_{}_{label}", cut(table, first), cut(column, second)),
        None => format!("{}_{label}", cut(table, first)),
    }
}

/// Removes the parentheses around a whole expression.
pub(super) fn unwrapped(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) else { return text };
    let mut depth = 0_i32;
    for (_, character) in outside_quotes(inner) {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return text;
        }
    }
    inner
}

/// The characters outside literals and quoted identifiers, with their places.
fn outside_quotes(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut quote = None;
    let mut escapes = false;
    let mut escaped = false;
    let mut before = ' ';
    text.char_indices().filter(move |(_, character)| {
        let was = before;
        before = *character;
        match quote {
            None if matches!(character, '\'' | '"') => {
                quote = Some(*character);
                escapes = *character == '\'' && was == 'E';
                false
            }
            None => true,
            Some(_) if escaped => {
                escaped = false;
                false
            }
            Some('\'') if escapes && *character == '\\' => {
                escaped = true;
                false
            }
            Some(open) => {
                if open == *character {
                    quote = None;
                }
                false
            }
        }
    })
}

/// The parts of a list, split at the commas outside parentheses.
pub(super) fn split_list(text: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, character) in outside_quotes(text) {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim().to_owned());
                start = at + 1;
            }
            _ => {}
        }
    }
    let last = text[start..].trim();
    if !last.is_empty() {
        parts.push(last.to_owned());
    }
    parts
}

/// An identifier as the server prints it, without its quotes.
pub(super) fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_owned(),
    }
}

/// The type that a text of `format_type` denotes.
pub(super) fn sql_type(text: &str) -> SqlType {
    // The server's word for text of any length is a type of its own, not the start of VARCHAR(n).
    match text {
        "character varying" => return SqlType::Other("VARCHAR".to_owned()),
        "character varying[]" => return SqlType::Array(Box::new(SqlType::Other("VARCHAR".to_owned()))),
        _ => {}
    }
    text.parse().unwrap_or_else(|_| SqlType::Other(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_as_the_server_cuts_them() {
        assert_eq!(made_name("orders", Some("id"), "seq"), "orders_id_seq");
        assert_eq!(made_name(&"a".repeat(70), Some("id"), "seq").len(), MAX_IDENTIFIER_BYTES);
        assert_eq!(
            made_name(&"a".repeat(40), Some(&"b".repeat(40)), "seq"),
            format!("{}_{}_seq", "a".repeat(29), "b".repeat(29))
        );
        assert_eq!(made_name("orders", None, "pkey"), "orders_pkey");
    }

    #[test]
    fn only_parentheses_around_the_whole_are_removed() {
        assert_eq!(unwrapped("(a = b)"), "a = b");
        assert_eq!(unwrapped("(a) OR (b)"), "(a) OR (b)");
        assert_eq!(unwrapped("(a = ')(')"), "a = ')('");
        assert_eq!(unwrapped("(a = E'\\')(')"), "a = E'\\')('");
        assert_eq!(unwrapped("a"), "a");
    }

    #[test]
    fn lists_are_split_at_their_own_commas() {
        assert_eq!(split_list("a, lower((b)::text), \"c,d\""), ["a", "lower((b)::text)", "\"c,d\""]);
        assert_eq!(unquoted("\"a\"\"b\""), "a\"b");
    }

    #[test]
    fn types_read_back() {
        assert_eq!(sql_type("character varying(20)"), SqlType::Varchar(20));
        assert_eq!(sql_type("character varying").to_string(), "VARCHAR");
        assert_eq!(sql_type("timestamp with time zone"), SqlType::Timestamptz);
        assert_eq!(sql_type("timestamp(3) without time zone").to_string(), "timestamp(3) without time zone");
    }
}
