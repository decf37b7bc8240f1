//! Names of the database to names of Rust.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use tablewright_core::attribute::ident;
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
            if ident(&file).is_none_or(|ident| ident != file) {
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

/// The names of fields, by their columns: the column's own where it can be, whatever columns come before it.
pub(super) fn fields<'a>(columns: impl Iterator<Item = &'a str> + Clone) -> BTreeMap<&'a str, String> {
    let mut fields: BTreeMap<&str, String> =
        columns.clone().filter_map(|column| Some((column, own_name(column)?))).collect();
    let mut taken: BTreeSet<String> = fields.values().cloned().collect();
    for column in columns {
        fields.entry(column).or_insert_with(|| {
            let name = other_name(column, &taken);
            taken.insert(name.clone());
            name
        });
    }
    fields
}

fn own_name(column: &str) -> Option<String> {
    let bare = column.trim_matches('_');
    ident(column).filter(|_| column.to_snake_case() == column || bare.to_snake_case() == bare)
}

fn other_name(column: &str, taken: &BTreeSet<String>) -> String {
    let mut name: String = column.to_snake_case().chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name = format!("c_{name}");
    }
    if ident(&name).is_none_or(|ident| ident != name) {
        name.push('_');
    }
    let base = name.clone();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{}_{number}", base.trim_end_matches('_'));
        number += 1;
    }
    name
}

/// The variant of a value.
pub(super) fn variant(value: &str, taken: &BTreeSet<String>) -> String {
    let mut name: String = value.to_upper_camel_case().chars().filter(char::is_ascii_alphanumeric).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name = format!("V{name}");
    }
    if name == "Self" {
        name.push_str("Value");
    }
    let base = name.clone();
    let mut number = 2;
    while taken.contains(&name) {
        name = format!("{base}{number}");
        number += 1;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn no_two_columns_are_one_field() {
        for columns in [["userName", "user_name", "UserName"], ["user_name", "UserName", "userName"]] {
            let fields = fields(columns.into_iter());
            assert_eq!(fields["user_name"], "user_name");
            assert_eq!(fields.values().collect::<std::collections::BTreeSet<_>>().len(), 3, "{fields:?}");
        }
    }
}
