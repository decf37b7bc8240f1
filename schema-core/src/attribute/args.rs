//! The arguments of one attribute: split, checked against the grammar, typed.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{LitInt, LitStr, Token};

use super::errors::Errors;
use super::{Attribute, Form, Key};
use crate::diagnostic::{Diagnostic, Edit};
use crate::suggest::nearest;

pub use crate::ids::ATTRIBUTE;

/// A value and the tokens that it was read from.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// The tokens.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Keeps the tokens of a value.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// One key with what follows it.
#[derive(Clone, Debug)]
pub struct Arg {
    /// The key.
    pub key: &'static str,
    /// The tokens of the key.
    pub span: Span,
    /// What follows.
    pub value: Value,
}

/// What follows a key, of the form that the grammar states.
#[derive(Clone, Debug)]
pub enum Value {
    /// Nothing.
    Flag,
    /// `= "text"`
    Text(Spanned<String>),
    /// `= word`
    Word(Spanned<String>),
    /// `= 1_000`
    Number(Spanned<u64>),
    /// `(…)`, split at its commas.
    List(Spanned<Vec<TokenStream>>),
    /// `= Path` or `= Path(columns)`
    Target {
        /// The path as it was typed: what the compiler resolves.
        path: TokenStream,
        /// Its last segment: what the scan knows the model by.
        name: Spanned<String>,
        /// The columns.
        columns: Vec<Spanned<String>>,
    },
}

/// The arguments of one attribute.
#[derive(Clone, Debug)]
pub struct Args {
    /// The tokens of the whole attribute.
    pub span: Span,
    /// What comes before the keys.
    pub leading: Vec<TokenStream>,
    keys: Vec<Arg>,
}

impl Args {
    /// Parses an attribute, and reports everything in it that the grammar does not know.
    pub fn parse(attribute: &syn::Attribute, grammar: &'static Attribute, path: &str, errors: &mut Errors) -> Self {
        let span = attribute.meta.path().span();
        let mut args = Self { span, leading: Vec::new(), keys: Vec::new() };
        let tokens = match &attribute.meta {
            syn::Meta::List(list) => list.tokens.clone(),
            syn::Meta::Path(_) => TokenStream::new(),
            syn::Meta::NameValue(pair) => {
                errors.push(malformed(grammar, path, pair.eq_token.span, "takes its arguments in parentheses"));
                return args;
            }
        };
        for span in nul_texts(&tokens) {
            errors.push(nul(path, span));
        }
        let segments = split(tokens);
        let earlier = errors.len();
        for segment in segments {
            args.take(segment, grammar, path, errors);
        }
        if args.leading.is_empty()
            && let Some(leading) = &grammar.leading
            && errors.len() == earlier
        {
            errors.push(malformed(grammar, path, span, &format!("names {} first: {}", leading.what, leading.form)));
        }
        args
    }

    fn take(&mut self, segment: TokenStream, grammar: &'static Attribute, path: &str, errors: &mut Errors) {
        let span = segment.span();
        let mut tokens = segment.clone().into_iter();
        let (first, second) = (tokens.next(), tokens.next());
        let word = match &first {
            Some(TokenTree::Ident(ident)) => Some(ident),
            _ => None,
        };
        // What a query is called may be the name of a key.
        if self.leading.is_empty() && grammar.leading.as_ref().is_some_and(|leading| leading.call) {
            self.leading.push(segment);
            return;
        }
        let key = word.and_then(|word| grammar.keys.iter().find(|key| *word == key.name));
        let looks_like_key = match &second {
            Some(TokenTree::Punct(punct)) => punct.as_char() == '=',
            Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Parenthesis,
            None | Some(_) => false,
        };
        match (key, word) {
            // A lone word is a flag; where columns come first, any other lone word is one of them: `#[index(name)]`.
            (Some(key), Some(word))
                if looks_like_key || second.is_none() && (key.form == Form::Flag || grammar.leading.is_none()) =>
            {
                match value(key, &segment) {
                    Ok(value) => self.add(Arg { key: key.name, span: word.span(), value }, grammar, path, errors),
                    Err(at) => errors.push(wrong_value(key, &segment, path, at)),
                }
            }
            (None, Some(word)) if looks_like_key || grammar.leading.is_none() => {
                let names = grammar.keys.iter().map(|key| key.name);
                let text = word.to_string();
                let message = format!("`#[{}(…)]` has no key `{text}`", grammar.name);
                let error = Diagnostic::spanned(ATTRIBUTE, path, word.span(), message);
                let near = nearest(&text, names.clone());
                errors.push(match near.and_then(|near| grammar.keys.iter().find(|key| key.name == near)) {
                    Some(near) => error
                        .help(format!("did you mean `{}`?", near.example))
                        .fix(word.span(), Edit::Replace(near.name.to_owned())),
                    None => error.help(format!("its keys are {}", list(names))),
                });
            }
            _ => match &grammar.leading {
                Some(leading) if leading.many || self.leading.is_empty() => self.leading.push(segment),
                _ => errors.push(malformed(grammar, path, span, "does not take this")),
            },
        }
    }

