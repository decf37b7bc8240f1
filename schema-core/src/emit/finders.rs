//! The helpers that belong to one table alone: by its unique keys and its lists.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::constants::constant_name;
use super::{Emit, never, pending};
use crate::schema::{Column, TableKind};
use crate::sql::lists::{self, List};
use crate::sql::queries::Resolved;
use crate::sql::quote as quoted;
use crate::sql::{bulk, dml};

impl Emit<'_> {
    pub(super) fn finders(&self) -> TokenStream {
        let table = &self.model.table;
        let mut made: Vec<String> = Vec::new();
        let mut once = false;
        let mut items = Vec::new();
        for unique in &table.uniques {
            let Some(columns) = self.known(&unique.columns) else { continue };
            let stem = self.stem(&columns);
            if made.contains(&stem) {
                continue;
            }
            // A key with a predicate of its own is unique among those rows only, so only those are looked at.
            let predicate = unique.predicate.as_deref().or(table.live_predicate());
            let Some(scoped) = self.known(&dml::scoped(table, &unique.columns)) else { continue };
            items.push(self.find_by(&stem, &scoped, predicate));
            if table.kind != TableKind::AppendOnly {
                items.push(self.upsert_by(&stem, &unique.columns, unique.predicate.as_deref()));
                items.extend(self.upsert_many_by(&stem, &unique.columns, unique.predicate.as_deref()));
            }
            if unique.columns.iter().any(|column| column == "idempotency_key") && !once {
                items.push(self.insert_once(&stem, &columns, &scoped, unique.predicate.as_deref()));
                once = true;
            }
            made.push(stem);
        }
        let mut listed: Vec<String> = Vec::new();
        for foreign_key in &table.foreign_keys {
            let scoped = dml::scoped(table, &foreign_key.columns);
            let Some(columns) = self.known(&scoped) else { continue };
            let stem = self.stem(&columns);
            let list = lists::list_by(table, &scoped);
            if let Some(list) = list.filter(|_| !listed.contains(&stem)) {
                items.extend(self.list_by(&stem, &list));
                listed.push(stem);
            }
        }
        items.extend(self.count_of_tenant());
        if items.is_empty() {
            return TokenStream::new();
        }
        let ident = self.ident();
        let unused = self.broken.then(|| quote!(#[allow(unused_variables)]));
        quote! {
            #[automatically_derived]
            #unused
            impl #ident { #(#items)* }
        }
    }

    fn known(&self, names: &[String]) -> Option<Vec<&Column>> {
        names.iter().map(|name| self.model.table.column(name)).collect()
    }

    /// The fields' names, joined: always a part of an identifier, which a column's name need not be.
    fn stem(&self, columns: &[&Column]) -> String {
        let names: Vec<String> = columns.iter().map(|column| self.field_of(column).0.unraw().to_string()).collect();
        names.join("_")
    }

    /// The parameters of a finder and the values that it binds.
    fn arguments(&self, columns: &[&Column]) -> (Vec<TokenStream>, Vec<TokenStream>) {
        columns
            .iter()
            .map(|column| {
                let (ident, _) = self.field_of(column);
                (self.parameter(column, ident), quote!(#ident))
            })
            .unzip()
    }

    fn find_by(&self, stem: &str, columns: &[&Column], predicate: Option<&str>) -> TokenStream {
        let vis = &self.model.raw.vis;
        let helper = format_ident!("find_by_{stem}");
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let sql = self.named(&helper, dml::find_by(&self.model.table, &names, predicate));
        let full = self.full(&helper);
        let name = constant_name(&helper);
        let constant = self.constant(&name, &format!("The statement of [`{helper}`](Self::{helper})."), &sql);
        let name = format_ident!("{name}");
        let (parameters, values) = self.arguments(columns);
        let live = if self.model.table.soft_delete.is_some() { "live row" } else { "row" };
        let doc = format!("The {live} whose ({}) is this. Runs [`{name}`](Self::{name}).", names.join(", "));
        let body = if self.broken {
            never()
        } else {
            quote!(::tablewright::rt::optional::<Self>(db, Self::#name, (#(#values,)*), #full))
        };
        quote! {
            #constant
            #[doc = #doc]
            #vis fn #helper<'e>(
                db: impl ::tablewright::sqlx::PgExecutor<'e>,
                #(#parameters),*
            ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<::core::option::Option<Self>>> {
                #body
            }
        }
    }

    fn upsert_by(&self, stem: &str, columns: &[String], predicate: Option<&str>) -> TokenStream {
        let vis = &self.model.raw.vis;
        let helper = format_ident!("upsert_by_{stem}");
        let sql = self.named(&helper, dml::upsert(&self.model.table, columns, predicate));
        let full = self.full(&helper);
        let name = constant_name(&helper);
        let constant = self.constant(&name, &format!("The statement of [`{helper}`](Self::{helper})."), &sql);
        let name = format_ident!("{name}");
        let (new, error) = (self.new_ident(), self.companion("Constraint"));
        let doc = format!(
            "Inserts the row, or changes the {} of the same ({}) to what is given; what is left out stays as it is, \
             so NULL is set by `update` only. Runs [`{name}`](Self::{name}).",
            if self.model.table.soft_delete.is_some() { "live row" } else { "row" },
            columns.join(", ")
        );
        let body =
            if self.broken { never() } else { quote!(::tablewright::rt::upsert::<Self>(db, Self::#name, new, #full)) };
        quote! {
            #constant
            #[doc = #doc]
            #vis fn #helper<'e>(
                db: impl ::tablewright::sqlx::PgExecutor<'e>,
                new: #new,
            ) -> ::tablewright::Reply<'e, ::core::result::Result<Self, ::tablewright::Error<#error>>> {
                #body
            }
        }
    }

    /// `None` where rows cannot travel as arrays.
    fn upsert_many_by(&self, stem: &str, columns: &[String], predicate: Option<&str>) -> Option<TokenStream> {
        let table = &self.model.table;
        if !bulk::can_unnest(table) || self.columns.inserted().is_empty() {
            return None;
        }
        let vis = &self.model.raw.vis;
        let helper = format_ident!("upsert_many_by_{stem}");
        let [update, insert] = bulk::upsert_many(table, columns, predicate).map(|sql| self.named(&helper, sql));
        let full = self.full(&helper);
        let name = format_ident!("{}", constant_name(&helper));
        let constant_doc = format!(
            "The statements of [`{helper}`](Self::{helper}).\n{}\n{}",
            self.sql_doc(&update),
            self.sql_doc(&insert)
        );
        let (update, insert) = (self.text(&update), self.text(&insert));
        let (new, error) = (self.new_ident(), self.companion("Constraint"));
        let doc = format!(
            "Inserts the rows, or changes those of the same ({}) as `upsert_by_{stem}` does, all or none, and returns how \
             many they are. Two of the same ({}) are an error. Runs [`{name}`](Self::{name}) in one transaction.",
            columns.join(", "),
            columns.join(", ")
        );
        let body = if self.broken {
            pending()
        } else {
            quote!(::tablewright::rt::upsert_many::<Self>(db, Self::#name, rows, #full))
        };
        Some(quote! {
            #[doc = #constant_doc]
            #vis const #name: [&'static ::core::primitive::str; 2] = [#update, #insert];
            #[doc = #doc]
            #vis fn #helper<'c>(
                db: impl ::tablewright::sqlx::Acquire<'c, Database = ::tablewright::sqlx::Postgres>,
                rows: &[#new],
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<::core::primitive::u64, ::tablewright::Error<#error>>,
            > + ::core::marker::Send {
                #body
            }
        })
    }

    /// `scoped` is what the row is then found by.
    fn insert_once(&self, stem: &str, columns: &[&Column], scoped: &[&Column], predicate: Option<&str>) -> TokenStream {
        let vis = &self.model.raw.vis;
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let sql = self.named("insert_once", dml::insert_once(&self.model.table, &names, predicate));
        let find = format_ident!("{}", constant_name(&format_ident!("find_by_{stem}")));
        let constant = self.constant("INSERT_ONCE", "The statement of [`insert_once`](Self::insert_once).", &sql);
        let (new, error) = (self.new_ident(), self.companion("Constraint"));
        let values: Vec<TokenStream> = scoped
            .iter()
            .map(|column| {
                let ident = self.field_of(column).0;
                let required = self.columns.required.iter().any(|found| found.name == column.name);
                let field = self.optional_field();
                if required { quote!(new.#ident.clone()) } else { quote!(new.#field.#ident.clone()) }
            })
            .collect();
        let doc = format!(
            "Inserts the row, unless one of the same ({}) is there: then that one comes back. Runs \
             [`INSERT_ONCE`](Self::INSERT_ONCE), and then [`{find}`](Self::{find}). A request that is sent twice does its \
             work once.",
            names.join(", ")
        );
        let body = if self.broken {
            pending()
        } else {
            quote! {
                let key = (#(#values,)*);
                ::tablewright::rt::insert_once::<Self>(db, Self::INSERT_ONCE, Self::#find, new, key)
            }
        };
        quote! {
            #constant
            #[doc = #doc]
            #vis fn insert_once<'c>(
                db: &'c mut ::tablewright::sqlx::PgConnection,
                new: #new,
            ) -> impl ::core::future::Future<
                Output = ::core::result::Result<::tablewright::Once<Self>, ::tablewright::Error<#error>>,
            > + ::core::marker::Send + 'c {
                #body
            }
        }
    }

    /// The count of one tenant's rows, where the table is scoped by tenants.
    fn count_of_tenant(&self) -> Option<TokenStream> {
        let table = &self.model.table;
        let vis = &self.model.raw.vis;
        let tenant = table.column(table.tenant.as_ref()?)?;
        let (parameters, values) = self.arguments(&[tenant]);
        let sql = self.named("count", dml::count(table));
        let full = self.full("count");
        let constant = self.constant("COUNT_OF_TENANT", "The statement of [`count`](Self::count).", &sql);
        let body = if self.broken {
            never()
        } else {
            quote!(::tablewright::rt::scalar(db, Self::COUNT_OF_TENANT, (#(#values,)*), #full))
        };
        Some(quote! {
            #constant
            /// The exact number of the tenant's rows. Runs [`COUNT_OF_TENANT`](Self::COUNT_OF_TENANT).
            #vis fn count<'e>(
                db: impl ::tablewright::sqlx::PgExecutor<'e>,
                #(#parameters),*
            ) -> ::tablewright::Reply<'e, ::tablewright::sqlx::Result<::core::primitive::i64>> {
                #body
            }
        })
    }

    fn list_by(&self, stem: &str, list: &List) -> Option<TokenStream> {
        let table = &self.model.table;
        let vis = &self.model.raw.vis;
        let helper = format_ident!("list_by_{stem}");
        let name = format_ident!("{}", constant_name(&helper));
        let columns = self.known(&list.equal)?;
        let (parameters, values) = self.arguments(&columns);
        let query = list.query();
        let resolved = Resolved::new(table, &query);
        let order_text = list.order.join(", ");
        let doc = format!(
            "A page of the {} of this ({}), by ({order_text}){}, served by `{}`. Runs [`{name}`](Self::{name}).\n{}",
            if table.soft_delete.is_some() { "live rows" } else { "rows" },
            list.equal.join(", "),
            if list.direction == crate::schema::Direction::Descending { ", descending" } else { "" },
            quoted(&list.index),
            self.page_doc(&resolved)
        );
        let constant = self.page_constant(&helper.to_string(), &resolved);
        let body = if self.broken {
            never()
        } else {
            quote!(::tablewright::rt::page::<Self>(db, Self::#name, (#(#values,)*), page))
        };
        Some(quote! {
            #constant
            #[doc = #doc]
            #vis fn #helper<'e>(
                db: impl ::tablewright::sqlx::PgExecutor<'e>,
                #(#parameters,)*
                page: ::tablewright::PageRequest,
            ) -> ::tablewright::Paged<'e, Self> {
                #body
            }
        })
    }
}
