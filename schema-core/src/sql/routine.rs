//! Functions and procedures that SQL of the user's own creates.

use std::ops::Range;

use super::tokens::{Kind, Token, tokens};
use crate::expression::folded;

/// A function or a procedure, as its CREATE statement has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routine {
    /// Its name, without a schema.
    pub name: String,
    /// Its name, arguments and result: what CREATE OR REPLACE takes no other of.
    signature: Vec<String>,
    /// Whether the server reads its body only when it is called.
    late: bool,
    /// The words CREATE, or CREATE OR REPLACE.
    create: Range<usize>,
}

/// The words that end a signature.
const ATTRIBUTES: [&str; 20] = [
    "LANGUAGE",
    "AS",
    "IMMUTABLE",
    "STABLE",
    "VOLATILE",
    "STRICT",
    "CALLED",
    "SECURITY",
    "EXTERNAL",
    "COST",
    "ROWS",
    "PARALLEL",
    "LEAKPROOF",
    "NOT",
    "SET",
    "WINDOW",
    "TRANSFORM",
    "SUPPORT",
    "BEGIN",
    "RETURN",
];

/// The routines that SQL creates, in order.
#[must_use]
pub fn routines(sql: &str) -> Vec<Routine> {
    let tokens = tokens(sql);
    (0..tokens.len()).filter_map(|at| routine(&tokens[at..])).collect()
}

fn routine(tokens: &[Token<'_>]) -> Option<Routine> {
    let [create, rest @ ..] = tokens else { return None };
    let (end, rest) = match rest {
        [or, replace, rest @ ..] if or.is("OR") && replace.is("REPLACE") => (replace.at.end, rest),
        rest => (create.at.end, rest),
    };
    let [kind, rest @ ..] = rest else { return None };
    if !create.is("CREATE") || !(kind.is("FUNCTION") || kind.is("PROCEDURE")) {
        return None;
    }
    let open = rest.iter().position(|token| token.text == "(")?;
    let name = folded(rest[..open].last()?.text);
    let (mut depth, mut signature) = (0_usize, Vec::new());
    let mut tail = rest.len();
    for (index, token) in rest.iter().enumerate() {
        match token.text {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            ";" => {
                tail = index;
                break;
            }
            _ if depth == 0 && index > open && token.is_any(&ATTRIBUTES) => {
                tail = index;
                break;
            }
            _ => {}
        }
        signature.push(match token.kind {
            Kind::Word => token.text.to_lowercase(),
            _ => token.text.to_owned(),
        });
    }
    let after_as = |pair: &[Token<'_>]| pair[0].is("AS") && pair[1].kind == Kind::Text;
    let statement = rest[tail..].split(|token| token.text == ";").next().unwrap_or_default();
    let late = statement.windows(2).any(after_as);
    Some(Routine { name, signature, late, create: create.at.start..end })
}

impl Routine {
    /// Whether its signature has a word: the type of an argument or of its result may be a table's.
    fn is_typed_by(&self, word: &str) -> bool {
        self.signature.iter().skip(1).any(|token| folded(token) == word)
    }
}

/// The columns that the body of a trigger's function reads or writes of its row: `NEW.note`, `OLD.note`.
#[must_use]
pub fn fields(body: &str) -> Vec<String> {
    let tokens = tokens(body);
    let field = |part: &[Token<'_>]| match part {
        [row, point, column] if (row.is("NEW") || row.is("OLD")) && point.text == "." => Some(folded(column.text)),
        _ => None,
    };
    tokens.windows(3).filter_map(field).collect()
}

/// Whether SQL only creates routines whose bodies the server reads when they are called: then what they name, and no
/// signature has, may come later, and may change under them.
#[must_use]
pub fn is_late_for(sql: &str, table: &str) -> bool {
    let tokens = tokens(sql);
    let mut statements = tokens.split(|token| token.text == ";").filter(|statement| !statement.is_empty());
    let mut any = false;
    statements.all(|statement| match routine(statement) {
        Some(routine) => {
            any = true;
            routine.late && !routine.is_typed_by(table)
        }
        None => statement[0].is("GRANT") || statement[0].is("REVOKE") || statement[0].is("COMMENT"),
    }) && any
}

/// The SQL by which a routine takes the place of another in one statement, while what calls it goes on. `None` where the
/// server would take it for a second routine, or where the SQL does more.
#[must_use]
pub fn replacing(old: &str, new: &str) -> Option<String> {
    let single = |sql: &str| {
        let statements = tokens(sql);
        let ends = statements.iter().filter(|token| token.text == ";").count();
        let whole = ends == 0 || (ends == 1 && statements.last().is_some_and(|token| token.text == ";"));
        let mut found = routines(sql);
        (whole && found.len() == 1).then(|| found.remove(0))
    };
    let (was, is) = (single(old)?, single(new)?);
    (was.signature == is.signature).then(|| {
        let mut text = new.to_owned();
        text.replace_range(is.create, "CREATE OR REPLACE");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: &str = "-- CREATE FUNCTION no()\nCREATE FUNCTION public.Twice(value integer DEFAULT 1) RETURNS integer\n    \
                         LANGUAGE sql IMMUTABLE AS $$ SELECT value * 2; $$;";

    #[test]
    fn a_routine_is_read_from_its_statement() {
        let found = routines(PLAIN);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name, "twice");
        assert!(is_late_for(PLAIN, "orders"));
        assert!(is_late_for(&format!("{PLAIN}\nGRANT EXECUTE ON FUNCTION twice TO app;"), "orders"));
        assert!(!is_late_for("GRANT SELECT (note) ON orders TO app;", "orders"));
        assert!(!is_late_for(&format!("{PLAIN}\nCREATE VIEW two AS SELECT twice(1);"), "orders"));
        let atomic = "CREATE OR REPLACE FUNCTION total(o orders) RETURNS numeric BEGIN ATOMIC SELECT o.total; END;";
        assert!(!is_late_for(atomic, "lines"));
        assert!(!is_late_for("CREATE FUNCTION f(o orders) RETURNS int LANGUAGE sql AS 'SELECT 1'", "orders"));
        assert!(routines("CREATE VIEW functions AS SELECT 1").is_empty());
        assert_eq!(
            routines("CREATE FUNCTION a() RETURNS int LANGUAGE sql RETURN 1; CREATE PROCEDURE b() AS 'x';").len(),
            2
        );
    }

    #[test]
    fn a_body_names_the_fields_of_its_row() {
        assert_eq!(fields("BEGIN NEW.title := lower(old.\"Name\"); -- NEW.no\nRETURN NEW; END"), ["title", "Name"]);
    }

    #[test]
    fn one_takes_the_place_of_another_with_the_same_signature() {
        let other = PLAIN.replace("* 2", "+ value").replace("IMMUTABLE", "STABLE");
        let text = replacing(PLAIN, &other);
        assert!(text.is_some_and(|text| text.contains("\nCREATE OR REPLACE FUNCTION public.Twice")));
        for other in [
            PLAIN.replace("RETURNS integer", "RETURNS bigint"),
            PLAIN.replace("value integer", "other integer"),
            format!("{PLAIN}\nGRANT EXECUTE ON FUNCTION twice TO app;"),
            "CREATE VIEW twice AS SELECT 1;".to_owned(),
        ] {
            assert_eq!(replacing(PLAIN, &other), None, "{other}");
        }
    }
}
