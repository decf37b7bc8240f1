//! The constraints of a table as an enum, so that a violated one has a name in the program.

use heck::ToUpperCamelCase as _;
use proc_macro2::Ident;

use super::Emit;
use super::code::Code;
use crate::schema::{Column, SqlType};
use crate::sql::ddl;

impl Emit<'_> {
    pub(super) fn constraint(&self, code: &mut Code) {
        let ident = self.companion("Constraint");
        let named = self.named_constraints();
        code.doc(&format!("The constraints of `{}` that a write can violate.", self.model.table.name));
        code.text(&self.vis).text(" enum ").tokens(&ident).braces(|code| {
            for (variant, _, doc) in &named {
                code.doc(doc);
                code.text(variant).text(",");
            }
        });
        // By hand: the derives of these five are twice the work for the compiler.
        let name = ident.to_string();
        for (of, body) in [
            ("clone::Clone", "fn clone(&self) -> Self { *self }"),
            ("marker::Copy", ""),
            (
                "cmp::PartialEq",
                "fn eq(&self, other: &Self) -> ::core::primitive::bool { \
                 *self as ::core::primitive::usize == *other as ::core::primitive::usize }",
            ),
            ("cmp::Eq", ""),
        ] {
            code.text(&format!("#[automatically_derived] impl ::core::{of} for {name} {{ {body} }}"));
        }
        code.text(&format!("#[automatically_derived] impl ::core::fmt::Debug for {name} {{"));
        code.text(
            "fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { f.write_str(match self {",
        );
        for (variant, ..) in &named {
            code.text(&format!("Self::{variant} => \"{variant}\","));
        }
        code.text(&format!("}}) }} }} #[automatically_derived] impl ::tablewright::Constraint for {name} {{"));
        code.text("const ALL: &'static [(&'static ::core::primitive::str, Self)] = &[");
        for (variant, name, _) in &named {
            code.text("(").literal(name).text(&format!(", Self::{variant}),"));
        }
        code.text("];");
        let mut quoting = named.iter().filter(|(_, name, _)| self.quotes_confidential(name)).peekable();
        if quoting.peek().is_some() {
            code.text("const CONFIDENTIAL: &'static [Self] = &[");
            for (variant, ..) in quoting {
                code.text(&format!("Self::{variant},"));
            }
            code.text("];");
        }
        code.text("}");
    }

    /// Whether the server's detail of the violation may quote a confidential column: the columns of a key, and of the others
    /// the row that fails.
    fn quotes_confidential(&self, name: &str) -> bool {
        let table = &self.model.table;
        let foreign_keys = table.foreign_keys.iter().map(|key| (&key.name, &key.columns));
        let uniques = table.uniques.iter().map(|key| (&key.name, &key.columns));
        let key = &table.primary_key;
        let mut keys = foreign_keys.chain(uniques).chain([(&key.name, &key.columns)]);
        let columns = keys.find(|(known, _)| *known == name).map(|(_, columns)| columns);
        let quoted = |column: &&Column| columns.is_none_or(|columns| columns.contains(&column.name));
        table.columns.iter().filter(quoted).any(Column::is_confidential)
    }

    /// Variant, name in the database, documentation.
    fn named_constraints(&self) -> Vec<(String, String, String)> {
        let table = &self.model.table;
        let mut named: Vec<(String, String, String)> = Vec::new();
        let mut add = |name: &str, text: String, doc: String| {
            let mut variant = variant(&text);
            let mut number = 2;
            while named.iter().any(|(taken, ..)| *taken == variant) {
                variant = format!("{}{number}", self::variant(&text));
                number += 1;
            }
            named.push((variant, name.to_owned(), doc));
        };
        let columns = |columns: &[String]| columns.join(", ");
        add(
            &table.primary_key.name,
            "primary_key".to_owned(),
            format!("`{}`: the primary key ({}).", table.primary_key.name, columns(&table.primary_key.columns)),
        );
        let stem = |name: &str| name.strip_prefix(&format!("{}_", table.name)).unwrap_or(name).to_owned();
        for key in &table.foreign_keys {
            let text = stem(&key.name)
                .strip_suffix("_fkey")
                .map_or_else(|| stem(&key.name), |stem| format!("{stem}_foreign_key"));
            add(
                &key.name,
                text,
                format!("`{}`: `{}` has the row that ({}) references.", key.name, key.table, columns(&key.columns)),
            );
        }
        for unique in &table.uniques {
            add(
                &unique.name,
                stem(&unique.name),
                format!("`{}`: ({}) is unique.", unique.name, columns(&unique.columns)),
            );
        }
        for index in table.indexes.iter().filter(|index| index.unique) {
            add(&index.name, stem(&index.name), format!("`{}`: a unique index.", index.name));
        }
        // Whether the type is an enumeration only the compiler knows.
        for column in table.columns.iter().filter(|column| matches!(column.sql_type, SqlType::Rust(_))) {
            let name = ddl::enumeration_check_name(&table.name, &column.name);
            // A newtype may have a check of its own, which an enumeration cannot have next to its values.
            if table.checks.iter().any(|check| check.name == name) {
                continue;
            }
            let doc = format!("`{name}`: `{}` holds a value of its enumeration, where its type is one.", column.name);
            add(&name, stem(&name), doc);
        }
        for check in &table.checks {
            add(&check.name, stem(&check.name), format!("`{}`: `{}`.", check.name, check.expression));
        }
        for exclusion in &table.exclusions {
            add(&exclusion.name, stem(&exclusion.name), format!("`{}`: an exclusion constraint.", exclusion.name));
        }
        named
    }
}

/// A variant's name from a constraint's, which may be any text.
fn variant(text: &str) -> String {
    let camel = text.to_upper_camel_case();
    let is_plain = camel.bytes().all(|letter| letter.is_ascii_alphanumeric());
    // Nothing in upper camel case is a keyword but this one.
    if is_plain && camel.starts_with(|first: char| first.is_ascii_alphabetic()) && camel != "Self" {
        return camel;
    }
    let ident = |text: &str| syn::parse_str::<Ident>(text).map(|ident| ident.to_string());
    ident(&camel).or_else(|_| ident(&format!("Constraint{camel}"))).unwrap_or_else(|_| "Unnamed".to_owned())
}
