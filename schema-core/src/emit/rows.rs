//! What a program fills in: the new row and the patch.

use proc_macro2::{Delimiter, Ident, TokenStream};

use super::code::{Code, parsed};
use super::{Emit, tuple};
use crate::queries::helpers;
use crate::schema::Column;
use crate::sql::dml::{Bound, LeftOut};

/// What follows the first argument of a function that puts a value.
pub(super) const PUT: &str = "column: ::core::primitive::usize, cell: &mut ::tablewright::rt::Cell<'_>) \
                              -> ::tablewright::rt::Put";

impl Emit<'_> {
    /// The structs of a new row and of a patch, and how they are bound.
    pub(super) fn rows(&self, code: &mut Code) {
        self.new_row(code);
        if self.has_patch() {
            self.patch(code);
        }
    }

    /// Whether rows of the table can be changed by a patch.
    pub(super) fn has_patch(&self) -> bool {
        helpers::has_patch(&self.model.table)
    }

    /// The field that holds the columns which may be left out.
    pub(super) fn optional_field(&self) -> &'static str {
        let taken = self.columns.required.iter().any(|column| self.field_of(column).name == "optional");
        if taken { "optional_columns" } else { "optional" }
    }

    fn new_row(&self, code: &mut Code) {
        let table = &self.model.table.name;
        let (new, optional) = (self.new_ident(), self.companion("Optional"));
        let field = self.optional_field();
        let has_optional = !self.columns.optional.is_empty();
        code.doc(&format!(
            "A new row of `{table}`: the columns that have to be given, and those that may be left out."
        ));
        self.clone_of(code);
        code.text(&self.vis).text(" struct ").tokens(&new).braces(|code| {
            for column in &self.columns.required {
                code.doc(&column_doc(column, ""));
                self.declare(code, column, "", "");
            }
            if has_optional {
                code.doc("What may be left out: `Default::default()` leaves out all of it.");
                code.text(&format!("pub {field}: {optional},"));
            }
        });
        self.debug_of(code, &new, &self.columns.required, has_optional.then_some(field));
        if has_optional {
            code.doc(&format!("The columns of a new row of `{table}` that may be left out."));
            self.optionals(code, &optional, &self.columns.optional, |column| {
                let without = match (&column.default, column.nullable) {
                    (Some(default), true) => format!("`None` leaves it out (`{default}`), `Some(None)` is NULL."),
                    (Some(default), false) => format!("`None` leaves it out: `{default}`."),
                    (None, _) if column.has_default() => "`None` leaves it out: the server numbers it.".to_owned(),
                    (None, _) => "`None` is NULL.".to_owned(),
                };
                (column_doc(column, &without), column.has_default() || !column.nullable)
            });
        }
        let required = self.columns.required.len();
        let mut puts = Vec::new();
        for (position, Bound { column, left_out }) in self.columns.inserted().into_iter().enumerate() {
            let inside = (position >= required).then_some(field);
            let of_column = self.field_of(column);
            if left_out == LeftOut::ByFlag {
                puts.push(parsed(&format!("&self.{field}.{}.is_some()", of_column.name)));
            }
            puts.push(of_column.value(inside));
        }
        self.bind(code, &new, &puts);
    }

    fn patch(&self, code: &mut Code) {
        let table = &self.model.table.name;
        let patch = self.companion("Patch");
        code.doc(&format!("What to change in a row of `{table}`: everything may be left out."));
        self.optionals(code, &patch, &self.columns.mutable, |column| {
            let unchanged = "`None` leaves it as it is";
            let more = if column.nullable { ", `Some(None)` sets NULL." } else { "." };
            (column_doc(column, &format!("{unchanged}{more}")), true)
        });
        let mut puts = Vec::new();
        for column in &self.columns.mutable {
            let field = self.field_of(column);
            if column.nullable {
                puts.push(parsed(&format!("&self.{}.is_some()", field.name)));
            }
            puts.push(field.value(None));
        }
        self.bind(code, &patch, &puts);
    }

    /// A struct of fields that may be left out. `about` gives a field's documentation, and whether an `Option` comes around
    /// its type.
    fn optionals(&self, code: &mut Code, name: &Ident, columns: &[&Column], about: impl Fn(&Column) -> (String, bool)) {
        code.text("#[allow(clippy::option_option)]");
        self.clone_of(code);
        code.text(&self.vis).text(" struct ").tokens(name).braces(|code| {
            for column in columns {
                let (doc, around) = about(column);
                code.doc(&doc);
                let (before, behind) = if around { ("::core::option::Option<", ">") } else { ("", "") };
                self.declare(code, column, before, behind);
            }
        });
        // By hand: what the derive of it writes is more work for the compiler.
        code.text(&format!(
            "#[automatically_derived] impl ::core::default::Default for {name} {{ fn default() -> Self {{ Self {{"
        ));
        for column in columns {
            code.text(&self.field_of(column).name).text(": ::core::option::Option::None,");
        }
        code.text("} } }");
        self.debug_of(code, name, columns, None);
    }

    /// The field of a column, with its own name and type.
    fn declare(&self, code: &mut Code, column: &Column, before: &str, behind: &str) {
        let field = self.field_of(column);
        code.text("pub ").name(field.ident).text(before).tokens(field.tokens.clone()).text(behind).text(",");
    }

    /// How a row of that type is bound.
    fn bind(&self, code: &mut Code, name: &Ident, puts: &[TokenStream]) {
        let count = puts.len();
        code.text(&format!("#[automatically_derived] impl ::tablewright::rt::Row for {name}")).braces(|code| {
            code.text(&format!("const COLUMNS: ::core::primitive::usize = {count};"));
            code.text("fn put(&self,").text(PUT);
            self.put(code, puts);
        });
    }

    /// The body of a function that puts one of these values.
    pub(super) fn put(&self, code: &mut Code, puts: &[TokenStream]) {
        code.braces(|code| {
            if self.broken || puts.is_empty() {
                code.text("let _ = (column, cell); ::core::result::Result::Ok(())");
                return;
            }
            code.text("::tablewright::rt::put").group(Delimiter::Parenthesis, |code| {
                tuple::values(code, puts);
                code.text(", column, cell");
            });
        });
    }
}

fn column_doc(column: &Column, more: &str) -> String {
    let about = column.comment.clone().unwrap_or_else(|| format!("The column `{}`.", column.name));
    if more.is_empty() { about } else { format!("{about}\n\n{more}") }
}
