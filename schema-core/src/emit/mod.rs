//! Schema to Rust: what the derives put next to the user's items.
//!
//! What is emitted decides the compile time of every user, so there is no `async` block, closure or generic body in it:
//! constants, small functions over them, and calls of the runtime, where the bodies live once. Every path is absolute,
//! so that a program which shadows `Option` or `Result` compiles all the same.

mod code;
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

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident, quote};
use syn::Type;
use syn::spanned::Spanned as _;

use crate::config::Profile;
use crate::dialect::{Dialect, Target};
use crate::parse::Model;
use crate::parse::types::without_option;
use crate::schema::Column;
use crate::sql::SqlText;
use crate::sql::dml::Columns;

use self::code::Code;

pub use enumeration::enumeration;
pub use newtype::newtype;

/// What a table's derive emits.
///
/// With `broken`, after errors were reported: the same items with bodies that are never run, so that the program's
/// uses of them are not further errors.
#[must_use]
pub fn table(model: &Model, profile: &Profile, broken: bool) -> TokenStream {
    let emit = Emit::new(model, profile, broken);
    let mut code = Code::default();
    // Witnesses first: what a type is not is said once, before every use of it fails.
    if !broken {
        emit.witness(&mut code);
    }
    emit.constants(&mut code);
    emit.rows(&mut code);
    emit.constraint(&mut code);
    emit.table(&mut code);
    emit.finders(&mut code);
    emit.queries(&mut code);
    emit.debug(&mut code);
    code.finish()
}

struct Emit<'a> {
    model: &'a Model,
    columns: Columns<'a>,
    dialect: &'static Dialect,
    /// Each statement begins with its name.
    comments: bool,
    broken: bool,
    /// The struct's name and its visibility, as text.
    name: String,
    vis: String,
    fields: Vec<Field<'a>>,
}

/// A field of the model: the column of the same place.
struct Field<'a> {
    ident: &'a Ident,
    /// Its name as text; raw where it is a keyword.
    name: String,
    ty: &'a Type,
    /// The type's tokens, which keep their place.
    tokens: TokenStream,
    /// The place of the type: see [`at`].
    at: Span,
}

impl<'a> Emit<'a> {
    fn new(model: &'a Model, profile: &Profile, broken: bool) -> Self {
        let vis = &model.raw.vis;
        let fields = model.raw.fields.iter().map(|field| {
            let (ident, ty) = (&field.ident, &field.ty);
            Field { ident, name: ident.to_string(), ty, tokens: ty.to_token_stream(), at: at(ty) }
        });
        Self {
            model,
            columns: Columns::of(&model.table),
            dialect: Target::common(&profile.targets),
            comments: profile.query_comments,
            broken,
            name: model.raw.ident.to_string(),
            vis: quote!(#vis).to_string(),
            fields: fields.collect(),
        }
    }

    fn ident(&self) -> &Ident {
        &self.model.raw.ident
    }

    /// The name of an item that belongs to the model: `NewOrder`.
    fn new_ident(&self) -> Ident {
        format_ident!("New{}", self.ident())
    }

    /// `OrderPatch`.
    fn companion(&self, suffix: &str) -> Ident {
        format_ident!("{}{suffix}", self.ident())
    }

    /// The name of a helper with its table: `orders.find`.
    fn full(&self, helper: &str) -> String {
        format!("{}.{helper}", self.model.table.name)
    }

    /// A helper's statement, after its name where the profile asks for it.
    fn named(&self, helper: &str, sql: impl Into<SqlText>) -> SqlText {
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

    /// The field of a column.
    fn field(&self, column: &str) -> Option<&Field<'a>> {
        let position = self.model.table.columns.iter().position(|found| found.name == column)?;
        self.fields.get(position)
    }

    fn field_of(&self, column: &Column) -> &Field<'a> {
        // Columns and fields are made side by side; a column that is asked for is one of them.
        self.field(&column.name).unwrap_or_else(|| &self.fields[0])
    }
}

impl Field<'_> {
    /// The type's tokens, without an `Option` around it.
    fn bare(&self) -> TokenStream {
        let bare = without_option(self.ty);
        if std::ptr::eq(bare, self.ty) { self.tokens.clone() } else { bare.to_token_stream() }
    }

    /// The values of the type, where it is an enumeration.
    fn stored(&self) -> TokenStream {
        let ty = self.bare();
        quote!(<#ty as ::tablewright::SqlType>::STORED)
    }

    /// `&self.status`, at the place of its type: what fails for the type is then shown there, once. With `inside`,
    /// `&self.optional.status`.
    fn value(&self, inside: Option<&str>) -> TokenStream {
        let punct = |sign| {
            let mut punct = Punct::new(sign, Spacing::Alone);
            punct.set_span(self.at);
            TokenTree::from(punct)
        };
        let name = |name: &str| TokenTree::from(Ident::new(name, self.at));
        let mut ident = self.ident.clone();
        ident.set_span(self.at);
        let mut tokens = vec![punct('&'), name("self"), punct('.')];
        if let Some(inside) = inside {
            tokens.extend([name(inside), punct('.')]);
        }
        tokens.push(ident.into());
        tokens.into_iter().collect()
    }
}

/// The place of a field's type with the scope of the derive: code that is shown there when it fails, whatever macro the
/// type came from. What is wrong with the type is then one error, at the type.
fn at(ty: &Type) -> Span {
    Span::call_site().located_at(ty.span())
}

/// A body that is never run, where errors were reported.
const NEVER: &str = "::core::panic!(\"this model did not compile\")";
