//! The constraints of a table as an enum, so that a violated one has a name in the program.

use heck::ToUpperCamelCase as _;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emit;
use crate::schema::SqlType;
use crate::sql::ddl;

impl Emit<'_> {
    pub(super) fn constraint(&self) -> TokenStream {
        let table = &self.model.table;
        let vis = &self.model.raw.vis;
        let ident = self.companion("Constraint");
        let named = self.named_constraints();
        let variants = named.iter().map(|(variant, _, doc)| quote! { #[doc = #doc] #variant });
        let pairs = named.iter().map(|(variant, name, _)| quote!((#name, Self::#variant)));
        let (identifiers, texts): (Vec<_>, Vec<_>) =
            named.iter().map(|(variant, ..)| (variant, variant.to_string())).unzip();
        let doc = format!("The constraints of `{}` that a write can violate.", table.name);
        quote! {
            #[doc = #doc]
            #vis enum #ident { #(#variants),* }

            // By hand: the derives of these five are twice the work for the compiler.
            #[automatically_derived]
            impl ::core::clone::Clone for #ident {
                fn clone(&self) -> Self { *self }
            }
            #[automatically_derived]
            impl ::core::marker::Copy for #ident {}
            #[automatically_derived]
            impl ::core::cmp::PartialEq for #ident {
                fn eq(&self, other: &Self) -> ::core::primitive::bool {
                    *self as ::core::primitive::usize == *other as ::core::primitive::usize
                }
            }
            #[automatically_derived]
            impl ::core::cmp::Eq for #ident {}
            #[automatically_derived]
            impl ::core::fmt::Debug for #ident {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    f.write_str(match self { #(Self::#identifiers => #texts,)* })
                }
            }

            #[automatically_derived]
            impl ::tablewright::Constraint for #ident {
                const ALL: &'static [(&'static ::core::primitive::str, Self)] = &[#(#pairs),*];
            }
        }
    }

    /// Variant, name in the database, documentation.
    fn named_constraints(&self) -> Vec<(Ident, String, String)> {
        let table = &self.model.table;
        let mut named: Vec<(Ident, String, String)> = Vec::new();
        let mut add = |name: &str, text: String, doc: String| {
            let mut variant = variant(&text);
            let mut number = 2;
            while named.iter().any(|(taken, ..)| *taken == variant) {
                variant = format_ident!("{}{number}", self::variant(&text));
                number += 1;
            }
            named.push((variant, name.to_owned(), doc));
        };
        let columns = |columns: &[String]| columns.join(", ");
        add(
            &table.primary_key.name,
            "primary_key".to_owned(),
            format!("`{}`: the primary key ({}).", table.primary_key.name, columns(&table.primary_key.columns)),
        );
        let stem = |name: &str| name.strip_prefix(&format!("{}_", table.name)).unwrap_or(name).to_owned();
        for key in &table.foreign_keys {
            let text = stem(&key.name)
                .strip_suffix("_fkey")
                .map_or_else(|| stem(&key.name), |stem| format!("{stem}_foreign_key"));
            add(
                &key.name,
                text,
                format!("`{}`: `{}` has the row that ({}) references.", key.name, key.table, columns(&key.columns)),
            );
        }
        for unique in &table.uniques {
            add(
                &unique.name,
                stem(&unique.name),
                format!("`{}`: ({}) is unique.", unique.name, columns(&unique.columns)),
            );
        }
        for index in table.indexes.iter().filter(|index| index.unique) {
            add(&index.name, stem(&index.name), format!("`{}`: a unique index.", index.name));
        }
        // Whether the type is an enumeration only the compiler knows.
        for column in table.columns.iter().filter(|column| matches!(column.sql_type, SqlType::Rust(_))) {
            let name = ddl::enumeration_check_name(&table.name, &column.name);
            // A newtype may have a check of its own, which an enumeration cannot have beside its values.
            if table.checks.iter().any(|check| check.name == name) {
                continue;
            }
            let doc = format!("`{name}`: `{}` holds a value of its enumeration, where its type is one.", column.name);
            add(&name, stem(&name), doc);
        }
        for check in &table.checks {
            add(&check.name, stem(&check.name), format!("`{}`: `{}`.", check.name, check.expression));
        }
        for exclusion in &table.exclusions {
            add(&exclusion.name, stem(&exclusion.name), format!("`{}`: an exclusion constraint.", exclusion.name));
        }
        named
    }
}

/// A variant's name from a constraint's, which may be any text.
fn variant(text: &str) -> Ident {
    let camel = text.to_upper_camel_case();
    syn::parse_str(&camel)
        .or_else(|_| syn::parse_str(&format!("Constraint{camel}")))
        .unwrap_or_else(|_| format_ident!("Unnamed"))
}
