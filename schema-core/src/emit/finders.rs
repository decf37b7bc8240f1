//! The helpers that belong to one table alone: by its unique keys and its lists.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::constants::constant_name;
use super::{Emit, never};
use crate::schema::{Column, TableKind};
use crate::sql::dml;
use crate::sql::lists::{self, List};
use crate::sql::queries::Resolved;
use crate::sql::{SqlText, quote as quoted};

impl Emit<'_> {
    pub(super) fn finders(&self) -> TokenStream {
        let table = &self.model.table;
        let mut made: Vec<String> = Vec::new();
        let mut items = Vec::new();
        for unique in &table.uniques {
            let Some(columns) = self.known(&unique.columns) else { continue };
            let stem = self.stem(&columns);
            if made.contains(&stem) {
                continue;
            }
            // A key with a predicate of its own is unique among those rows only, so only those are looked at.
            let predicate = unique.predicate.as_deref().or(table.live_predicate());
            items.push(self.find_by(&stem, &columns, predicate));
            if table.kind != TableKind::AppendOnly {
                items.push(self.upsert_by(&stem, &unique.columns, unique.predicate.as_deref()));
            }
            made.push(stem);
        }
        let mut listed: Vec<String> = Vec::new();
        for foreign_key in &table.foreign_keys {
            let Some(columns) = self.known(&foreign_key.columns) else { continue };
            let stem = self.stem(&columns);
            let list = lists::list_by(table, &foreign_key.columns);
            if let Some(list) = list.filter(|_| !listed.contains(&stem)) {
                items.extend(self.list_by(&stem, &list));
                listed.push(stem);
            }
        }
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
        let sql = SqlText::from(dml::find_by(&self.model.table, &names, predicate));
        let name = constant_name(&helper);
        let constant = self.constant(&name, &format!("The statement of [`{helper}`](Self::{helper})."), &sql);
        let name = format_ident!("{name}");
        let (parameters, values) = self.arguments(columns);
        let live = if self.model.table.soft_delete.is_some() { "live row" } else { "row" };
        let doc = format!("The {live} whose ({}) is this. Runs [`{name}`](Self::{name}).", names.join(", "));
        let body = if self.broken {
            never()
        } else {
            quote!(::tablewright::rt::optional::<Self>(db, Self::#name, (#(#values,)*)))
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
        let sql = SqlText::from(dml::upsert(&self.model.table, columns, predicate));
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
        let body = if self.broken { never() } else { quote!(::tablewright::rt::upsert::<Self>(db, Self::#name, new)) };
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