    fn add(&mut self, arg: Arg, grammar: &'static Attribute, path: &str, errors: &mut Errors) {
        // A waiver names its rule, so several may be side by side.
        if arg.key != "allow"
            && let Some(earlier) = self.keys.iter().find(|earlier| earlier.key == arg.key)
        {
            errors.push(duplicate(&format!("`{}` of `#[{}(…)]`", arg.key, grammar.name), path, arg.span, earlier.span));
            return;
        }
        self.keys.push(arg);
    }

    /// Joins the keys of a second attribute of the same name.
    pub fn merge(&mut self, other: Self, grammar: &'static Attribute, path: &str, errors: &mut Errors) {
        for arg in other.keys {
            self.add(arg, grammar, path, errors);
        }
    }

    /// The argument of that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Arg> {
        self.keys.iter().find(|arg| arg.key == key)
    }

    /// Every argument of that key.
    pub fn all<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Arg> {
        self.keys.iter().filter(move |arg| arg.key == key)
    }

    /// Whether the flag is set.
    #[must_use]
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// The text of that key.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Spanned<String>> {
        match &self.get(key)?.value {
            Value::Text(text) | Value::Word(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// The number of that key.
    #[must_use]
    pub fn number(&self, key: &str) -> Option<u64> {
        match &self.get(key)?.value {
            Value::Number(number) => Some(number.value),
            _ => None,
        }
    }
}

/// The error that a thing appears twice.
#[must_use]
pub fn duplicate(what: &str, path: &str, at: Span, earlier: Span) -> Diagnostic<Span> {
    Diagnostic::spanned(ATTRIBUTE, path, at, format!("{what} appears twice"))
        .help("keep one of the two")
        .second(earlier, "the first is here")
}

/// The error that an attribute is not of its form.
#[must_use]
pub fn malformed(grammar: &Attribute, path: &str, at: Span, problem: &str) -> Diagnostic<Span> {
    Diagnostic::spanned(ATTRIBUTE, path, at, format!("`#[{}(…)]` {problem}", grammar.name)).help(grammar.example)
}

/// The error that a text has a NUL character.
#[must_use]
pub fn nul(path: &str, at: Span) -> Diagnostic<Span> {
    Diagnostic::spanned(ATTRIBUTE, path, at, "the server takes no NUL character, in no text and no name")
        .help("take the `\\0` out; bytes belong in a column of the type `Vec<u8>`")
}

/// The texts that have a NUL character.
fn nul_texts(tokens: &TokenStream) -> Vec<Span> {
    let mut found = Vec::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Group(group) => found.extend(nul_texts(&group.stream())),
            TokenTree::Literal(literal) => {
                let span = literal.span();
                let text = syn::parse2::<LitStr>(TokenTree::Literal(literal).into());
                if text.is_ok_and(|text| text.value().contains('\0')) {
                    found.push(span);
                }
            }
            _ => {}
        }
    }
    found
}

