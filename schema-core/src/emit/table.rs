//! The traits that carry the common helpers: constants, the row decoder and the key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Emit, never, tuple};
use crate::schema::{Table, TableKind};
use crate::sql::{bulk, dml};

impl Emit<'_> {
    pub(super) fn table(&self) -> TokenStream {
        let table = &self.model.table;
        let (ident, new, constraint) = (self.ident(), self.new_ident(), self.companion("Constraint"));
        let name = &table.name;
        let text = |helper: &str, sql: String| self.text(&self.named(helper, sql));
        let unnest = bulk::can_unnest(table) && !self.columns.inserted().is_empty();
        let (insert_many, returning) = if unnest {
            (
                self.text(&self.named("insert_many", bulk::insert_many(table))),
                self.text(&self.named("insert_many_returning", bulk::insert_many_returning(table))),
            )
        } else {
            (quote!(""), quote!(""))
        };
        let (find, find_many) =
            (text("find", dml::find(table)), self.text(&self.named("find_many", bulk::find_many(table))));
        let (exists, count) = (text("exists", dml::exists(table)), text("count", dml::count(table)));
        let insert = text("insert", dml::insert(table));
        let when = |has: bool, helper: &str, sql: fn(&Table) -> String| {
            if has { text(helper, sql(table)) } else { quote!("") }
        };
        let (deletes, soft) = (self.deletes(), self.deletes_softly());
        let (update, delete) = (when(self.has_patch(), "update", dml::update), when(deletes, "delete", dml::delete));
        let (restore, purge) = (when(soft, "restore", dml::restore), when(soft, "purge", dml::purge));
        let (lock, lock_shared) = (text("lock", dml::lock(table, false)), text("lock_shared", dml::lock(table, true)));
        let update_many = if self.has_patch() && bulk::can_unnest_patches(table) {
            self.text(&self.named("update_many", bulk::update_many(table)))
        } else {
            quote!("")
        };
        let unchanged = dml::update_if_unchanged(table).filter(|_| self.has_patch()).unwrap_or_default();
        let unchanged = text("update_if_unchanged", unchanged);
        let delete_many =
            if deletes { self.text(&self.named("delete_many", bulk::delete_many(table))) } else { quote!("") };
        let (copy, copy_columns) = bulk::copy(table).unwrap_or_default();
        let copy = text("copy_in", copy);
        let decode = self.decode();
        let (key, key_columns, put_key) = self.key();
        let primary_key = self.primary_key();
        let capabilities = self.capabilities();
        quote! {
            #[automatically_derived]
            impl ::tablewright::Table for #ident {
                type Key = #key;
                type PrimaryKey = #primary_key;
                type New = #new;
                type Constraint = #constraint;
                const MODEL: &'static ::tablewright::rt::Model = &::tablewright::rt::Model {
                    name: #name,
                    create_table: Self::CREATE_TABLE,
                    create_indexes: Self::CREATE_INDEXES,
                    comments: Self::COMMENTS,
                    key_columns: #key_columns,
                    find: #find,
                    find_many: #find_many,
                    lock: #lock,
                    lock_shared: #lock_shared,
                    exists: #exists,
                    count: #count,
                    insert: #insert,
                    insert_many: #insert_many,
                    insert_many_returning: #returning,
                    copy: #copy,
                    copy_columns: #copy_columns,
                    update: #update,
                    update_many: #update_many,
                    update_if_unchanged: #unchanged,
                    delete: #delete,
                    delete_many: #delete_many,
                    restore: #restore,
                    purge: #purge,
                };
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

    /// The type of the primary key.
    fn primary_key(&self) -> TokenStream {
        let keys = &self.model.table.primary_key.columns;
        let types: Vec<_> = keys.iter().filter_map(|key| self.field(key)).map(|(_, ty)| ty).collect();
        if let [ty] = types.as_slice() { quote!(#ty) } else { quote!((#(#types),*)) }
    }

    /// The row as it was seen: its key and its version.
    fn versioned(&self) -> Option<TokenStream> {
        let table = &self.model.table;
        let version = dml::version(table).filter(|_| self.has_patch())?;
        let fields: Vec<_> = dml::key(table)
            .iter()
            .chain([&version.name])
            .filter_map(|column| self.field(column))
            .map(|(ident, _)| quote!(&self.#ident))
            .collect();
        let ident = self.ident();
        let body = if self.broken {
            quote! { { let _ = (column, cell); ::core::result::Result::Ok(()) } }
        } else {
            let values = tuple::values(&fields);
            quote!(::tablewright::rt::put(#values, column, cell))
        };
        Some(quote! {
            #[automatically_derived]
            impl ::tablewright::Versioned for #ident {
                fn put_seen(
                    &self,
                    column: ::core::primitive::usize,
                    cell: &mut ::tablewright::rt::Cell<'_>,
                ) -> ::tablewright::rt::Put {
                    #body
                }
            }
        })
    }

    /// The key's type, its number of columns, and how a column of it is put.
    fn key(&self) -> (TokenStream, usize, TokenStream) {
        let keys = &dml::key(&self.model.table);
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
                let values: Vec<TokenStream> = (0..types.len())
                    .map(|index| {
                        let place = syn::Index::from(index);
                        quote!(&key.#place)
                    })
                    .collect();
                let values = tuple::values(&values);
                let body = quote!(::tablewright::rt::put(#values, column, cell));
                (quote!((#(#types),*)), types.len(), body)
            }
        }
    }

    /// Rows can be deleted.
    fn deletes(&self) -> bool {
        self.model.table.kind != TableKind::AppendOnly
    }

    /// Rows can be deleted, and are kept.
    fn deletes_softly(&self) -> bool {
        self.deletes() && self.model.table.soft_delete.is_some()
    }

    /// A row from its columns: one tuple, which the compiler checks as one thing.
    fn decode(&self) -> TokenStream {
        if self.broken {
            let never = never();
            return quote!({ let _ = row; #never });
        }
        let fields = &self.model.raw.fields;
        let types = tuple::types(&fields.iter().map(|field| &field.ty).collect::<Vec<_>>());
        let fields = fields.iter().enumerate().map(|(index, field)| {
            let (ident, place) = (&field.ident, tuple::place(index, fields.len()));
            quote!(#ident: columns #place)
        });
        quote! {
            match ::tablewright::rt::columns::<#types>(row) {
                ::core::result::Result::Ok(columns) => ::core::result::Result::Ok(Self { #(#fields),* }),
                ::core::result::Result::Err(error) => ::core::result::Result::Err(error),
            }
        }
    }

    /// What may be done with a row beyond reading and inserting it.
    fn capabilities(&self) -> TokenStream {
        let ident = self.ident();
        let update = self.has_patch().then(|| {
            let patch = self.companion("Patch");
            quote! {
                #[automatically_derived]
                impl ::tablewright::Update for #ident {
                    type Patch = #patch;
                }
            }
        });
        let delete = self.deletes().then(|| quote!(#[automatically_derived] impl ::tablewright::Delete for #ident {}));
        let soft = self
            .deletes_softly()
            .then(|| quote!(#[automatically_derived] impl ::tablewright::SoftDelete for #ident {}));
        let versioned = self.versioned();
        let unscoped = self.model.table.tenant.is_none();
        let unscoped = unscoped.then(|| quote!(#[automatically_derived] impl ::tablewright::Unscoped for #ident {}));
        quote! { #update #versioned #delete #soft #unscoped }
    }
}
