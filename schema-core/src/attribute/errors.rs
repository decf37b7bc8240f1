//! Diagnostics as compile errors.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

use crate::diagnostic::Diagnostic;

/// Everything that is wrong with one item, gathered so that all of it is reported at once.
///
/// It must be consumed by [`Errors::finish`]: an error that is dropped would be a mistake that no one sees.
#[derive(Debug, Default)]
pub struct Errors {
    found: Vec<Diagnostic<Span>>,
    finished: bool,
}

impl Errors {
    /// Nothing wrong yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic<Span>) {
        self.found.push(diagnostic);
    }

    /// Adds several.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic<Span>>) {
        self.found.extend(diagnostics);
    }

    /// How much is wrong so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing is wrong so far.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// All of them, in the order in which they were found.
    #[must_use]
    pub fn finish(mut self) -> Vec<Diagnostic<Span>> {
        self.finished = true;
        std::mem::take(&mut self.found)
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        debug_assert!(
            self.finished || self.found.is_empty() || std::thread::panicking(),
            "errors were gathered and never reported"
        );
    }
}

/// The compile errors that show these violations, each at its own tokens.
#[must_use]
pub fn compile_errors(diagnostics: &[Diagnostic<Span>]) -> TokenStream {
    diagnostics
        .iter()
        .map(|diagnostic| {
            let text = diagnostic.text();
            quote_spanned!(diagnostic.at=> ::core::compile_error! { #text })
        })
        .collect()
}
