//! What an item's attributes mean here: which derives it has, and whether a `cfg` keeps it.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Ident, Lit, Meta, Token};

use crate::attribute::ATTRIBUTES;
use crate::attribute::args::{ident_text, split};

/// A derive of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derive {
    Table,
    Enumeration,
    SqlType,
}

impl Derive {
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "Table" => Self::Table,
            "Enumeration" => Self::Enumeration,
            "SqlType" => Self::SqlType,
            _ => return None,
        })
    }
}

/// Whether a condition holds in a build that is not a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    /// It depends on the build.
    Unknown,
    Yes,
}

/// Attributes with the conditions worked out of them.
pub(super) struct Effective {
    /// The attributes that apply, as if each open condition held.
    pub(super) attributes: Vec<Attribute>,
    /// Whether the item is kept.
    pub(super) present: Truth,
    /// The conditions that the build decides, where they decide over something that the schema holds.
    pub(super) open: Vec<Span>,
}

impl Effective {
    pub(super) fn of(attributes: Vec<Attribute>) -> Self {
        let mut effective = Self { attributes: Vec::new(), present: Truth::Yes, open: Vec::new() };
        for attribute in attributes {
            effective.take(attribute, None);
        }
        effective
    }

    /// `under` is the open `cfg_attr` that the attribute is in.
    fn take(&mut self, attribute: Attribute, under: Option<Span>) {
        let name = attribute.path().get_ident().map(ident_text).unwrap_or_default();
        match (name.as_str(), &attribute.meta) {
            ("cfg", Meta::List(list)) => {
                let truth = evaluate(list.tokens.clone());
                let truth = if under.is_some() { truth.max(Truth::Unknown) } else { truth };
                self.present = self.present.min(truth);
                if truth == Truth::Unknown {
                    self.open.push(under.unwrap_or_else(|| attribute.span()));
                }
            }
            ("cfg_attr", Meta::List(list)) => {
                let mut segments = split(list.tokens.clone()).into_iter();
                let Some(condition) = segments.next() else { return };
                let truth = evaluate(condition);
                if truth == Truth::No {
                    return;
                }
                let under = under.or((truth == Truth::Unknown).then(|| attribute.span()));
                for segment in segments {
                    // What is not a plain attribute, such as `unsafe(no_mangle)`, is none of ours.
                    let Ok(meta) = syn::parse2::<Meta>(segment) else { continue };
                    self.take(Attribute { meta, ..attribute.clone() }, under);
                }
            }
            _ => {
                if let Some(under) = under
                    && matters(&name, &attribute)
                    && !self.open.iter().any(|open| open.byte_range() == under.byte_range())
                {
                    self.open.push(under);
                }
                self.attributes.push(attribute);
            }
        }
    }

    /// The text of `#[path = "…"]`.
    pub(super) fn path(&self) -> Option<(String, Span)> {
        self.attributes.iter().find_map(|attribute| {
            let Meta::NameValue(pair) = &attribute.meta else { return None };
            let syn::Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
            pair.path.is_ident("path").then(|| (text.value(), text.span()))
        })
    }

    /// The derives of ours, each once. `alias` knows what a `use … as …` renamed.
    pub(super) fn derives(&self, alias: impl Fn(&str) -> Option<Derive>) -> Vec<Derive> {
        let mut derives = Vec::new();
        for attribute in &self.attributes {
            for path in derived(attribute) {
                let Some(last) = path.segments.last() else { continue };
                let name = ident_text(&last.ident);
                let derive = if path.segments.len() == 1 { alias(&name) } else { None };
                if let Some(derive) = derive.or_else(|| Derive::named(&name))
                    && !derives.contains(&derive)
                {
                    derives.push(derive);
                }
            }
        }
        derives
    }
}

fn derived(attribute: &Attribute) -> Vec<syn::Path> {
    let Meta::List(list) = &attribute.meta else { return Vec::new() };
    if !list.path.is_ident("derive") {
        return Vec::new();
    }
    // The compiler refuses a derive that does not parse, so nothing is lost here.
    let paths = Punctuated::<syn::Path, Token![,]>::parse_terminated.parse2(list.tokens.clone());
    paths.map(|paths| paths.into_iter().collect()).unwrap_or_default()
}

