//! Rust tokens to schema: attributes are read by `attribute/`, every mistake is gathered with its span.

mod enumeration;
mod lower;
pub mod nesting;
mod newtype;
mod raw;
#[cfg(feature = "scan")]
pub mod scan;
pub mod types;

use proc_macro2::{Span, TokenStream};
use syn::DeriveInput;

use crate::attribute::{Errors, compile_errors};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;

pub use enumeration::EnumModel;
pub use lower::Model;
pub use newtype::NewtypeModel;
pub use raw::{RawField, RawTable, UNKNOWN_ATTRIBUTE};

/// What was read, as far as it could be, and everything that is wrong with it.
#[derive(Debug)]
pub struct Parsed<T> {
    /// What was read; `None` where the item cannot be one at all.
    pub model: Option<T>,
    /// What is wrong, in source order of discovery.
    pub errors: Vec<Diagnostic<Span>>,
}

/// What a derive was given, as an item; the error is reported in its place.
pub fn item(tokens: TokenStream) -> Result<DeriveInput, TokenStream> {
    if let Some(at) = nesting::too_deep(&tokens) {
        let message = format!("this nests more than {} levels deep", nesting::MOST_DEPTH);
        let error = Diagnostic::spanned(crate::ids::SOURCE, "", at, message);
        return Err(compile_errors(&[error.help("name the inner part by a type of its own")]));
    }
    syn::parse2(tokens).map_err(|error| error.to_compile_error())
}

/// Reads a struct that derives `Table`, without the rules.
#[must_use]
pub fn table(input: &DeriveInput, profile: &Profile) -> Parsed<Model> {
    let mut errors = Errors::new();
    let model = RawTable::parse(input, &mut errors).map(|raw| lower::lower(raw, profile, &mut errors));
    Parsed { model, errors: errors.finish() }
}

/// Reads an enum that derives `Enumeration`.
#[must_use]
pub fn enumeration(input: &DeriveInput) -> Parsed<EnumModel> {
    let mut errors = Errors::new();
    let model = EnumModel::parse(input, &mut errors);
    Parsed { model, errors: errors.finish() }
}

/// Reads a struct that derives `SqlType`.
#[must_use]
pub fn newtype(input: &DeriveInput) -> Parsed<NewtypeModel> {
    let mut errors = Errors::new();
    let model = NewtypeModel::parse(input, &mut errors);
    Parsed { model, errors: errors.finish() }
}
