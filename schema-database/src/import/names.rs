//! Names of the database to names of Rust.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use tablewright_core::schema::{Schema, singular};

/// Names that a model must not have: they are in scope in every file of models.
const TAKEN: &[&str] = &[
    "Box",
    "Constraint",
    "Cursor",
    "CursorError",
    "Date",
    "DateTime",
    "Decimal",
    "Delete",
    "Enumeration",
    "Error",
    "IpNetwork",
    "Json",
    "NaiveDate",
    "NaiveDateTime",
    "NaiveTime",
    "None",
    "OffsetDateTime",
    "Ok",
    "Err",
    "Option",
    "Page",
    "PageError",
    "PageRequest",
    "Result",
    "Self",
    "Some",
    "SoftDelete",
    "SqlType",
    "String",
    "Table",
    "Update",
    "Utc",
    "Uuid",
    "Value",
    "Vec",
    "Violation",
    "Default",
    "Drop",
    "Clone",
    "Copy",
    "Debug",
    "Send",
    "Sync",
    "Iterator",
    "From",
    "Into",
    "ToString",
];

/// Words that are no identifier even with `r#`.
const NEVER: &[&str] = &["crate", "self", "super", "Self", "_"];
/// Words that are an identifier with `r#`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The Rust names of tables and enumerations, and the files of tables.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) models: BTreeMap<String, String>,
    pub(super) enumerations: BTreeMap<String, String>,
    pub(super) files: BTreeMap<String, String>,
    taken: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(schema: &Schema) -> Self {
        let mut names = Self::default();
        for table in schema.tables.keys() {
            let model = names.fresh(&singular(&table.to_snake_case()).to_upper_camel_case(), "Record");
            let mut file = singular(&table.to_snake_case());
            if !is_ident(&file) || KEYWORDS.contains(&file.as_str()) || NEVER.contains(&file.as_str()) {
                file = format!("{file}_model");
            }
            if !file.starts_with(|c: char| c.is_ascii_alphabetic()) {
                file = format!("t_{file}");
            }
            while names.files.values().any(|taken| *taken == file) {
                file.push('_');
            }
            names.models.insert(table.clone(), model);
            names.files.insert(table.clone(), file);
        }
        for enumeration in schema.enumerations.keys() {
            let name = names.fresh(&enumeration.to_upper_camel_case(), "Kind");
            names.enumerations.insert(enumeration.clone(), name);
        }
        names
    }

    /// A type's name that nothing has yet.
    pub(super) fn fresh(&mut self, wanted: &str, suffix: &str) -> String {
        let mut name: String = wanted.chars().filter(char::is_ascii_alphanumeric).collect();
        if !name.starts_with(|c: char| c.is_ascii_uppercase()) {
            name = format!("T{name}");
        }
        if TAKEN.contains(&name.as_str()) || self.taken.contains(&name) {
            name.push_str(suffix);
        }
        let mut number = 2;
        let base = name.clone();
        while !self.taken.insert(name.clone()) {
            name = format!("{base}{number}");
            number += 1;
        }
        name
    }
}

fn is_ident(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The identifier that stands for a column in attributes and as a field, where there is one: it is the column's name.
pub(super) fn ident(column: &str) -> Option<String> {
    if !is_ident(column) || NEVER.contains(&column) {
        return None;
    }
    Some(if KEYWORDS.contains(&column) { format!("r#{column}") } else { column.to_owned() })
}

/// The name of a field, and whether it is the column's own.
pub(super) fn field(column: &str, taken: &BTreeSet<String>) -> (String, bool) {
    let snake =
        column.to_snake_case() == column || column.trim_matches('_').to_snake_case() == column.trim_matches('_');
    if let Some(ident) = ident(column).filter(|_| snake) {
        return (ident, true);
    }
    let mut name: String = column.to_snake_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name = format!("c_{name}");
    }
    if KEYWORDS.contains(&name.as_str()) || NEVER.contains(&name.as_str()) {
        name.push('_');
    }
    while taken.contains(&name) {
        name.push('_');
    }
    (name, false)
}

/// The variant of a value.
pub(super) fn variant(value: &str, taken: &BTreeSet<String>) -> String {
    let mut name: String = value.to_upper_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name = format!("V{name}");
    }
    if name == "Self" {
        name.push('_');
    }
    let base = name.clone();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{base}{number}");
        number += 1;
    }
    name
}

/// A Rust string literal.
pub(super) fn string(text: &str) -> String {
    let raw = (text.contains('\\') || text.contains('"')) && !text.contains(['\n', '\r']);
    if !raw {
        return format!("{text:?}");
    }
    let mut marks = String::new();
    while text.contains(&format!("\"{marks}")) {
        marks.push('#');
    }
    format!("r{marks}\"{text}\"{marks}")
}
