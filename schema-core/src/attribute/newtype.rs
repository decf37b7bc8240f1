//! `#[sql_type(…)]`: the SQL type of a newtype.

use super::args::{Args, Spanned};
use super::{Attribute, Errors, Form, Position, Printed, key};
use crate::diagnostic::Diagnostic;
use crate::schema::SqlType;

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "sql_type",
    on: Position::Newtype,
    repeatable: false,
    leading: None,
    doc: "The SQL type of a newtype.",
    example: "#[sql_type(type = \"CITEXT\")]",
    keys: &[key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where it is not the inner type's.")],
};

/// Reads the type that a newtype states.
pub fn read(args: Option<&Args>, name: &str, errors: &mut Errors) -> Option<SqlType> {
    let Spanned { value, span } = args?.text("type")?;
    match value.parse() {
        Ok(declared) => Some(declared),
        Err(problem) => {
            let error = Diagnostic::spanned(crate::ids::COLUMN_TYPE, name, span, problem);
            errors.push(error.help(GRAMMAR.example));
            None
        }
    }
}

/// Prints the attribute of a newtype of that SQL type.
#[must_use]
pub fn print(sql_type: &str) -> Printed {
    Printed::new(&GRAMMAR).text("type", Some(sql_type))
}
