//! The traits that carry the common helpers: constants, the row decoder and the key.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{Emit, at, never};
use crate::schema::TableKind;
use crate::sql::{SqlText, dml};

impl Emit<'_> {
    pub(super) fn table(&self) -> TokenStream {
        let table = &self.model.table;
        let (ident, new, constraint) = (self.ident(), self.new_ident(), self.companion("Constraint"));
        let name = &table.name;
        let text = |sql: String| self.text(&SqlText::from(sql));
        let unnest = dml::can_unnest(table) && !self.columns.inserted().is_empty();
        let (insert_many, returning) = if unnest {
            (self.text(&dml::insert_many(table)), self.text(&dml::insert_many_returning(table)))
        } else {
            (quote!(""), quote!(""))
        };
        let (find, find_many) = (text(dml::find(table)), self.text(&dml::find_many(table)));
        let (exists, count, insert) = (text(dml::exists(table)), text(dml::count(table)), text(dml::insert(table)));
        let fields = self.model.raw.fields.iter().enumerate().map(|(index, field)| {
            let (ident, span) = (&field.ident, at(&field.ty));
            // At the type's tokens, so that a type which is no column is one error there.
            let value = quote_spanned!(span=> ::tablewright::rt::column(row, #index)?);
            quote!(#ident: #value)
        });
        let decode = if self.broken {
            let never = never();
            quote!({ let _ = row; #never })
        } else {
            quote!(::core::result::Result::Ok(Self { #(#fields),* }))
        };
        let (key, key_columns, put_key) = self.key();
        let capabilities = self.capabilities();
        quote! {
            #[automatically_derived]
            impl ::tablewright::Table for #ident {
                type Key = #key;
                type New = #new;
                type Constraint = #constraint;
                const NAME: &'static ::core::primitive::str = #name;
                const CREATE_TABLE: &'static ::core::primitive::str = Self::CREATE_TABLE;
                const CREATE_INDEXES: &'static ::core::primitive::str = Self::CREATE_INDEXES;
                const COMMENTS: &'static ::core::primitive::str = Self::COMMENTS;
                const KEY_COLUMNS: ::core::primitive::usize = #key_columns;
                const UNNEST: ::core::primitive::bool = #unnest;
                const FIND: &'static ::core::primitive::str = #find;
                const FIND_MANY: &'static ::core::primitive::str = #find_many;
                const EXISTS: &'static ::core::primitive::str = #exists;
                const COUNT: &'static ::core::primitive::str = #count;
                const INSERT: &'static ::core::primitive::str = #insert;
                const INSERT_MANY: &'static ::core::primitive::str = #insert_many;
                const INSERT_MANY_RETURNING: &'static ::core::primitive::str = #returning;
                fn decode(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
                    #decode
                }
                fn put_key(
                    key: &Self::Key,
                    column: ::core::primitive::usize,
                    cell: &mut ::tablewright::rt::Cell<'_>,
                ) -> ::tablewright::rt::Put {
                    #put_key
                }
            }
            #capabilities
        }
    }

    /// The key's type, its number of columns, and how a column of it is put.
    fn key(&self) -> (TokenStream, usize, TokenStream) {
        let keys = &self.model.table.primary_key.columns;
        let types: Vec<_> = keys.iter().filter_map(|key| self.field(key)).map(|(_, ty)| ty).collect();
        let nothing = quote! { let _ = (key, column, cell); ::core::result::Result::Ok(()) };
        if types.len() != keys.len() || keys.is_empty() {
            return (quote!(()), keys.len(), nothing);
        }
        if self.broken {
            let key = if let [ty] = types.as_slice() { quote!(#ty) } else { quote!((#(#types),*)) };
            return (key, keys.len(), nothing);
        }
        match types.as_slice() {
            [ty] => (quote!(#ty), 1, quote! { let _ = column; cell.put(key) }),
            types => {
                let arms = (0..types.len()).map(|index| {
                    let place = syn::Index::from(index);
                    quote!(#index => cell.put(&key.#place),)
                });
                let body = quote! { match column { #(#arms)* _ => ::core::result::Result::Ok(()) } };
                (quote!((#(#types),*)), types.len(), body)
            }
        }
    }

    /// What may be done with a row beyond reading and inserting it.
    fn capabilities(&self) -> TokenStream {
        let table = &self.model.table;
        let ident = self.ident();
        let text = |sql: String| self.text(&SqlText::from(sql));
        let update = self.has_patch().then(|| {
            let (patch, update) = (self.companion("Patch"), text(dml::update(table)));
            quote! {
                #[automatically_derived]
                impl ::tablewright::Update for #ident {
                    type Patch = #patch;
                    const UPDATE: &'static ::core::primitive::str = #update;
                }
            }
        });
        let delete = (table.kind != TableKind::AppendOnly).then(|| {
            let delete = text(dml::delete(table));
            quote! {
                #[automatically_derived]
                impl ::tablewright::Delete for #ident {
                    const DELETE: &'static ::core::primitive::str = #delete;
                }
            }
        });
        let soft = (table.kind != TableKind::AppendOnly && table.soft_delete.is_some()).then(|| {
            let (restore, purge) = (text(dml::restore(table)), text(dml::purge(table)));
            quote! {
                #[automatically_derived]
                impl ::tablewright::SoftDelete for #ident {
                    const RESTORE: &'static ::core::primitive::str = #restore;
                    const PURGE: &'static ::core::primitive::str = #purge;
                }
            }
        });
        quote! { #update #delete #soft }
    }
}
