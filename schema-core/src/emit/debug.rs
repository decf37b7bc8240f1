//! A `Debug` that a log may see.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use super::Emit;
use crate::schema::Column;

impl Emit<'_> {
    /// Whether the model asks for it with a word of `#[table(…)]`.
    pub(super) fn asks_for(&self, word: &str) -> bool {
        self.model.raw.attributes.get("table").is_some_and(|args| args.flag(word))
    }

    /// `Debug` without personal data, where the model asks for it.
    pub(super) fn debug(&self) -> Option<TokenStream> {
        let raw = &self.model.raw;
        let fields = raw.fields.iter().zip(&self.model.table.columns).map(|(field, column)| (&field.ident, column.pii));
        self.asks_for("debug").then(|| shown(&raw.ident, fields))
    }

    /// `Debug` of the struct that holds these columns, and then the struct of those that may be left out.
    pub(super) fn debug_of(&self, ident: &Ident, columns: &[&Column], rest: Option<&Ident>) -> Option<TokenStream> {
        let fields = columns.iter().map(|column| (self.field_of(column).0, column.pii));
        self.asks_for("debug").then(|| shown(ident, fields.chain(rest.map(|rest| (rest, false)))))
    }

    /// `Clone` of what a program fills in, where the model asks for it.
    pub(super) fn clone_of(&self) -> Option<TokenStream> {
        self.asks_for("clone").then(|| quote!(#[derive(::core::clone::Clone)]))
    }
}

/// `Debug` by one call, whatever the number of fields.
pub(super) fn shown<'i>(ident: &Ident, fields: impl Iterator<Item = (&'i Ident, bool)>) -> TokenStream {
    let fields = fields.map(|(ident, is_personal)| {
        let name = ident.unraw().to_string();
        let value = if is_personal { quote!(&::tablewright::rt::Redacted) } else { quote!(&self.#ident) };
        quote!((#name, #value))
    });
    let name = ident.unraw().to_string();
    quote! {
        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::tablewright::rt::debug(f, #name, &[#(#fields),*])
            }
        }
    }
}
