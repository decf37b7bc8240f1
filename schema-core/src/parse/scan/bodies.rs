//! Function bodies, taken out before a file is parsed, and a bound on the nesting of the rest.
//!
//! They hold no models, they are most of a program, and they are where new syntax turns up first: what is not parsed
//! costs nothing and cannot be refused. The bound keeps a recursive parser from overflowing its stack.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

use crate::parse::nesting::Angles;

/// Brackets in brackets. rustc gives up at 128 levels of most things.
const DEPTH: usize = 256;

/// Tokens in a row without a separator. An expression such as `a = b = c` nests with its length.
const RUN: usize = 20_000;

/// The same file with every function body empty; bytes keep their places. The error is where it passes the bounds.
pub(super) fn without_bodies(tokens: TokenStream) -> Result<TokenStream, Span> {
    emptied(tokens, Level { depth: 0, parsed: true, empties: true })
}

/// The inside of brackets.
#[derive(Clone, Copy)]
struct Level {
    /// How many brackets are around it.
    depth: usize,
    /// Whether it is parsed. What a macro is given stays tokens, and may be one long row of them.
    parsed: bool,
    /// Whether a body in it is one of a function: not so in a macro, nor in an expression.
    empties: bool,
}

fn emptied(tokens: TokenStream, level: Level) -> Result<TokenStream, Span> {
    let mut kept = Vec::new();
    let mut run = 0;
    // Between `fn name` and its body; how many `<` are open there. `Array<{ N }>` has braces that are not a body.
    let mut signature: Option<usize> = None;
    let (mut after_fn, mut after_dash, mut after_bang, mut word, mut word_before_bang) =
        (false, false, false, false, false);
    let mut angles = Angles::default();
    for mut token in tokens {
        run += 1;
        if level.parsed && (run > RUN || angles.take(&token)) {
            return Err(token.span());
        }
        let (mut is_fn, mut is_dash, mut is_bang, mut is_word) = (false, false, false, false);
        match &token {
            TokenTree::Ident(ident) => {
                if after_fn {
                    signature = Some(0);
                }
                is_word = true;
                is_fn = ident == "fn";
                // `macro_rules! name { … }`
                is_bang = after_bang;
            }
            TokenTree::Punct(punct) => {
                is_bang = punct.as_char() == '!';
                is_dash = matches!(punct.as_char(), '-' | '=') && punct.spacing() == Spacing::Joint;
                match (punct.as_char(), &mut signature) {
                    ('<', Some(open)) => *open += 1,
                    ('>', Some(open)) if !after_dash => *open = open.saturating_sub(1),
                    (';', _) => signature = None,
                    _ => {}
                }
                if matches!(punct.as_char(), ',' | ';') {
                    run = 0;
                }
            }
            TokenTree::Group(group) => {
                if level.depth == DEPTH {
                    return Err(group.span_open());
                }
                let is_brace = group.delimiter() == Delimiter::Brace;
                if is_brace && level.empties && signature == Some(0) {
                    signature = None;
                    token = with(group.delimiter(), group.span(), TokenStream::new());
                } else {
                    let inside = Level {
                        depth: level.depth + 1,
                        parsed: level.parsed && !(after_bang && word_before_bang),
                        empties: level.empties && is_brace && signature.is_none() && !after_bang,
                    };
                    let (delimiter, span, stream) = (group.delimiter(), group.span(), group.stream());
                    // No one else holds the tokens then, and they need not be copied.
                    drop(token);
                    token = with(delimiter, span, emptied(stream, inside)?);
                }
                if is_brace {
                    run = 0;
                }
            }
            TokenTree::Literal(_) => {}
        }
        let is_sign = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '!');
        word_before_bang = if is_sign { word } else { is_word && after_bang && word_before_bang };
        (after_fn, after_dash, after_bang, word) = (is_fn, is_dash, is_bang, is_word);
        kept.push(token);
    }
    Ok(kept.into_iter().collect())
}

fn with(delimiter: Delimiter, span: Span, tokens: TokenStream) -> TokenTree {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(span);
    TokenTree::Group(group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bodies_are_emptied() {
        for (source, left) in [
            ("fn f() { a } struct S { b: i32 }", "fn f() { } struct S { b: i32 }"),
            (
                "fn f<T: Into<X<{ 1 }>>>() -> A<{ 2 }> where B<{ 3 }>: C { 4 }",
                "fn f<T: Into<X<{ 1 }>>>() -> A<{ 2 }> where B<{ 3 }>: C { }",
            ),
            (
                "fn f(g: impl Fn(i32) -> i32) -> Vec<Vec<i32>> { 1 } mod m { fn g() { 2 } }",
                "fn f(g: impl Fn(i32) -> i32) -> Vec<Vec<i32>> { } mod m { fn g() { } }",
            ),
            (
                "trait T { fn f(); fn g() { 1 } const A: fn() = { b }; }",
                "trait T { fn f(); fn g() { } const A: fn() = { b }; }",
            ),
            (
                "m! { fn f() { a } } macro_rules! n { () => { fn g() { b } } }",
                "m! { fn f() { a } } macro_rules! n { () => { fn g() { b } } }",
            ),
            (
                "struct S { f: fn(i32) -> i32, g: Option<fn()> } enum E { A { b: i32 } }",
                "struct S { f: fn(i32) -> i32, g: Option<fn()> } enum E { A { b: i32 } }",
            ),
            (
                "unsafe extern \"C\" { fn f(); } const _: () = { fn f() { a } };",
                "unsafe extern \"C\" { fn f(); } const _: () = { fn f() { } };",
            ),
        ] {
            let expected: TokenStream = left.parse().unwrap();
            assert_eq!(without_bodies(source.parse().unwrap()).unwrap().to_string(), expected.to_string());
        }
    }

    #[test]
    fn ordinary_source_is_far_below_the_bounds() {
        let exceeds = |text: &str| without_bodies(text.parse().unwrap()).is_err();
        assert!(!exceeds(include_str!("walk.rs")));
        assert!(!exceeds(&format!("fn f() {{ {} }}", "g(1, 2); ".repeat(50_000))));
        assert!(!exceeds(&format!("data! {{ {} }}", "x ".repeat(50_000))));
        assert!(!exceeds(&format!("macro_rules! data {{ {} }}", "x ".repeat(50_000))));
        assert!(exceeds(&format!("const X: i32 = {}1;", "-".repeat(50_000))));
        assert!(exceeds(&format!("struct A {{ a: {}u8 }}", "&".repeat(5_000))));
        assert!(exceeds(&format!("struct A {{ a: {}u8{} }}", "Option<".repeat(5_000), ">".repeat(5_000))));
        assert!(exceeds(&format!("const X: i32 = {}1{};", "(".repeat(300), ")".repeat(300))));
    }
}
