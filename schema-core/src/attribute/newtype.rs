//! `#[sql_type(…)]`: the SQL type of a newtype.

use super::args::Args;
use super::{Attribute, Form, Position, Printed, Reader, key};
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
pub fn read(args: Option<&Args>, reader: &mut Reader<'_>) -> Option<SqlType> {
    reader.sql_type(&args?.text("type")?)
}

/// Prints the attribute of a newtype of that SQL type.
#[must_use]
pub fn print(sql_type: &str) -> Printed {
    Printed::new(&GRAMMAR).text("type", Some(sql_type))
}
