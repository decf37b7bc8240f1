//! A bound on the nesting of a source file, so that no file overflows the stack of a recursive parser.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// Brackets in brackets. rustc gives up at 128 levels of most things.
pub(super) const DEPTH: usize = 256;

/// Tokens in a row without a separator. An expression such as `a = b = c` nests with its length.
const RUN: usize = 20_000;

/// The place where a file passes the bounds.
pub(super) fn exceeded(tokens: &TokenStream) -> Option<Span> {
    measure(tokens, 0, true)
}

fn measure(tokens: &TokenStream, depth: usize, parsed: bool) -> Option<Span> {
    let mut run = 0;
    let (mut bang, mut word_before_bang, mut word) = (false, false, false);
    for token in tokens.clone() {
        run += 1;
        if parsed && run > RUN {
            return Some(token.span());
        }
        match &token {
            TokenTree::Group(group) => {
                if depth == DEPTH {
                    return Some(group.span_open());
                }
                // What a macro is given stays tokens, and may be one long row of them.
                let parsed = parsed && !(bang && word_before_bang);
                if let Some(at) = measure(&group.stream(), depth + 1, parsed) {
                    return Some(at);
                }
                if group.delimiter() == Delimiter::Brace {
                    run = 0;
                }
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => run = 0,
            _ => {}
        }
        let is_bang = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
        // `macro_rules! name { … }`
        let is_word = matches!(&token, TokenTree::Ident(_));
        word_before_bang = if is_bang { word } else { is_word && bang && word_before_bang };
        bang = is_bang || (is_word && bang);
        word = is_word;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_source_is_far_below_the_bounds() {
        let exceeds = |text: &str| exceeded(&text.parse().unwrap()).is_some();
        assert!(!exceeds(include_str!("walk.rs")));
        assert!(!exceeds(&format!("fn f() {{ {} }}", "g(1, 2); ".repeat(50_000))));
        assert!(!exceeds(&format!("data! {{ {} }}", "x ".repeat(50_000))));
        assert!(!exceeds(&format!("macro_rules! data {{ {} }}", "x ".repeat(50_000))));
        assert!(exceeds(&format!("const X: i32 = {}1;", "-".repeat(50_000))));
        assert!(exceeds(&format!("const X: i32 = {}1{};", "(".repeat(300), ")".repeat(300))));
    }
}
