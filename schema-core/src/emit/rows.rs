//! What a program fills in: the new row and the patch.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Type;

use super::{Emit, at, tuple};
use crate::schema::{Column, TableKind};
use crate::sql::dml::{Bound, LeftOut};

impl Emit<'_> {
    /// The structs of a new row and of a patch, and how they are bound.
    pub(super) fn rows(&self) -> TokenStream {
        let new = self.new_row();
        let patch = self.has_patch().then(|| self.patch());
        quote! { #new #patch }
    }

    /// Whether rows of the table can be changed by a patch.
    pub(super) fn has_patch(&self) -> bool {
        self.model.table.kind == TableKind::Standard && !self.columns.mutable.is_empty()
    }

    /// The field that holds the columns which may be left out.
    pub(super) fn optional_field(&self) -> Ident {
        let taken = self.columns.required.iter().any(|column| self.field_of(column).0 == "optional");
        if taken { format_ident!("optional_columns") } else { format_ident!("optional") }
    }

    fn new_row(&self) -> TokenStream {
        let table = &self.model.table.name;
        let vis = &self.model.raw.vis;
        let (new, optional) = (self.new_ident(), self.companion("Optional"));
        let required = self.columns.required.iter().map(|column| {
            let (ident, ty) = self.field_of(column);
            let doc = column_doc(column, "");
            quote! { #[doc = #doc] pub #ident: #ty }
        });
        let field = self.optional_field();
        let has_optional = !self.columns.optional.is_empty();
        let optional_field = has_optional.then(|| {
            let doc = "What may be left out: `Default::default()` leaves out all of it.";
            quote! { #[doc = #doc] pub #field: #optional }
        });
        let clone = self.clone_of();
        let debug = self.debug_of(&new, &self.columns.required, has_optional.then_some(&field));
        let optional_struct = has_optional.then(|| {
            let fields = self.columns.optional.iter().map(|column| {
                let (ident, ty) = self.field_of(column);
                let without = match (&column.default, column.nullable) {
                    (Some(default), true) => format!("`None` leaves it out (`{default}`), `Some(None)` is NULL."),
                    (Some(default), false) => format!("`None` leaves it out: `{default}`."),
                    (None, _) if column.has_default() => "`None` leaves it out: the server numbers it.".to_owned(),
                    (None, _) => "`None` is NULL.".to_owned(),
                };
                let doc = column_doc(column, &without);
                let ty = if let (false, true) = (column.has_default(), column.nullable) {
                    quote!(#ty)
                } else {
                    quote!(::core::option::Option<#ty>)
                };
                quote! { #[doc = #doc] pub #ident: #ty }
            });
            let doc = format!("The columns of a new row of `{table}` that may be left out.");
            let debug = self.debug_of(&optional, &self.columns.optional, None);
            quote! {
                #[doc = #doc]
                #[allow(clippy::option_option)]
                #[derive(::core::default::Default)]
                #clone
                #vis struct #optional { #(#fields),* }
                #debug
            }
        });
        let doc = format!("A new row of `{table}`: the columns that have to be given, and those that may be left out.");
        let puts = self.new_puts(&field);
        let bind = bind_impl(&new, &puts, self.broken);
        quote! {
            #[doc = #doc]
            #clone
            #vis struct #new { #(#required,)* #optional_field }
            #debug
            #optional_struct
            #bind
        }
    }

    fn new_puts(&self, field: &Ident) -> Vec<TokenStream> {
        let required = self.columns.required.len();
        let mut puts = Vec::new();
        for (position, Bound { column, left_out }) in self.columns.inserted().into_iter().enumerate() {
            let (ident, ty) = self.field_of(column);
            let (ident, span) = (respanned(ident, ty), at(ty));
            let value = if position < required {
                quote_spanned!(span=> self.#ident)
            } else {
                quote_spanned!(span=> self.#field.#ident)
            };
            if left_out == LeftOut::ByFlag {
                puts.push(quote!(&#value.is_some()));
            }
            puts.push(quote_spanned!(span=> &#value));
        }
        puts
    }

    fn patch(&self) -> TokenStream {
        let table = &self.model.table.name;
        let vis = &self.model.raw.vis;
        let patch = self.companion("Patch");
        let mut puts = Vec::new();
        let fields = self.columns.mutable.iter().map(|column| {
            let (ident, ty) = self.field_of(column);
            let (place, span) = (respanned(ident, ty), at(ty));
            let doc = if column.nullable {
                puts.push(quote!(&self.#ident.is_some()));
                column_doc(column, "`None` leaves it as it is, `Some(None)` sets NULL.")
            } else {
                column_doc(column, "`None` leaves it as it is.")
            };
            puts.push(quote_spanned!(span=> &self.#place));
            quote! { #[doc = #doc] pub #ident: ::core::option::Option<#ty> }
        });
        let fields: Vec<TokenStream> = fields.collect();
        let doc = format!("What to change in a row of `{table}`: everything may be left out.");
        let bind = bind_impl(&patch, &puts, self.broken);
        let (clone, debug) = (self.clone_of(), self.debug_of(&patch, &self.columns.mutable, None));
        quote! {
            #[doc = #doc]
            #[allow(clippy::option_option)]
            #[derive(::core::default::Default)]
            #clone
            #vis struct #patch { #(#fields),* }
            #debug
            #bind
        }
    }
}

fn column_doc(column: &Column, more: &str) -> String {
    let about = column.comment.clone().unwrap_or_else(|| format!("The column `{}`.", column.name));
    if more.is_empty() { about } else { format!("{about}\n\n{more}") }
}

/// The same name at the place of its type.
fn respanned(ident: &Ident, ty: &Type) -> Ident {
    let mut ident = ident.clone();
    ident.set_span(at(ty));
    ident
}

fn bind_impl(ident: &Ident, puts: &[TokenStream], broken: bool) -> TokenStream {
    let count = puts.len();
    let body = if broken || puts.is_empty() {
        quote! { { let _ = (column, cell); ::core::result::Result::Ok(()) } }
    } else {
        let values = tuple::values(puts);
        quote!(::tablewright::rt::put(#values, column, cell))
    };
    quote! {
        #[automatically_derived]
        impl ::tablewright::rt::Row for #ident {
            const COLUMNS: ::core::primitive::usize = #count;
            fn put(
                &self,
                column: ::core::primitive::usize,
                cell: &mut ::tablewright::rt::Cell<'_>,
            ) -> ::tablewright::rt::Put {
                #body
            }
        }
    }
}
