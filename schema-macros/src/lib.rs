//! The derives of Tablewright: entry points only. Parsing, rules and what is emitted live in `tablewright-core`, which the
//! command-line tool shares, so that both see the same models.
//!
//! Use them through `tablewright::prelude`; their attributes are described in `docs/attributes.md`.

mod cached;
mod lock;
mod profile;
mod tracked;

use proc_macro2::Span;
use quote::quote;
use tablewright_core::attribute;
use tablewright_core::diagnostic::Diagnostic;
use tablewright_core::{drift, emit, parse, rules};

/// Makes a struct a table: its DDL, its helpers and its types are put next to it, and what breaks a convention does not
/// compile.
///
/// Attributes: on the struct `#[table]`, `#[index]`, `#[unique]`, `#[check]`, `#[exclude]`, `#[foreign_key]`,
/// `#[query]`; on a field
/// `#[column]`, `#[references]`.
#[proc_macro_derive(
    Table,
    attributes(
        table,
        index,
        unique,
        check,
        exclude,
        foreign_key,
        query,
        partition,
        trigger,
        policy,
        column,
        references
    )
)]
pub fn table(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = match parse::item(input.into()) {
        Ok(input) => input,
        Err(error) => return error.into(),
    };
    let (profile, mut errors) = match profile::read() {
        Ok(profile) => (profile, Vec::new()),
        Err(message) => (
            profile::unread(),
            vec![Diagnostic::spanned(tablewright_core::ids::PROFILE, "schema.toml", Span::call_site(), message)],
        ),
    };
    let parsed = parse::table(&input, &profile.profile);
    // The compiler says itself that there is no such attribute.
    errors.extend(parsed.errors.into_iter().filter(|error| error.rule != parse::UNKNOWN_ATTRIBUTE));
    let Some(mut model) = parsed.model else { return attribute::compile_errors(&errors).into() };
    let broken = match errors.as_slice() {
        [] => rules::table(&model.table, &profile.profile),
        errors => rules::beside(&model.table, &profile.profile, errors),
    };
    errors.extend(broken.into_iter().map(|found| found.map(|place| model.map.span(&place))));
    let lock = lock::read();
    let index = lock.as_ref().and_then(|lock| lock.index.as_ref().ok());
    model.tenant_key = index.and_then(|index| drift::tenant_key(index, &model.table));
    let code = emit::table(&model, &profile.profile, !errors.is_empty());
    // A broken model is not also reported as unknown to the migrations.
    if let Some(lock) = lock.as_ref().filter(|lock| errors.is_empty() && lock.concerns(&model.table)) {
        let drift = lock.index.as_ref().map(|index| drift::table(index, &model.table)).unwrap_or_default();
        errors.extend(drift.into_iter().map(|found| found.map(|place| model.map.span(&place))));
    }
    errors.extend(
        lock::unread(&model.table).filter(|_| errors.is_empty()).map(|found| found.map(|place| model.map.span(&place))),
    );
    errors.extend(unreadable(lock.as_deref()));
    let errors = attribute::compile_errors(&errors);
    let tracked = tracked::once(profile.file().into_iter().chain(lock.as_deref().and_then(lock::TrackedLock::file)));
    quote! { #code #errors #tracked }.into()
}

/// A lock that cannot be read, reported at the derive.
fn unreadable(lock: Option<&lock::TrackedLock>) -> Option<Diagnostic<Span>> {
    let message = lock?.problem()?;
    Some(Diagnostic::spanned(tablewright_core::ids::LOCK, "", Span::call_site(), message))
}

/// Makes an enum of plain variants the set of values that a column may hold.
///
/// Attribute: `#[enumeration]`, on the enum and on its variants.
#[proc_macro_derive(Enumeration, attributes(enumeration))]
pub fn enumeration(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = match parse::item(input.into()) {
        Ok(input) => input,
        Err(error) => return error.into(),
    };
    let mut parsed = parse::enumeration(&input);
    let lock = lock::read();
    let index = lock.as_ref().and_then(|lock| lock.index.as_ref().ok());
    let mut errors = Vec::new();
    if let (Some(model), Some(index), true) = (&parsed.model, index, parsed.errors.is_empty()) {
        for (value, message) in drift::enumeration(index, &model.enumeration) {
            let variant = value.and_then(|value| model.variants.get(value)).unwrap_or(&model.ident);
            let error = Diagnostic::spanned(drift::DRIFT, &model.enumeration.name, variant.span(), message);
            errors.push(error.help(drift::command(index)));
        }
    }
    let code = parsed.model.as_ref().map(|model| emit::enumeration(model, !parsed.errors.is_empty()));
    parsed.errors.append(&mut errors);
    let errors = attribute::compile_errors(&parsed.errors);
    let tracked = tracked::once(lock.as_deref().and_then(lock::TrackedLock::file));
    quote! { #code #errors #tracked }.into()
}

/// Makes a struct of one unnamed field a type of columns, stored as that field is.
///
/// Attribute: `#[sql_type]`.
#[proc_macro_derive(SqlType, attributes(sql_type))]
pub fn sql_type(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = match parse::item(input.into()) {
        Ok(input) => input,
        Err(error) => return error.into(),
    };
    let parsed = parse::newtype(&input);
    let code = parsed.model.as_ref().map(emit::newtype);
    let errors = attribute::compile_errors(&parsed.errors);
    quote! { #code #errors }.into()
}
