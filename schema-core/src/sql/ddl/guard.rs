use super::super::ident::literal;

/// Raises an exception where a condition holds, with the cure where there is one to name.
#[must_use]
pub fn raise_where(condition: &str, message: &str, hint: Option<&str>) -> String {
    // RAISE takes a `%` for a parameter.
    let message = literal(&message.replace('%', "%%"));
    let hint = hint.map(|hint| format!("\n            USING HINT = {}", literal(hint))).unwrap_or_default();
    format!("DO $$\nBEGIN\n    IF {condition} THEN\n        RAISE EXCEPTION {message}{hint};\n    END IF;\nEND\n$$;")
}