/// Joins names for a message: `` `a`, `b` ``.
pub fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Splits tokens at their top-level commas.
#[must_use]
pub fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut segments = vec![TokenStream::new()];
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => segments.push(TokenStream::new()),
            token => {
                if let Some(segment) = segments.last_mut() {
                    segment.extend([token]);
                }
            }
        }
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}

/// The text of an identifier, raw or not.
#[must_use]
pub fn ident_text(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// Reads the value of a key; the error is the place that does not fit.
fn value(key: &Key, segment: &TokenStream) -> Result<Value, Span> {
    let parser = |input: ParseStream<'_>| {
        input.call(Ident::parse_any)?;
        let value = match key.form {
            Form::Flag => Value::Flag,
            Form::Text => {
                input.parse::<Token![=]>()?;
                let text: LitStr = input.parse()?;
                Value::Text(Spanned::new(text.value(), text.span()))
            }
            Form::Word(words) => {
                input.parse::<Token![=]>()?;
                let word = input.call(Ident::parse_any)?;
                let text = ident_text(&word);
                if !words.is_empty() && !words.contains(&text.as_str()) {
                    return Err(syn::Error::new(word.span(), ""));
                }
                Value::Word(Spanned::new(text, word.span()))
            }
            Form::Number => {
                input.parse::<Token![=]>()?;
                let number: LitInt = input.parse()?;
                Value::Number(Spanned::new(number.base10_parse()?, number.span()))
            }
            Form::List => {
                let group: Group = input.parse()?;
                Value::List(Spanned::new(split(group.stream()), group.span()))
            }
            Form::Target => {
                input.parse::<Token![=]>()?;
                let path = input.call(syn::Path::parse_mod_style)?;
                let columns = if input.peek(syn::token::Paren) {
                    let group: Group = input.parse()?;
                    split(group.stream()).into_iter().map(column_name).collect::<Result<_, _>>()?
                } else {
                    Vec::new()
                };
                let last = path.segments.last().map(|segment| ident_text(&segment.ident)).unwrap_or_default();
                Value::Target { name: Spanned::new(last, path.span()), path: path.into_token_stream(), columns }
            }
        };
        Ok(value)
    };
    parser.parse2(segment.clone()).map_err(|error| place_of(&error, segment))
}

/// The error that a key has no such value: with the values that it has, where they are words.
fn wrong_value(key: &Key, segment: &TokenStream, path: &str, at: Span) -> Diagnostic<Span> {
    let given = match segment.clone().into_iter().nth(2) {
        Some(TokenTree::Ident(given)) => Some(ident_text(&given)),
        _ => None,
    };
    match (key.form, given) {
        (Form::Word(words), Some(given)) if !words.is_empty() => {
            let message = format!("`{given}` is not a value of `{}`", key.name);
            let values = format!("its values are {}", list(words.iter().copied()));
            let error = Diagnostic::spanned(ATTRIBUTE, path, at, message);
            match nearest(&given, words.iter().copied()) {
                Some(near) => error
                    .help(format!("did you mean `{} = {near}`? {values}", key.name))
                    .fix(at, Edit::Replace(near.to_owned())),
                None => error.help(values),
            }
        }
        _ => Diagnostic::spanned(ATTRIBUTE, path, at, format!("`{}` is not of the right form", key.name))
            .help(format!("{}    {}", key.example, brief(key.doc))),
    }
}

/// Where a parse error is: an early end has no token of its own, so the tokens that end too early stand for it.
#[must_use]
pub fn place_of(error: &syn::Error, tokens: &TokenStream) -> Span {
    if error.to_string().starts_with("unexpected end of input") { tokens.span() } else { error.span() }
}

/// Reads one column's name, and nothing after it.
pub fn column_name(tokens: TokenStream) -> syn::Result<Spanned<String>> {
    let ident = Ident::parse_any.parse2(tokens)?;
    Ok(Spanned::new(ident_text(&ident), ident.span()))
}

/// The first sentence, where what follows is for the reference.
fn brief(doc: &str) -> &str {
    doc.split_inclusive(". ").next().map_or(doc, str::trim_end)
}
