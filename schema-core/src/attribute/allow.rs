//! `allow(…)`, a key of tables and columns: waives rules in the open.

use proc_macro2::TokenStream;

use super::args::{Arg, Spanned, Value, column_name};
use super::{Form, Key, Printed, Reader, key, string};
use crate::diagnostic::Diagnostic;
use crate::schema::Waiver;

pub(super) const KEY: Key = key(
    "allow",
    Form::List,
    "allow(boolean_prefix, reason = \"the column is part of a public API\")",
    "Waives a rule here, or several, in the open. The reason is not optional, and a waiver that nothing needs is an error.",
);

/// Reads `allow(rule, other_rule, reason = "…")`: the rules, and the reason where it is not empty.
pub fn read(arg: &Arg, reader: &mut Reader<'_>) -> Option<(Vec<Spanned<String>>, Option<String>)> {
    let Value::List(items) = &arg.value else { return None };
    let named =
        |items: &[TokenStream]| -> Vec<_> { items.iter().map_while(|rule| column_name(rule.clone()).ok()).collect() };
    let mut report = |message: &str, rules: &[Spanned<String>]| {
        let words: Vec<&str> = rules.iter().map(|rule| rule.value.as_str()).collect();
        let help = text(if words.is_empty() { &["boolean_prefix"] } else { &words }, "why it does not hold here");
        reader.errors.push(Diagnostic::spanned(crate::ids::WAIVER, reader.path, items.span, message).help(help));
    };
    let parsed = items.value.split_last().and_then(|(reason, rules)| {
        let rules = Some(named(rules)).filter(|named| !named.is_empty() && named.len() == rules.len());
        rules.zip(reason_text(reason))
    });
    let Some((rules, reason)) = parsed else {
        report("a waiver names its rule, or several, and the reason", &named(&items.value));
        return None;
    };
    let given = !reason.trim().is_empty();
    if !given {
        report("the reason of a waiver is empty", &rules);
    }
    Some((rules, given.then_some(reason)))
}

/// `reason = "…"`
pub(super) fn reason_text(tokens: &TokenStream) -> Option<String> {
    let pair: syn::MetaNameValue = syn::parse2(tokens.clone()).ok()?;
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = pair.value else { return None };
    pair.path.is_ident("reason").then(|| text.value())
}

/// `allow(rule, reason = "…")`
fn text(rules: &[&str], reason: &str) -> String {
    format!("{}({}, reason = {})", KEY.name, rules.join(", "), string(reason))
}

/// Adds the waivers of one place.
#[must_use]
pub fn print<'a>(printed: Printed, waivers: impl Iterator<Item = &'a Waiver>) -> Printed {
    waivers.fold(printed, |printed, waiver| {
        printed.list(KEY.name, &[waiver.rule.clone(), format!("reason = {}", string(&waiver.reason))])
    })
}
