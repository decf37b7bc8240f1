//! Rust code as it is written: as text, and as tokens where they keep their place in the user's file.
//!
//! Text is taken apart by the compiler's own lexer. It does that many times as fast as a derive, which users build
//! without optimisation, makes tokens one by one.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// Code that grows at its end. What is written as text is balanced in its brackets between any two other pieces.
#[derive(Default)]
pub(super) struct Code {
    parts: Vec<TokenStream>,
    text: String,
}

impl Code {
    /// Writes text: whole tokens.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Writes a string literal: a raw one where it can be, because nothing in it has to be escaped, letter by letter.
    pub(super) fn literal(&mut self, value: &str) -> &mut Self {
        // A raw literal holds no carriage return, and signs that turn the direction of text are errors in it; they all
        // begin with this byte.
        if value.contains('\r') || value.as_bytes().contains(&0xe2) {
            self.text.push_str(&format!("{value:?}"));
            return self;
        }
        let mut hashes = String::new();
        while value.contains('"') && value.contains(&format!("\"{hashes}")) {
            hashes.push('#');
        }
        for part in ["r", &hashes, "\"", value, "\"", &hashes] {
            self.text.push_str(part);
        }
        self
    }

    /// Writes the documentation of what follows.
    pub(super) fn doc(&mut self, text: &str) {
        self.text("#[doc = ").literal(text).text("]");
    }

    /// Writes tokens.
    pub(super) fn tokens(&mut self, tokens: impl ToTokens) -> &mut Self {
        self.flush();
        self.parts.push(tokens.into_token_stream());
        self
    }

    /// Writes `name:`.
    pub(super) fn name(&mut self, name: &Ident) -> &mut Self {
        let colon = Punct::new(':', Spacing::Alone);
        self.tokens(TokenStream::from_iter([TokenTree::from(name.clone()), TokenTree::from(colon)]))
    }

    /// Writes these, a comma after each.
    pub(super) fn list(&mut self, parts: &[TokenStream]) {
        self.flush();
        let comma = TokenStream::from(TokenTree::from(Punct::new(',', Spacing::Alone)));
        for part in parts {
            self.parts.extend([part.clone(), comma.clone()]);
        }
    }

    /// Writes what `inner` writes, between brackets.
    pub(super) fn group(&mut self, delimiter: Delimiter, inner: impl FnOnce(&mut Self)) -> &mut Self {
        let mut code = Self::default();
        inner(&mut code);
        self.tokens(TokenTree::from(Group::new(delimiter, code.finish())))
    }

    /// Writes what `inner` writes, between `{` and `}`.
    pub(super) fn braces(&mut self, inner: impl FnOnce(&mut Self)) -> &mut Self {
        self.group(Delimiter::Brace, inner)
    }

    /// Whether nothing was written.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.text.is_empty()
    }

    /// All of it.
    pub(super) fn finish(mut self) -> TokenStream {
        self.flush();
        self.parts.into_iter().collect()
    }

    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        self.parts.push(parsed(&self.text));
        self.text.clear();
    }
}

/// The tokens of a text that is ours: whole tokens, balanced.
pub(super) fn parsed(text: &str) -> TokenStream {
    // `proc_macro2` would read it first, and then have the compiler read it.
    let tokens = if proc_macro::is_available() {
        text.parse::<proc_macro::TokenStream>().map(TokenStream::from).map_err(|error| error.to_string())
    } else {
        text.parse().map_err(|error: proc_macro2::LexError| error.to_string())
    };
    match tokens {
        Ok(tokens) => tokens,
        Err(error) => unreachable!("{error} in `{text}`"),
    }
}
