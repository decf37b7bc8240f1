//! SQL texts as constants, and as documentation.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Emit;
use crate::parse::types::without_option;
use crate::sql::{Hole, Piece, SqlText, ddl};

fn joined(statements: &[String]) -> SqlText {
    SqlText::from(statements.join("\n"))
}

impl Emit<'_> {
    /// The DDL as public constants.
    pub(super) fn constants(&self) -> TokenStream {
        let table = &self.model.table;
        let ident = self.ident();
        let create_table = self.constant(
            "CREATE_TABLE",
            &format!("Creates the table `{}`.", table.name),
            &ddl::create_table(table, self.dialect),
        );
        let create_indexes = self.constant(
            "CREATE_INDEXES",
            &format!("Creates the indexes of `{}`.", table.name),
            &joined(&ddl::create_indexes(table, self.dialect)),
        );
        let comments = self.constant(
            "COMMENTS",
            &format!("Comments `{}` and its columns, from the documentation of the struct.", table.name),
            &joined(&ddl::comments(table)),
        );
        let cycles = ddl::add_foreign_keys(table);
        let cycles = self.if_any(
            "ADD_FOREIGN_KEYS",
            "Adds the foreign keys that close a cycle, once all its tables exist.",
            &cycles,
        );
        let partitions = self.if_any(
            "CREATE_PARTITIONS",
            "Creates the partitions, once the table exists.",
            &ddl::create_partitions(table),
        );
        let mut triggers = ddl::create_triggers(table);
        let functions = table.triggers.iter().filter_map(|trigger| {
            // Another table may have the function already.
            trigger.body.as_deref().map(|body| ddl::replace_function(&trigger.function, body))
        });
        triggers.splice(0..0, functions.collect::<Vec<_>>());
        let triggers = self.if_any("CREATE_TRIGGERS", "Creates the triggers, with their functions.", &triggers);
        let policies = self.if_any(
            "CREATE_POLICIES",
            "Creates the row-level-security policies, and turns them on.",
            &ddl::create_policies(table),
        );
        quote! {
            #[automatically_derived]
            impl #ident { #create_table #partitions #create_indexes #comments #cycles #triggers #policies }
        }
    }

    /// A constant that only the models have whose tables need it.
    fn if_any(&self, name: &str, doc: &str, statements: &[String]) -> Option<TokenStream> {
        (!statements.is_empty()).then(|| self.constant(name, doc, &joined(statements)))
    }

    /// A documented constant of the model.
    pub(super) fn constant(&self, name: &str, doc: &str, sql: &SqlText) -> TokenStream {
        let ident = format_ident!("{name}");
        let vis = &self.model.raw.vis;
        let doc = format!("{doc}\n{}", self.sql_doc(sql));
        let value = self.text(sql);
        quote! {
            #[doc = #doc]
            #vis const #ident: &'static ::core::primitive::str = #value;
        }
    }

    /// The text as documentation: a hole shows what fills it.
    pub(super) fn sql_doc(&self, sql: &SqlText) -> String {
        let mut text = String::new();
        for piece in sql.pieces() {
            match piece {
                Piece::Text(piece) | Piece::Hole(Hole::IfValues { text: piece, .. }) => text.push_str(piece),
                Piece::Hole(Hole::Type { column } | Hole::TypeName { column }) => {
                    text.push_str(&format!("<{}>", self.type_text(column)));
                }
                Piece::Hole(Hole::Values { column }) => {
                    text.push_str(&format!("<values of {}>", self.type_text(column)));
                }
            }
        }
        if text.is_empty() { "\nNothing.".to_owned() } else { format!("\n```sql\n{text}\n```") }
    }

    fn type_text(&self, column: &str) -> String {
        self.field(column)
            .map(|(_, ty)| {
                let ty = without_option(ty);
                quote!(#ty).to_string().replace(' ', "")
            })
            .unwrap_or_default()
    }

    /// The text as an expression that is constant.
    pub(super) fn text(&self, sql: &SqlText) -> TokenStream {
        if self.broken {
            return quote!("");
        }
        if let Some(text) = sql.as_text() {
            return quote!(#text);
        }
        let parts = sql.pieces().iter().map(|piece| match piece {
            Piece::Text(text) => quote!(#text),
            Piece::Hole(Hole::Type { column }) => {
                let ty = self.hole_type(column);
                quote!(<#ty as ::tablewright::SqlType>::DDL)
            }
            Piece::Hole(Hole::TypeName { column }) => {
                let ty = self.hole_type(column);
                quote!(<#ty as ::tablewright::SqlType>::NAME)
            }
            Piece::Hole(Hole::Values { column }) => {
                let ty = self.hole_type(column);
                quote!(::tablewright::rt::values::<#ty>())
            }
            Piece::Hole(Hole::IfValues { column, text }) => {
                let ty = self.hole_type(column);
                quote!(::tablewright::rt::only_with_values::<#ty>(#text))
            }
        });
        quote!(::tablewright::rt::join!(#(#parts),*))
    }

    fn hole_type(&self, column: &str) -> TokenStream {
        self.field(column).map(|(_, ty)| quote!(#ty)).unwrap_or_default()
    }
}

/// A constant's name from a helper's: `find_by_email` → `FIND_BY_EMAIL`.
pub(super) fn constant_name(helper: &Ident) -> String {
    // Upper case beyond ASCII may be no identifier.
    helper.to_string().trim_start_matches("r#").to_ascii_uppercase()
}
