//! Function bodies, taken out before a file is parsed.
//!
//! They hold no models, they are most of a program, and they are where new syntax turns up first: what is not parsed
//! costs nothing and cannot be refused.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::budget::DEPTH;

/// The same file with every function body empty. Bytes keep their places.
pub(super) fn without_bodies(tokens: TokenStream) -> TokenStream {
    emptied(tokens, 0)
}

fn emptied(tokens: TokenStream, depth: usize) -> TokenStream {
    let mut kept = Vec::new();
    // Between `fn name` and its body; how many `<` are open there. `Array<{ N }>` has braces that are no body.
    let mut signature: Option<usize> = None;
    let (mut after_fn, mut after_dash, mut after_bang) = (false, false, false);
    for token in tokens {
        let mut token = token;
        let (mut is_fn, mut is_dash, mut is_bang) = (false, false, false);
        match &token {
            TokenTree::Ident(ident) => {
                if after_fn {
                    signature = Some(0);
                }
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
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match signature {
                Some(0) => {
                    signature = None;
                    token = braces(group, TokenStream::new());
                }
                None if !after_bang && depth < DEPTH => {
                    token = braces(group, emptied(group.stream(), depth + 1));
                }
                _ => {}
            },
            _ => {}
        }
        (after_fn, after_dash, after_bang) = (is_fn, is_dash, is_bang);
        kept.push(token);
    }
    kept.into_iter().collect()
}

fn braces(group: &Group, tokens: TokenStream) -> TokenTree {
    let mut braces = Group::new(Delimiter::Brace, tokens);
    braces.set_span(group.span());
    TokenTree::Group(braces)
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
            assert_eq!(without_bodies(source.parse().unwrap()).to_string(), expected.to_string());
        }
    }
}
