//! The derive of a newtype, read.

use proc_macro2::Ident;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields, Type};

use super::raw::RawAttributes;
use super::types::{compatible, field_type};
use crate::attribute::args::ident_text;
use crate::attribute::{self, Errors, Position, Reader, SourceMap};
use crate::diagnostic::Diagnostic;
use crate::schema::SqlType;

/// A struct of one unnamed field that derives `SqlType`.
pub struct NewtypeModel {
    /// The struct's name.
    pub ident: Ident,
    /// The type that it wraps.
    pub inner: Type,
    /// The SQL type that it states, where that is not the inner type's.
    pub declared: Option<SqlType>,
    /// The SQL type, as far as names say.
    pub sql_type: SqlType,
}

impl NewtypeModel {
    /// Reads a struct; `None` where it can be no newtype at all.
    pub(super) fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let name = ident_text(&input.ident);
        let field = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => fields.unnamed.first(),
                _ => None,
            },
            _ => None,
        };
        let Some(field) = field.filter(|_| input.generics.params.is_empty()) else {
            errors.push(
                Diagnostic::spanned(
                    crate::ids::NEWTYPE_SHAPE,
                    name,
                    input.ident.span(),
                    "`SqlType` is for newtypes: a struct of one unnamed field, without generics",
                )
                .help(format!("struct {}(String);", input.ident)),
            );
            return None;
        };
        let attributes = RawAttributes::parse(&input.attrs, Position::Newtype, &name, errors);
        let mut reader = Reader { path: &name, map: &mut SourceMap::new(input.ident.span()), errors };
        let declared = attribute::newtype::read(attributes.get("sql_type"), &mut reader);
        let sql_type = match field_type(&field.ty) {
            Ok(found) if found.nullable => {
                errors.push(
                    Diagnostic::spanned(
                        crate::ids::NEWTYPE_SHAPE,
                        name,
                        field.ty.span(),
                        "a newtype around `Option` hides the NULL",
                    )
                    .help("wrap the type itself, and make the column `Option<…>`"),
                );
                return None;
            }
            Ok(found) => match &declared {
                Some(declared) if !compatible(&found.sql_type, declared) => {
                    let message = format!("a newtype around this is {}, not {declared}", found.sql_type);
                    errors.push(
                        Diagnostic::spanned(crate::ids::COLUMN_TYPE, name, field.ty.span(), message)
                            .help("wrap the Rust type of it, or drop `type`"),
                    );
                    return None;
                }
                Some(declared) => declared.clone(),
                None => found.sql_type,
            },
            Err(problem) => {
                errors.push(
                    Diagnostic::spanned(crate::ids::COLUMN_TYPE, name, field.ty.span(), problem.message)
                        .help(problem.help),
                );
                return None;
            }
        };
        Some(Self { ident: input.ident.clone(), inner: field.ty.clone(), declared, sql_type })
    }
}
