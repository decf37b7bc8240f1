//! `#[enumeration(…)]`, on an enum and on its variants.

use heck::ToSnakeCase as _;

use super::args::Args;
use super::{Attribute, Form, Position, Printed, key};
use crate::schema::{EnumValue, Enumeration, Storage};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
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
        key("name", Form::Text, "name = \"order_status\"", "The type's name, where the enum's does not fit."),
    ],
};

/// The grammar on a variant.
pub const VARIANT: Attribute = Attribute {
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
            "The stored text, where the variant's snake_case does not fit.",
        ),
        key("renamed_from", Form::Text, "renamed_from = \"held\"", "The text that it had before."),
    ],
};

/// Reads how it is stored, and its name where it states one.
#[must_use]
pub fn read(args: Option<&Args>) -> (Storage, Option<String>) {
    let text = |key: &str| args.and_then(|args| args.text(key)).map(|text| text.value);
    let storage = if text("storage").as_deref() == Some("native") { Storage::Native } else { Storage::Text };
    (storage, text("name"))
}

/// Reads a value, by the name of its variant.
#[must_use]
pub fn read_value(args: Option<&Args>, variant: &str) -> EnumValue {
    let text = |key: &str| args.and_then(|args| args.text(key)).map(|text| text.value);
    EnumValue {
        value: text("value").unwrap_or_else(|| variant.to_snake_case()),
        comment: None,
        renamed_from: text("renamed_from"),
    }
}

/// Prints the attribute of the enum of that name; without arguments where it needs none.
#[must_use]
pub fn print(enumeration: &Enumeration, rust: &str) -> Printed {
    Printed::new(&GRAMMAR)
        .word("storage", (enumeration.storage == Storage::Native).then_some("native"))
        .name(&enumeration.name, &rust.to_snake_case())
}

/// Prints the attribute of a variant; without arguments where it needs none.
#[must_use]
pub fn print_value(value: &EnumValue, variant: &str) -> Printed {
    Printed::new(&VARIANT)
        .text("value", (variant.to_snake_case() != value.value).then_some(&value.value))
        .text("renamed_from", value.renamed_from.as_deref())
}

/// The attribute with a name, for a message.
#[must_use]
pub fn line(native: bool) -> String {
    Printed::new(&GRAMMAR).word("storage", native.then_some("native")).text("name", Some("…")).to_string()
}
