//! Attributes of enumerations and newtypes.

use super::{Attribute, Form, Position, key};

pub(super) const ENUMERATION: Attribute = Attribute {
    name: "enumeration",
    on: Position::Enumeration,
    repeatable: false,
    leading: None,
    doc: "How the enumeration is stored.",
    example: "#[enumeration(storage = native)]",
    keys: &[
        key(
            "storage",
            Form::Word(&["text", "native"]),
            "storage = native",
            "`text` (default): TEXT and a CHECK on each column; `native`: a type of its own.",
        ),
        key("name", Form::Text, "name = \"order_status\"", "The type's name, where the enum's does not serve."),
    ],
};

pub(super) const VARIANT: Attribute = Attribute {
    name: "enumeration",
    on: Position::Variant,
    repeatable: false,
    leading: None,
    doc: "The text of one value.",
    example: "#[enumeration(value = \"on-hold\")]",
    keys: &[
        key(
            "value",
            Form::Text,
            "value = \"on-hold\"",
            "The stored text, where the variant's snake_case does not serve.",
        ),
        key("renamed_from", Form::Text, "renamed_from = \"held\"", "The text that it had before."),
    ],
};

pub(super) const SQL_TYPE: Attribute = Attribute {
    name: "sql_type",
    on: Position::Newtype,
    repeatable: false,
    leading: None,
    doc: "The SQL type of a newtype.",
    example: "#[sql_type(type = \"CITEXT\")]",
    keys: &[key("type", Form::Text, "type = \"CITEXT\"", "The SQL type, where it is not the inner type's.")],
};
