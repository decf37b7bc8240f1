//! A `Debug` that a log may see.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::Emit;

impl Emit<'_> {
    /// `Debug` without personal data, where the model asks for it.
    pub(super) fn debug(&self) -> Option<TokenStream> {
        let raw = &self.model.raw;
        raw.attributes.get("table").filter(|args| args.flag("debug"))?;
        let ident = &raw.ident;
        let name = ident.unraw().to_string();
        let fields = raw.fields.iter().zip(&self.model.table.columns).map(|(field, column)| {
            let ident = &field.ident;
            let name = ident.unraw().to_string();
            if column.pii {
                quote!(debug.field(#name, &::tablewright::rt::Redacted);)
            } else {
                quote!(debug.field(#name, &self.#ident);)
            }
        });
        Some(quote! {
            #[automatically_derived]
            impl ::core::fmt::Debug for #ident {
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let mut debug = f.debug_struct(#name);
                    #(#fields)*
                    debug.finish()
                }
            }
        })
    }
}
