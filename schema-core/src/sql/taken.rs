//! What the user's own statements drop or delete, rows included.

use super::tokens::{Kind, Token, tokens};
use crate::expression::folded;

/// Something that holds rows, values or a number, and is dropped with them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// Its name, as `--drop` takes it: `audit_log`, `orders.note`.
    pub name: String,
    /// What is lost: `every row of audit_log`.
    pub what: String,
}

/// What statements drop or delete that holds something. A view is computed again, and a materialized one too.
#[must_use]
pub fn taken_away(sql: &str) -> Vec<Taken> {
    let mut found = Vec::new();
    scan(sql, false, &mut found);
    found.sort();
    found.dedup();
    found
}

/// `within` is whether the text runs as it is: the body of a DO block, and what is executed there.
fn scan(sql: &str, within: bool, found: &mut Vec<Taken>) {
    let tokens = tokens(sql);
    for statement in tokens.split(|token| token.text == ";") {
        let runs = within || statement.first().is_some_and(|first| first.is("DO"));
        for at in 0..statement.len() {
            let rest = &statement[at..];
            match rest {
                [body, ..] if runs && body.kind == Kind::Text => scan(unquoted(body.text), true, found),
                [first, second, ..] if first.is("DROP") => {
                    dropped(second, &rest[2..], found);
                }
                [first, second, ..] if first.is("DELETE") && second.is("FROM") => {
                    rows(&names(&rest[2..]).into_iter().take(1).collect::<Vec<_>>(), found);
                }
                [first, second, ..] if first.is("TRUNCATE") && !second.is_any(&["ON", "OR", "FROM"]) => {
                    rows(&names(&rest[1..]), found);
                }
                _ => {}
            }
        }
        altered(statement, found);
    }
}

/// The text between the quotes of a string.
fn unquoted(text: &str) -> &str {
    let tag = match text.strip_prefix('$').and_then(|rest| rest.find('$')) {
        Some(end) => end + 2,
        None => 1,
    };
    text.get(tag..text.len().saturating_sub(tag)).unwrap_or_default()
}

fn dropped(kind: &Token<'_>, rest: &[Token<'_>], found: &mut Vec<Taken>) {
    let cascades = rest.iter().any(|token| token.is("CASCADE"));
    if kind.is("TABLE") {
        rows(&names(rest), found);
    } else if kind.is("SEQUENCE") {
        found.extend(names(rest).into_iter().map(|name| Taken { what: format!("the number that {name} is at"), name }));
    } else if kind.is_any(&["SCHEMA", "TYPE", "DOMAIN", "EXTENSION"]) && cascades {
        let word = kind.text.to_ascii_lowercase();
        found.extend(
            names(rest)
                .into_iter()
                .map(|name| Taken { what: format!("every table and column that goes with the {word} {name}"), name }),
        );
    }
}

fn rows(names: &[String], found: &mut Vec<Taken>) {
    found.extend(names.iter().map(|name| Taken { name: name.clone(), what: format!("every row of {name}") }));
}

/// `ALTER TABLE orders DROP COLUMN note`.
fn altered(statement: &[Token<'_>], found: &mut Vec<Taken>) {
    let [alter, kind, rest @ ..] = statement else { return };
    if !alter.is("ALTER") || !kind.is("TABLE") {
        return;
    }
    let Some(table) = names(rest).into_iter().next() else { return };
    for at in 0..rest.len() {
        let [drop, after @ ..] = &rest[at..] else { continue };
        let other = ["CONSTRAINT", "DEFAULT", "NOT", "IDENTITY", "EXPRESSION"];
        if !drop.is("DROP") || after.first().is_none_or(|token| token.is_any(&other)) {
            continue;
        }
        let after = if after[0].is("COLUMN") { &after[1..] } else { after };
        let column = names(after).into_iter().next();
        found.extend(column.map(|column| {
            let name = format!("{table}.{column}");
            Taken { what: format!("every value of {name}"), name }
        }));
    }
}

/// The names of a list, without the schema that they are in: `IF EXISTS a, public.b CASCADE`.
fn names(rest: &[Token<'_>]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = true;
    for token in rest {
        match (token.kind, token.text) {
            _ if found.is_empty() && token.is_any(&["TABLE", "IF", "EXISTS", "ONLY"]) => {}
            (Kind::Sign, ".") => open = found.pop().is_some(),
            (Kind::Sign, ",") => open = true,
            (Kind::Word | Kind::Quoted, name) if open => {
                found.push(folded(name));
                open = false;
            }
            _ => break,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_with_rows_is_found() {
        for (sql, names) in [
            ("DROP TABLE audit_log;", vec!["audit_log"]),
            ("drop table if exists public.\"Audit\", b cascade", vec!["Audit", "b"]),
            ("DROP MATERIALIZED VIEW a; /* DROP TABLE c; */ DROP TABLE b; -- DROP TABLE d", vec!["b"]),
            ("DROP SEQUENCE numbers;", vec!["numbers"]),
            ("DROP SCHEMA audit CASCADE; DROP TYPE kind CASCADE", vec!["audit", "kind"]),
            ("TRUNCATE TABLE ONLY a, b; DELETE FROM c WHERE d", vec!["a", "b", "c"]),
            ("WITH gone AS (DELETE FROM a RETURNING *) SELECT 1", vec!["a"]),
            ("ALTER TABLE a DROP COLUMN b, DROP IF EXISTS c, DROP CONSTRAINT d", vec!["a.b", "a.c"]),
            ("DO $x$ BEGIN DROP TABLE a; EXECUTE 'DROP TABLE b'; END $x$", vec!["a", "b"]),
        ] {
            let found: Vec<String> = taken_away(sql).into_iter().map(|it| it.name).collect();
            assert_eq!(found, names, "{sql}");
        }
    }

    #[test]
    fn what_is_computed_goes_without_a_word() {
        for sql in [
            "DROP VIEW a; DROP MATERIALIZED VIEW b; DROP FUNCTION c; DROP INDEX d; DROP TRIGGER e ON f",
            "DROP SCHEMA audit; DROP TYPE kind; DROP EXTENSION pg_trgm; DROP FOREIGN TABLE a",
            "SELECT 'DROP TABLE a'; CREATE FUNCTION f() RETURNS void AS $$ DROP TABLE a $$ LANGUAGE sql",
            "REVOKE DELETE, TRUNCATE ON a FROM b; ALTER TABLE a ALTER COLUMN b DROP DEFAULT, ALTER b DROP NOT NULL",
            "CREATE TRIGGER a BEFORE TRUNCATE ON b EXECUTE FUNCTION c()",
        ] {
            assert_eq!(taken_away(sql), Vec::new(), "{sql}");
        }
    }
}
