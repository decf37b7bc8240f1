//! The one function that quotes names, and the one that quotes texts.

/// The words that PostgreSQL reserves, also those that may name a function or type, and the few that only
/// CockroachDB reserves. Sorted.
///
/// Source: <https://www.postgresql.org/docs/18/sql-keywords-appendix.html> (reserved) and
/// <https://www.cockroachlabs.com/docs/stable/sql-grammar#reserved_keyword>.
const RESERVED: &[&str] = &[
    "all",
    "analyse",
    "analyze",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "authorization",
    "binary",
    "both",
    "case",
    "cast",
    "check",
    "collate",
    "collation",
    "column",
    "concurrently",
    "constraint",
    "create",
    "cross",
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "deferrable",
    "desc",
    "distinct",
    "do",
    "else",
    "end",
    "except",
    "false",
    "family",
    "fetch",
    "for",
    "foreign",
    "freeze",
    "from",
    "full",
    "grant",
    "group",
    "having",
    "ilike",
    "in",
    "index",
    "initially",
    "inner",
    "intersect",
    "into",
    "is",
    "isnull",
    "join",
    "lateral",
    "leading",
    "left",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "natural",
    "not",
    "notnull",
    "null",
    "offset",
    "on",
    "only",
    "or",
    "order",
    "outer",
    "overlaps",
    "placing",
    "primary",
    "references",
    "returning",
    "right",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "system_user",
    "table",
    "tablesample",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unique",
    "user",
    "using",
    "variadic",
    "verbose",
    "virtual",
    "when",
    "where",
    "window",
    "with",
];

/// Whether a word cannot be an identifier without quotes.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// An identifier as SQL: quoted only where it must be.
#[must_use]
pub fn quote(identifier: &str) -> String {
    // Byte by byte, and not by what iterators can do: a derive asks this of each column in each statement, unoptimised.
    let mut is_plain = !identifier.is_empty();
    for (index, byte) in identifier.bytes().enumerate() {
        is_plain &= matches!(byte, b'a'..=b'z' | b'_') || index > 0 && byte.is_ascii_digit();
    }
    if is_plain && !is_reserved(identifier) {
        return identifier.to_owned();
    }
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

/// A text as an SQL literal.
///
/// With `standard_conforming_strings`, on by default since PostgreSQL 9.1 and always in CockroachDB, only the quote is
/// special.
#[must_use]
pub fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Several identifiers, quoted where they must be, with commas between.
#[must_use]
pub fn quote_list<S: AsRef<str>>(identifiers: &[S]) -> String {
    identifiers.iter().map(|identifier| quote(identifier.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserved_words_are_sorted() {
        assert!(RESERVED.is_sorted());
    }

    #[test]
    fn identifiers_are_quoted_where_they_must_be() {
        assert_eq!(quote("user_id"), "user_id");
        assert_eq!(quote("user"), "\"user\"");
        assert_eq!(quote("userId"), "\"userId\"");
        assert_eq!(quote("1st"), "\"1st\"");
        assert_eq!(quote("a\"b"), "\"a\"\"b\"");
        assert_eq!(quote(""), "\"\"");
        assert_eq!(literal("it's"), "'it''s'");
    }
}
