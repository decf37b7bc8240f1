//! The compiler as witness: what the model's names said, held against its types.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned as _;

use super::{Emit, at};
use crate::parse::args::Value;
use crate::parse::types::field_type;
use crate::schema::stable_hash;

impl Emit<'_> {
    pub(super) fn witness(&self) -> TokenStream {
        let table = &self.model.table;
        let mut calls = Vec::new();
        for (field, column) in self.model.raw.fields.iter().zip(&table.columns) {
            let ty = &field.ty;
            let Ok(believed) = field_type(ty) else { continue };
            // What a name does not tell is not believed, so there is nothing to hold against the type.
            if believed.sql_type.unresolved().is_some() {
                continue;
            }
            let believed = believed.sql_type.base().to_string();
            let message = format!(
                "{}.{}: the name of this type stands for {believed}, the type itself does not. Name the type, not an \
                 alias of it, and let nothing shadow it",
                table.name, column.name
            );
            let believed = stable_hash(&believed);
            calls.push(quote_spanned!(at(ty)=> ::tablewright::rt::witness::<#ty>(#believed, #message)));
        }
        for field in &self.model.raw.fields {
            let Some(args) = field.attributes.get("references") else { continue };
            let Some(model) = args.leading.first() else { continue };
            let key = args.text("column").is_none().then_some(&field.ty);
            calls.push(self.target(model, key, args.text("table").map(|text| text.value)));
        }
        for args in self.model.raw.attributes.all("foreign_key") {
            if let Some(Value::Target { path, .. }) = args.get("references").map(|arg| &arg.value) {
                calls.push(self.target(path, None, args.text("table").map(|text| text.value)));
            }
        }
        // One constant for each: of several in one, only the first that fails would be reported.
        quote! { #(const _: () = #calls;)* }
    }

    /// The referenced table has the name that the foreign key was written with, and `key` is of its key's type.
    fn target(&self, model: &TokenStream, key: Option<&Type>, table: Option<String>) -> TokenStream {
        let name = model.to_string().rsplit("::").next().unwrap_or_default().trim().to_owned();
        let believed = table.unwrap_or_else(|| crate::schema::table_name(&name));
        let before = format!("{}: the table of `{name}` is `", self.model.table.name);
        let after = format!("`, not `{believed}`. Type: #[references({name}, table = \"");
        let call =
            quote_spanned!(model.span()=> ::tablewright::rt::target::<#model>(#believed, [#before, #after, "\", …)]"]));
        let key = key.map(|ty| quote_spanned!(at(ty)=> ::tablewright::rt::references::<#ty, #model>()));
        key.map_or(call.clone(), |key| quote!({ #key; #call }))
    }
}
