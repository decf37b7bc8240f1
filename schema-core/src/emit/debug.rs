//! A `Debug` that a log may see.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::code::Code;
use super::{Emit, Field};
use crate::schema::Column;

impl Emit<'_> {
    /// Whether the model asks for it with a word of `#[table(…)]`.
    pub(super) fn asks_for(&self, word: &str) -> bool {
        self.model.raw.attributes.get("table").is_some_and(|args| args.flag(word))
    }

    /// `Debug` without personal data and secrets, where the model asks for it.
    pub(super) fn debug(&self, code: &mut Code) {
        if self.asks_for("debug") {
            let fields = self
                .fields
                .iter()
                .zip(&self.model.table.columns)
                .map(|(field, column)| (field, column.is_confidential()));
            shown(code, &self.model.raw.ident, fields, None);
        }
    }

    /// `Debug` of the struct that holds these columns, and then the struct of those that may be left out.
    pub(super) fn debug_of(&self, code: &mut Code, ident: &Ident, columns: &[&Column], rest: Option<&str>) {
        if self.asks_for("debug") {
            shown(code, ident, columns.iter().map(|column| (self.field_of(column), column.is_confidential())), rest);
        }
    }

    /// `Clone` of what a program fills in, where the model asks for it.
    pub(super) fn clone_of(&self, code: &mut Code) {
        if self.asks_for("clone") {
            code.text("#[derive(::core::clone::Clone)]");
        }
    }
}

/// `Debug` by one call, whatever the number of fields.
pub(super) fn shown<'f>(
    code: &mut Code,
    ident: &Ident,
    fields: impl Iterator<Item = (&'f Field<'f>, bool)>,
    rest: Option<&str>,
) {
    code.text(&format!("#[automatically_derived] impl ::core::fmt::Debug for {ident} {{"));
    code.text("fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {");
    code.text(&format!("::tablewright::rt::debug(f, \"{}\", &[", ident.unraw()));
    for (field, is_confidential) in fields {
        let value =
            if is_confidential { "&::tablewright::rt::Redacted".to_owned() } else { format!("&self.{}", field.name) };
        code.text(&format!("(\"{}\", {value}),", field.ident.unraw()));
    }
    if let Some(rest) = rest {
        code.text(&format!("(\"{rest}\", &self.{rest}),"));
    }
    code.text("]) } }");
}
