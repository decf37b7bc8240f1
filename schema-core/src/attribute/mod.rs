//! Attributes: one file for each, with its grammar, its reader and its printer.
//!
//! The grammar is a table that parsing, error messages and `docs/attributes.md` share. A reader turns the arguments of one
//! attribute into what they say, and a printer turns that back into the attribute as a user types it. Names that follow
//! from the table and conditions that soft deletion adds are filled in by `parse/lower/`, and left out by the printers.
//!
//! Both halves are on one layer, below the rules, because messages show attributes to type.

pub mod allow;
pub mod args;
pub mod check;
pub mod column;
pub mod enumeration;
mod errors;
pub mod exclude;
pub mod index;
mod keys;
pub mod model;
pub mod newtype;
pub mod partition;
pub mod policy;
mod print;
pub mod query;
mod read;
pub mod references;
mod source_map;
pub mod storage;
pub mod table;
pub mod trigger;
pub mod unique;

pub use errors::{Errors, compile_errors};
pub use print::{Printed, ident, string};
pub use read::Reader;
pub use source_map::SourceMap;

/// An attribute, what it is on, and its keys.
#[derive(Debug)]
pub struct Attribute {
    /// Its name: `table`, `index`.
    pub name: &'static str,
    /// What it is on.
    pub on: Position,
    /// Whether it may appear several times.
    pub repeatable: bool,
    /// What it takes before its keys, if anything.
    pub leading: Option<Leading>,
    /// Its keys.
    pub keys: &'static [Key],
    /// One line of documentation.
    pub doc: &'static str,
    /// A whole attribute, as a user types it.
    pub example: &'static str,
}

/// What an attribute is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// A struct that derives `Table`.
    Table,
    /// One of its fields.
    Column,
    /// An enum that derives `Enumeration`.
    Enumeration,
    /// One of its variants.
    Variant,
    /// A struct that derives `SqlType`.
    Newtype,
}

/// What an attribute takes before its keys.
#[derive(Debug)]
pub struct Leading {
    /// What it is: `columns`.
    pub what: &'static str,
    /// Its form, as messages show it.
    pub form: &'static str,
    /// Whether there may be more than one.
    pub many: bool,
    /// Whether it is always the first argument, whatever that looks like: `recent(user_id)`.
    pub call: bool,
}

/// A key of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What follows it.
    pub form: Form,
    /// The correct form, as messages print it.
    pub example: &'static str,
    /// What it does.
    pub doc: &'static str,
}

/// What follows a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Nothing.
    Flag,
    /// `= "text"`
    Text,
    /// `= word`, one of these; any identifier where the list is empty.
    Word(&'static [&'static str]),
    /// `= 1_000`
    Number,
    /// `(…)`
    List,
    /// `= Path` or `= Path(columns)`
    Target,
}

const fn key(name: &'static str, form: Form, example: &'static str, doc: &'static str) -> Key {
    Key { name, form, example, doc }
}

/// Every attribute, in the order of the documentation.
pub static ATTRIBUTES: &[Attribute] = &[
    table::GRAMMAR,
    index::GRAMMAR,
    unique::GRAMMAR,
    check::GRAMMAR,
    exclude::GRAMMAR,
    references::FOREIGN_KEY,
    query::GRAMMAR,
    partition::GRAMMAR,
    trigger::GRAMMAR,
    policy::GRAMMAR,
    column::GRAMMAR,
    references::GRAMMAR,
    enumeration::GRAMMAR,
    enumeration::VARIANT,
    newtype::GRAMMAR,
];

/// The attribute of that name on that position.
#[must_use]
pub fn attribute(name: &str, on: Position) -> Option<&'static Attribute> {
    ATTRIBUTES.iter().find(|attribute| attribute.name == name && attribute.on == on)
}

/// The text of `docs/attributes.md`: the attributes, and the types of columns as Rust and SQL name them, with the feature.
#[must_use]
pub fn markdown(types: &[(&str, &str, &str)]) -> String {
    let mut text = String::from(
        "# Attributes\n\nGenerated from `schema-core/src/attribute/`; a test checks this file against the code.\n\n\
         Clippy's `duplicated_attributes` takes two indexes that begin with one column, or two queries that give a page, for \
         one attribute written twice ([a known mistake](https://github.com/rust-lang/rust-clippy/issues/13238)). A derive \
         cannot prevent that; `Cargo.toml` can:\n\
         ```toml\n[lints.clippy]\nduplicated_attributes = \"allow\"\n```\n",
    );
    for (on, title) in [
        (Position::Table, "On a struct that derives `Table`"),
        (Position::Column, "On one of its fields"),
        (Position::Enumeration, "On an enum that derives `Enumeration`"),
        (Position::Variant, "On one of its variants"),
        (Position::Newtype, "On a struct that derives `SqlType`"),
    ] {
        text.push_str(&format!("\n## {title}\n"));
        for attribute in ATTRIBUTES.iter().filter(|attribute| attribute.on == on) {
            text.push_str(&format!(
                "\n### `#[{}(…)]`\n\n{}\n```rust\n{}\n```\n",
                attribute.name, attribute.doc, attribute.example
            ));
            if let Some(leading) = &attribute.leading {
                text.push_str(&format!("\nIt names {} first: `{}`.\n", leading.what, leading.form));
            }
            if !attribute.keys.is_empty() {
                text.push_str("\n| key | as typed | what it does |\n|---|---|---|\n");
            }
            for key in attribute.keys {
                text.push_str(&format!(
                    "| `{}` | `{}` | {} |\n",
                    key.name,
                    key.example.replace('|', "\\|"),
                    key.doc.replace('|', "\\|")
                ));
            }
        }
    }
    text.push_str(
        "\n## Types of columns\n\n`Option<T>` is nullable, `Vec<T>` is an array of plain values, an enum that derives `Enumeration` and a newtype \
         that derives `SqlType` are types of their own. For the rest there is `#[column(type = \"…\")]` on a field \
         whose Rust type derives `SqlType`.\n\n| Rust | SQL | feature |\n|---|---|---|\n",
    );
    for (rust, sql, feature) in types {
        let feature = if feature.is_empty() { String::new() } else { format!("`{feature}`") };
        text.push_str(&format!("| `{rust}` | `{sql}` | {feature} |\n"));
    }
    text
}