/// Whether a conditional attribute changes what the schema holds. `#[cfg_attr(feature = "serde", derive(Serialize))]`
/// does not.
fn matters(name: &str, attribute: &Attribute) -> bool {
    name == "path"
        || (name == "doc" && matches!(attribute.meta, Meta::NameValue(_)))
        || ATTRIBUTES.iter().any(|ours| ours.name == name)
        || derived(attribute)
            .iter()
            .any(|path| path.segments.last().is_some_and(|last| Derive::named(&ident_text(&last.ident)).is_some()))
}

/// Whether a condition holds where `test` does not and nothing else is known.
fn evaluate(condition: TokenStream) -> Truth {
    predicate.parse2(condition).unwrap_or(Truth::Unknown)
}

fn predicate(input: ParseStream<'_>) -> syn::Result<Truth> {
    let word = ident_text(&input.call(Ident::parse_any)?);
    if input.peek(syn::token::Paren) {
        let content;
        syn::parenthesized!(content in input);
        let parts: Vec<Truth> =
            Punctuated::<Truth, Token![,]>::parse_terminated_with(&content, predicate)?.into_iter().collect();
        return Ok(match word.as_str() {
            "all" => parts.into_iter().min().unwrap_or(Truth::Yes),
            "any" => parts.into_iter().max().unwrap_or(Truth::No),
            "not" => match parts.as_slice() {
                [Truth::Yes] => Truth::No,
                [Truth::No] => Truth::Yes,
                _ => Truth::Unknown,
            },
            _ => Truth::Unknown,
        });
    }
    if input.parse::<Option<Token![=]>>()?.is_some() {
        input.parse::<Lit>()?;
        return Ok(Truth::Unknown);
    }
    Ok(match word.as_str() {
        "test" | "false" => Truth::No,
        "true" => Truth::Yes,
        _ => Truth::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_decided_as_far_as_they_can_be() {
        for (text, truth) in [
            ("test", Truth::No),
            ("all(test, feature = \"x\")", Truth::No),
            ("any(test)", Truth::No),
            ("any(test, feature = \"x\")", Truth::Unknown),
            ("not(test)", Truth::Yes),
            ("all()", Truth::Yes),
            ("any()", Truth::No),
            ("all(not(test), unix)", Truth::Unknown),
            ("true", Truth::Yes),
            ("target_os = \"linux\"", Truth::Unknown),
            ("version(\"1.95\")", Truth::Unknown),
            ("", Truth::Unknown),
        ] {
            assert_eq!(evaluate(text.parse().unwrap()), truth, "{text}");
        }
    }

    #[test]
    fn only_conditions_on_what_the_schema_holds_stay_open() {
        let open = |text: &str| {
            let item: syn::ItemStruct = syn::parse_str(text).unwrap();
            let effective = Effective::of(item.attrs);
            (effective.open.len(), effective.derives(|_| None).len(), effective.present)
        };
        assert_eq!(
            open("#[cfg_attr(feature = \"serde\", derive(Serialize))] #[derive(Table)] struct A;"),
            (0, 1, Truth::Yes)
        );
        assert_eq!(
            open("#[cfg_attr(unix, derive(Debug, tablewright::Table), table(junction))] struct A;"),
            (1, 1, Truth::Yes)
        );
        assert_eq!(open("#[cfg_attr(test, derive(Table))] struct A;"), (0, 0, Truth::Yes));
        assert_eq!(open("#[cfg_attr(not(test), derive(Table))] struct A;"), (0, 1, Truth::Yes));
        assert_eq!(open("#[cfg_attr(unix, cfg(windows))] #[derive(Table)] struct A;"), (1, 1, Truth::Unknown));
        assert_eq!(open("#[cfg(test)] #[derive(Table)] struct A;"), (0, 1, Truth::No));
    }
}
