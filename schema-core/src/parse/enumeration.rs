//! The derive of an enumeration, read.

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields};

use super::raw::{RawAttributes, comment};
use crate::attribute::args::ident_text;
use crate::attribute::{self, Errors, Position};
use crate::diagnostic::Diagnostic;
use crate::schema::{EnumValue, Enumeration, Storage, identifier_problem};

use crate::ids::ENUMERATION_SHAPE as SHAPE;

/// An enum that derives `Enumeration`.
#[derive(Debug)]
pub struct EnumModel {
    /// The enum's name.
    pub ident: Ident,
    /// The enumeration that it states.
    pub enumeration: Enumeration,
    /// The variants, in the order of the values.
    pub variants: Vec<Ident>,
}

impl EnumModel {
    /// Reads an enum; `None` where it can be no enumeration at all.
    pub(super) fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let name = ident_text(&input.ident);
        let Data::Enum(data) = &input.data else {
            errors.push(
                Diagnostic::spanned(SHAPE, name, input.ident.span(), "`Enumeration` is for enums")
                    .help("a struct with columns derives `Table`, a newtype derives `SqlType`"),
            );
            return None;
        };
        if !input.generics.params.is_empty() {
            errors.push(
                Diagnostic::spanned(SHAPE, name, input.generics.span(), "an enumeration is one type, without generics")
                    .help("drop the generics"),
            );
            return None;
        }
        if data.variants.is_empty() {
            errors.push(
                Diagnostic::spanned(SHAPE, name, input.ident.span(), "an enumeration has values, this has none")
                    .help("add a variant"),
            );
            return None;
        }
        let attributes = RawAttributes::parse(&input.attrs, Position::Enumeration, &name, errors);
        let args = attributes.get("enumeration");
        let (storage, stated) = attribute::enumeration::read(args);
        let mut values: Vec<EnumValue> = Vec::new();
        let mut variants: Vec<Ident> = Vec::new();
        for variant in &data.variants {
            let path = format!("{name}::{}", ident_text(&variant.ident));
            if !matches!(variant.fields, Fields::Unit) {
                errors.push(
                    Diagnostic::spanned(SHAPE, path, variant.fields.span(), "a value carries no data")
                        .help("keep the variant plain; data that depends on it belongs in columns of its own"),
                );
                continue;
            }
            let attributes = RawAttributes::parse(&variant.attrs, Position::Variant, &path, errors);
            let args = attributes.get("enumeration");
            let read = attribute::enumeration::read_value(args, &ident_text(&variant.ident));
            if storage == Storage::Native {
                for label in read.renamed_from.iter().chain([&read.value]) {
                    let at = args.map_or_else(|| variant.ident.span(), |args| args.span);
                    named(&path, LABEL, label, at, errors);
                }
            }
            let value = &read.value;
            if let Some(earlier) = values.iter().position(|earlier| earlier.value == *value) {
                errors.push(
                    Diagnostic::spanned(
                        SHAPE,
                        path,
                        variant.ident.span(),
                        format!("the value `{value}` appears twice"),
                    )
                    .help(
                        attribute::Printed::new(&attribute::enumeration::VARIANT).text("value", Some("…")).to_string(),
                    )
                    .second(variants[earlier].span(), "the first is here"),
                );
            }
            values.push(EnumValue { comment: comment(&variant.attrs), ..read });
            variants.push(variant.ident.clone());
        }
        let at = args.and_then(|args| args.get("name")).map_or_else(|| input.ident.span(), |arg| arg.span);
        let rust = name;
        let name = stated.unwrap_or_else(|| rust.to_snake_case());
        named(&rust, "the type", &name, at, errors);
        Some(Self {
            ident: input.ident.clone(),
            enumeration: Enumeration { name, storage, values, comment: comment(&input.attrs) },
            variants,
        })
    }
}

/// Reports a name of a type or of a value of it that the server would not keep.
fn named(path: &str, what: &str, name: &str, at: Span, errors: &mut Errors) {
    // A label may be empty, and a NUL is reported where it is typed.
    let Some(problem) = identifier_problem(name).filter(|_| what != LABEL || !name.is_empty()) else { return };
    let error = Diagnostic::spanned(SHAPE, path, at, format!("the name of {what} {problem}"));
    errors.push(error.help(if what == LABEL {
        "a shorter #[enumeration(value = \"…\")], or #[enumeration(storage = text)]: a text may be longer"
    } else {
        "a shorter #[enumeration(name = \"…\")]"
    }));
}

const LABEL: &str = "the label";
