use crate::sql::ident::{literal, quote};

/// Raises an exception where a condition holds, with the cure where there is one to name.
#[must_use]
pub fn raise_where(condition: &str, message: &str, hint: Option<&str>) -> String {
    format!("DO $$\nBEGIN\n{}\nEND\n$$;", indented(&raise_if(condition, message, hint), 4))
}

/// The same as a statement within a block.
#[must_use]
pub fn raise_if(condition: &str, message: &str, hint: Option<&str>) -> String {
    // RAISE takes a `%` for a parameter.
    let message = literal(&message.replace('%', "%%"));
    let hint = hint.map(|hint| format!("\n        USING HINT = {}", literal(hint))).unwrap_or_default();
    format!("IF {condition} THEN\n    RAISE EXCEPTION {message}{hint};\nEND IF;")
}

/// Raises an exception where a table has rows that meet a condition, with what to do about them.
#[must_use]
pub fn raise_where_rows(table: &str, condition: &str, message: &str, hint: &str) -> String {
    raise_where(&format!("EXISTS (SELECT FROM {} WHERE {condition})", quote(table)), message, Some(hint))
}

/// Whether policies of the table hold for the role that asks, so that they may hide rows from it.
#[must_use]
pub fn row_security_active(table: &str) -> String {
    format!("row_security_active({})", literal(&quote(table)))
}

/// Whether no policy of any table holds for the role that asks.
pub const BYPASSES_ROW_SECURITY: &str = "(SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)";

/// Runs a statement where the table has no constraint of that name, so that it can be run again.
#[must_use]
pub fn unless_constraint(table: &str, name: &str, statement: &str) -> String {
    format!(
        "DO $$\nBEGIN\n    IF NOT EXISTS (\n        SELECT FROM pg_constraint\n        WHERE conrelid = to_regclass({}) AND conname = \
         {}\n    ) THEN\n{}\n    END IF;\nEND\n$$;",
        literal(&quote(table)),
        literal(name),
        indented(statement, 8)
    )
}

/// Runs the one or the other, as an index of that name is there or not.
#[must_use]
pub fn if_index(name: &str, there: &[String], missing: &[String]) -> String {
    let lines = |statements: &[String]| statements.iter().map(|it| indented(it, 8)).collect::<Vec<_>>().join("\n");
    let otherwise = if missing.is_empty() { String::new() } else { format!("\n    ELSE\n{}", lines(missing)) };
    format!(
        "DO $$\nBEGIN\n    IF to_regclass({}) IS NOT NULL THEN\n{}{otherwise}\n    END IF;\nEND\n$$;",
        literal(&quote(name)),
        lines(there)
    )
}

/// A statement further to the right.
#[must_use]
pub fn indented(statement: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    statement.lines().map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
}
