//! What the derive of a newtype emits.

use proc_macro2::TokenStream;
use quote::quote;

use crate::parse::NewtypeModel;
use crate::schema::SqlType;

/// What a newtype's derive emits: everything as its inner type does it.
#[must_use]
pub fn newtype(model: &NewtypeModel) -> TokenStream {
    let (ident, inner) = (&model.ident, &model.inner);
    let (name, full, array) = match &model.declared {
        Some(declared) => {
            let (name, full) = (declared.base().to_string(), declared.to_string());
            let array = SqlType::Array(Box::new(declared.base())).to_string();
            (quote!(#name), quote!(#full), quote!(#array))
        }
        None => (
            quote!(<#inner as ::tablewright::SqlType>::NAME),
            quote!(<#inner as ::tablewright::SqlType>::DDL),
            quote!(<#inner as ::tablewright::ArrayElement>::ARRAY),
        ),
    };
    quote! {
        #[automatically_derived]
        impl ::tablewright::SqlType for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const DDL: &'static ::core::primitive::str = #full;
            const VALUES: ::core::option::Option<&'static ::core::primitive::str> =
                <#inner as ::tablewright::SqlType>::VALUES;
            const STORED: &'static [(::core::primitive::isize, &'static ::core::primitive::str)] =
                <#inner as ::tablewright::SqlType>::STORED;
            const HELD: ::core::option::Option<::tablewright::rt::Held> =
                <#inner as ::tablewright::SqlType>::HELD;
        }

        #[automatically_derived]
        impl ::tablewright::ArrayElement for #ident {
            const ARRAY: &'static ::core::primitive::str = #array;
            const HELD: ::core::option::Option<::tablewright::rt::Held> =
                <#inner as ::tablewright::SqlType>::HELD;
        }

        #[automatically_derived]
        impl ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres> for #ident {
            fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
                <#inner as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::type_info()
            }
            fn compatible(ty: &::tablewright::sqlx::postgres::PgTypeInfo) -> ::core::primitive::bool {
                <#inner as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::compatible(ty)
            }
        }

        #[automatically_derived]
        impl ::tablewright::sqlx::postgres::PgHasArrayType for #ident {
            fn array_type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
                <#inner as ::tablewright::sqlx::postgres::PgHasArrayType>::array_type_info()
            }
        }

        #[automatically_derived]
        impl<'q> ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres> for #ident {
            fn encode_by_ref(
                &self,
                buffer: &mut ::tablewright::sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<::tablewright::sqlx::encode::IsNull, ::tablewright::sqlx::error::BoxDynError> {
                <#inner as ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres>>::encode_by_ref(&self.0, buffer)
            }
        }

        #[automatically_derived]
        impl<'r> ::tablewright::sqlx::Decode<'r, ::tablewright::sqlx::Postgres> for #ident {
            fn decode(
                value: ::tablewright::sqlx::postgres::PgValueRef<'r>,
            ) -> ::core::result::Result<Self, ::tablewright::sqlx::error::BoxDynError> {
                <#inner as ::tablewright::sqlx::Decode<'r, ::tablewright::sqlx::Postgres>>::decode(value)
                    .map(#ident)
            }
        }
    }
}
