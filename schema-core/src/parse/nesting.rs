//! How deep Rust tokens nest where brackets do not say it: the parser of types and of expressions recurses.

use proc_macro2::{Delimiter, Spacing, Span, TokenStream, TokenTree};

/// Brackets in brackets, and types in types. rustc gives up at 128 levels of most things.
pub const MOST_DEPTH: usize = 128;

/// Follows `<`, `>` and signs along the tokens of one level of brackets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Angles {
    open: usize,
    /// The signs in a row: `&&&T` nests as deep as it has some.
    signs: usize,
    after_arrow: bool,
}

impl Angles {
    /// Takes the next token; whether more `<` are open, or more signs are in a row, than may be.
    pub fn take(&mut self, token: &TokenTree) -> bool {
        let mut arrow = false;
        self.signs = match token {
            TokenTree::Punct(_) => self.signs + 1,
            TokenTree::Ident(word) if word == "mut" || word == "const" => self.signs,
            _ => 0,
        };
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '<' => self.open += 1,
                // `->` and `=>` close nothing.
                '>' if !self.after_arrow => self.open = self.open.saturating_sub(1),
                ';' => self.open = 0,
                sign => arrow = matches!(sign, '-' | '=') && punct.spacing() == Spacing::Joint,
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => self.open = 0,
            _ => {}
        }
        self.after_arrow = arrow;
        self.open > MOST_DEPTH || self.signs > 2 * MOST_DEPTH
    }
}

/// Where an item nests too deep to be parsed: brackets, types in types, and signs one after the other.
///
/// Inside the parentheses of an attribute nothing is parsed yet, and what a macro is given never is; both are bounded all the same.
#[must_use]
pub fn too_deep(item: &TokenStream) -> Option<Span> {
    let mut levels = vec![(item.clone().into_iter(), Angles::default(), 0)];
    while let Some((tokens, angles, signs)) = levels.last_mut() {
        let Some(token) = tokens.next() else {
            levels.pop();
            continue;
        };
        let is_deep = angles.take(&token);
        match &token {
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ';' => *signs = 0,
                ':' | '<' | '>' => {}
                _ => *signs += 1,
            },
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => *signs = 0,
            _ => {}
        }
        if is_deep || *signs > MOST_SIGNS || levels.len() > MOST_DEPTH {
            return Some(token.span());
        }
        if let TokenTree::Group(group) = token {
            levels.push((group.stream().into_iter(), Angles::default(), 0));
        }
    }
    None
}

/// `&&&T`, `fn() -> fn() -> T`, `-a`: what comes behind a sign nests in it.
const MOST_SIGNS: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    fn nests(text: &str) -> bool {
        too_deep(&text.parse().unwrap()).is_some()
    }

    #[test]
    fn what_a_parser_would_overflow_on_is_found() {
        for (before, inner, after) in [
            ("Option<", "String", ">"),
            ("P<A, ", "A", ">"),
            ("&", "String", ""),
            ("*const ", "String", ""),
            ("fn() -> ", "String", ""),
            ("[", "u8", "; 1]"),
            ("(", "u8", ",)"),
        ] {
            for count in [300, 5_000] {
                let ty = format!("{}{inner}{}", before.repeat(count), after.repeat(count));
                assert!(nests(&format!("struct A {{ a: {ty} }}")), "{before}");
            }
        }
        assert!(!nests("struct A { a: Option<Vec<P<A, fn(u8) -> u8>>>, b: [u8; 4 * 3] }"));
        let many = "#[serde(default = \"x\")] a: HashMap<A, Vec<&'static B>>,".repeat(2_000);
        assert!(!nests(&format!("struct A {{ {many} }}")));
    }
}
