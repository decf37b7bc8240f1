//! What the derive of an enumeration emits.

use proc_macro2::TokenStream;
use quote::quote;

use super::NEVER;
use super::code::parsed;
use crate::parse::EnumModel;
use crate::schema::{Enumeration, Storage};
use crate::sql::{ddl, quote as quoted};

/// How the values of an enumeration are stored.
struct Stored {
    /// The SQL type, and that of an array of it.
    name: String,
    array: String,
    /// The values as SQL, where a check lists them.
    list: TokenStream,
    /// The functions of sqlx's `Type`, and the type of its array.
    wire: TokenStream,
    array_wire: TokenStream,
}

impl Stored {
    fn new(enumeration: &Enumeration) -> Self {
        match enumeration.storage {
            Storage::Native => {
                let name = quoted(&enumeration.name);
                let raw = &enumeration.name;
                Self {
                    array: format!("{name}[]"),
                    name,
                    list: quote!(::core::option::Option::None),
                    wire: quote! {
                        fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
                            ::tablewright::sqlx::postgres::PgTypeInfo::with_name(#raw)
                        }
                    },
                    array_wire: quote!(::tablewright::sqlx::postgres::PgTypeInfo::array_of(#raw)),
                }
            }
            Storage::Text => {
                let values = ddl::value_list(enumeration);
                Self {
                    name: "TEXT".to_owned(),
                    array: "TEXT[]".to_owned(),
                    list: quote!(::core::option::Option::Some(#values)),
                    wire: quote! {
                        fn type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo {
                            <::core::primitive::str as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::type_info()
                        }
                        fn compatible(ty: &::tablewright::sqlx::postgres::PgTypeInfo) -> ::core::primitive::bool {
                            <::core::primitive::str as ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres>>::compatible(ty)
                        }
                    },
                    array_wire: quote! {
                        <&::core::primitive::str as ::tablewright::sqlx::postgres::PgHasArrayType>::array_type_info()
                    },
                }
            }
        }
    }
}

/// What an enumeration's derive emits.
#[must_use]
pub fn enumeration(model: &EnumModel, broken: bool) -> TokenStream {
    let ident = &model.ident;
    let variants = &model.variants;
    let values: Vec<&str> = model.enumeration.values.iter().map(|value| value.value.as_str()).collect();
    let Stored { name, array, list, wire, array_wire } = Stored::new(&model.enumeration);
    // A variant that was refused is missing here, and the error about it is enough.
    let (as_str, stored) = if broken {
        (parsed(NEVER), quote!(&[]))
    } else {
        let as_str = quote!(match self { #(Self::#variants => #values,)* });
        (as_str, quote!(&[#((Self::#variants as ::core::primitive::isize, #values)),*]))
    };
    quote! {
        #[automatically_derived]
        impl ::tablewright::Enumeration for #ident {
            const ALL: &'static [Self] = &[#(Self::#variants),*];
            fn as_str(&self) -> &'static ::core::primitive::str {
                #as_str
            }
            fn from_text(text: &::core::primitive::str) -> ::core::option::Option<Self> {
                match text {
                    #(#values => ::core::option::Option::Some(Self::#variants),)*
                    _ => ::core::option::Option::None,
                }
            }
        }

        #[automatically_derived]
        impl ::tablewright::SqlType for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const VALUES: ::core::option::Option<&'static ::core::primitive::str> = #list;
            const STORED: &'static [(::core::primitive::isize, &'static ::core::primitive::str)] =
                #stored;
        }

        #[automatically_derived]
        impl ::tablewright::ArrayElement for #ident {
            const ARRAY: &'static ::core::primitive::str = #array;
        }

        #[automatically_derived]
        impl ::tablewright::sqlx::Type<::tablewright::sqlx::Postgres> for #ident { #wire }

        #[automatically_derived]
        impl ::tablewright::sqlx::postgres::PgHasArrayType for #ident {
            fn array_type_info() -> ::tablewright::sqlx::postgres::PgTypeInfo { #array_wire }
        }

        #[automatically_derived]
        impl<'q> ::tablewright::sqlx::Encode<'q, ::tablewright::sqlx::Postgres> for #ident {
            fn encode_by_ref(
                &self,
                buffer: &mut ::tablewright::sqlx::postgres::PgArgumentBuffer,
            ) -> ::core::result::Result<::tablewright::sqlx::encode::IsNull, ::tablewright::sqlx::error::BoxDynError> {
                <&::core::primitive::str as ::tablewright::sqlx::Encode<'_, ::tablewright::sqlx::Postgres>>::encode_by_ref(
                    &::tablewright::Enumeration::as_str(self),
                    buffer,
                )
            }
        }

        #[automatically_derived]
        impl<'r> ::tablewright::sqlx::Decode<'r, ::tablewright::sqlx::Postgres> for #ident {
            fn decode(
                value: ::tablewright::sqlx::postgres::PgValueRef<'r>,
            ) -> ::core::result::Result<Self, ::tablewright::sqlx::error::BoxDynError> {
                ::tablewright::rt::decode_enumeration(value)
            }
        }
    }
}
