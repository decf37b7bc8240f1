//! Schema to Rust: what the derives put beside the user's items.
//!
//! What is emitted decides the compile time of every user, so there is no `async` block, closure or generic body in it:
//! constants, small functions over them, and calls of the runtime, where the bodies live once. Every path is absolute,
//! so that a program which shadows `Option` or `Result` compiles all the same.

mod constants;
mod constraint;
mod debug;
mod enumeration;
mod finders;
mod newtype;
mod queries;
mod rows;
mod table;
mod tuple;
mod witness;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Type;
use syn::spanned::Spanned as _;

use crate::dialect::{Dialect, Target};
use crate::parse::Model;
use crate::schema::{Column, Profile};
use crate::sql::SqlText;
use crate::sql::dml::Columns;

pub use enumeration::enumeration;
pub use newtype::newtype;

/// What a table's derive emits.
///
/// With `broken`, after errors were reported: the same items with bodies that are never run, so that the program's
/// uses of them are no further errors.
#[must_use]
pub fn table(model: &Model, profile: &Profile, broken: bool) -> TokenStream {
    let emit = Emit {
        model,
        columns: Columns::of(&model.table),
        dialect: Target::common(&profile.targets),
        comments: profile.query_comments,
        broken,
    };
    let constants = emit.constants();
    let rows = emit.rows();
    let constraint = emit.constraint();
    let table = emit.table();
    let finders = emit.finders();
    let queries = emit.queries();
    let debug = emit.debug();
    let witness = if broken { TokenStream::new() } else { emit.witness() };
    // Witnesses first: what a type is not is said once, before every use of it fails.
    quote! { #witness #constants #rows #constraint #table #finders #queries #debug }
}

struct Emit<'a> {
    model: &'a Model,
    columns: Columns<'a>,
    dialect: &'static Dialect,
    /// Each statement begins with its name.
    comments: bool,
    broken: bool,
}

impl Emit<'_> {
    fn ident(&self) -> &Ident {
        &self.model.raw.ident
    }

    /// The name of an item that belongs to the model: `NewOrder`, `OrderPatch`.
    fn new_ident(&self) -> Ident {
        format_ident!("New{}", self.ident())
    }

    fn companion(&self, suffix: &str) -> Ident {
        format_ident!("{}{suffix}", self.ident())
    }

    /// The name of a helper with its table: `orders.find`.
    fn full(&self, helper: impl std::fmt::Display) -> String {
        format!("{}.{helper}", self.model.table.name)
    }

    /// A helper's statement, behind its name where the profile asks for it.
    fn named(&self, helper: impl std::fmt::Display, sql: impl Into<SqlText>) -> SqlText {
        let sql = sql.into();
        if !self.comments || sql.as_text().is_some_and(str::is_empty) {
            return sql;
        }
        let mut named = SqlText::default();
        // A name of which PostgreSQL takes any text must not end the comment.
        named.push(&format!("/* {} */ ", self.full(helper).replace("*/", "").replace("/*", "")));
        named.append(&sql);
        named
    }

    /// The field of a column: its name and its type.
    fn field(&self, column: &str) -> Option<(&Ident, &Type)> {
        let position = self.model.table.columns.iter().position(|found| found.name == column)?;
        self.model.raw.fields.get(position).map(|field| (&field.ident, &field.ty))
    }

    fn field_of(&self, column: &Column) -> (&Ident, &Type) {
        // Columns and fields are made side by side; a column that is asked for is one of them.
        self.field(&column.name).unwrap_or_else(|| (&self.model.raw.ident, &self.model.raw.fields[0].ty))
    }
}

/// The place of a field's type with the scope of the derive: code that is shown there when it fails, whatever macro the
/// type came from. What is wrong with the type is then one error, at the type.
fn at(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}

/// The same where a future has no name: a panic is none.
fn pending() -> TokenStream {
    quote! { ::core::future::pending() }
}

/// A body that is never run, where errors were reported.
fn never() -> TokenStream {
    quote! { ::core::panic!("this model did not compile") }
}
