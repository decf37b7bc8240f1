//! A model as it was typed: attributes sorted by name and checked against the grammar, nothing derived yet.

use proc_macro2::{Ident, Span};
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, Lit, Meta, Type, Visibility};

use crate::attribute::args::{self, ATTRIBUTE, Args, ident_text};
use crate::attribute::{self, ATTRIBUTES, Errors, Position};
use crate::diagnostic::{Diagnostic, Edit};
use crate::schema::table_name;
use crate::suggest::nearest;

pub use crate::ids::UNKNOWN_ATTRIBUTE;

/// A struct that derives `Table`.
pub struct RawTable {
    /// The struct's name.
    pub ident: Ident,
    /// Its visibility, which its helpers share.
    pub vis: Visibility,
    /// Its documentation's first paragraph.
    pub comment: Option<String>,
    /// Its fields.
    pub fields: Vec<RawField>,
    /// Its attributes.
    pub attributes: RawAttributes,
}

/// A field of a struct that derives `Table`.
pub struct RawField {
    /// The field's name.
    pub ident: Ident,
    /// Its visibility.
    pub vis: Visibility,
    /// Its type.
    pub ty: Type,
    /// Its documentation's first paragraph.
    pub comment: Option<String>,
    /// Its attributes.
    pub attributes: RawAttributes,
}

/// The attributes of one item.
#[derive(Debug, Default)]
pub struct RawAttributes {
    found: Vec<(&'static str, Args)>,
}

impl RawAttributes {
    /// Sorts an item's attributes, and reports those that the grammar does not know there.
    pub fn parse(attributes: &[Attribute], on: Position, path: &str, errors: &mut Errors) -> Self {
        let mut found: Vec<(&'static str, Args)> = Vec::new();
        for attribute in attributes {
            let Some(name) = attribute.path().get_ident().map(ident_text) else { continue };
            if name == "doc"
                && let Some(text) = doc(attribute)
                && text.value().contains('\0')
            {
                errors.push(args::nul(path, text.span()));
            }
            let Some(grammar) = attribute::attribute(&name, on) else {
                misplaced(&name, on, path, attribute.path().span(), errors);
                continue;
            };
            let args = Args::parse(attribute, grammar, path, errors);
            match found.iter_mut().find(|(name, _)| *name == grammar.name) {
                Some((_, earlier)) if grammar.leading.is_none() => earlier.merge(args, grammar, path, errors),
                Some((_, earlier)) if !grammar.repeatable => {
                    errors.push(args::duplicate(&format!("`#[{name}]`"), path, args.span, earlier.span));
                }
                _ => found.push((grammar.name, args)),
            }
        }
        Self { found }
    }

    /// The attribute of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Args> {
        self.found.iter().find(|(found, _)| *found == name).map(|(_, args)| args)
    }

    /// Every attribute of that name, in order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Args> {
        self.found.iter().filter(move |(found, _)| *found == name).map(|(_, args)| args)
    }
}

/// Reports one of our attributes in the wrong place, or one that is nearly ours.
fn misplaced(name: &str, on: Position, path: &str, at: Span, errors: &mut Errors) {
    if let Some(attribute) = ATTRIBUTES.iter().find(|attribute| attribute.name == name) {
        let place = match attribute.on {
            Position::Table => "on the struct",
            Position::Column => "on a field",
            Position::Enumeration => "on an enum that derives `Enumeration`",
            Position::Variant => "on a variant",
            Position::Newtype => "on a struct that derives `SqlType`",
        };
        errors.push(
            Diagnostic::spanned(ATTRIBUTE, path, at, format!("`#[{name}]` belongs {place}, not here"))
                .help(attribute.example),
        );
        return;
    }
    // An attribute of another derive is none of our business; one letter off ours is.
    if KNOWN_ELSEWHERE.contains(&name) {
        return;
    }
    let ours = ATTRIBUTES.iter().filter(|attribute| attribute.on == on).map(|attribute| attribute.name);
    if let Some(near) = nearest(name, ours.filter(|ours| ours.len().abs_diff(name.len()) <= 1)) {
        errors.push(
            Diagnostic::spanned(UNKNOWN_ATTRIBUTE, path, at, format!("there is no `#[{name}]`"))
                .help(format!("did you mean `#[{near}(…)]`?"))
                .fix(at, Edit::Replace(near.to_owned())),
        );
    }
}

/// Attributes of the language: known not to be ours, however similar.
const KNOWN_ELSEWHERE: &[&str] = &["allow", "cfg", "derive", "doc", "expect", "inline", "repr", "serde", "test"];

impl RawTable {
    /// Reads a struct; `None` where it can be no table at all.
    pub fn parse(input: &DeriveInput, errors: &mut Errors) -> Option<Self> {
        let name = ident_text(&input.ident);
        let refused = |at: Span, message: &str, help: &str| {
            Diagnostic::spanned(crate::ids::TABLE_SHAPE, name.clone(), at, message).help(help)
        };
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => &fields.named,
                Fields::Unnamed(fields) => {
                    errors.push(refused(
                        fields.span(),
                        "a table's columns have names, a tuple struct's fields have none",
                        "write `struct Name { id: Uuid, … }`; a newtype derives `SqlType`",
                    ));
                    return None;
                }
                Fields::Unit => {
                    errors.push(refused(
                        input.ident.span(),
                        "a table has columns, a unit struct has none",
                        "write `struct Name { id: Uuid, … }`",
                    ));
                    return None;
                }
            },
            Data::Enum(data) => {
                errors.push(refused(
                    data.enum_token.span,
                    "an enum is not a table",
                    "a fixed set of values derives `Enumeration`",
                ));
                return None;
            }
            Data::Union(data) => {
                errors.push(refused(data.union_token.span, "a union is not a table", "write a struct"));
                return None;
            }
        };
        if !input.generics.params.is_empty() {
            errors.push(refused(
                input.generics.span(),
                "a table is one type: generics and lifetimes are not supported",
                "name the types; a column owns its value (`String`, not `&str`)",
            ));
            return None;
        }
        let attributes = RawAttributes::parse(&input.attrs, Position::Table, &table_name(&name), errors);
        let table = attributes
            .get("table")
            .and_then(|args| args.text("name"))
            .map_or_else(|| table_name(&name), |text| text.value);
        let fields = fields
            .iter()
            .filter_map(|field| {
                let ident = field.ident.clone()?;
                let path = format!("{table}.{}", ident_text(&ident));
                let attributes = RawAttributes::parse(&field.attrs, Position::Column, &path, errors);
                Some(RawField {
                    ident,
                    vis: field.vis.clone(),
                    ty: field.ty.clone(),
                    comment: comment(&field.attrs),
                    attributes,
                })
            })
            .collect();
        Some(Self {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            comment: comment(&input.attrs),
            fields,
            attributes,
        })
    }
}

/// The text of a `#[doc = "…"]`.
fn doc(attribute: &Attribute) -> Option<&syn::LitStr> {
    match &attribute.meta {
        Meta::NameValue(syn::MetaNameValue {
            path,
            value: Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }),
            ..
        }) if path.is_ident("doc") => Some(text),
        _ => None,
    }
}

/// The first paragraph of the documentation, on one line: what `COMMENT ON` says.
#[must_use]
pub fn comment(attributes: &[Attribute]) -> Option<String> {
    let mut paragraph = Vec::new();
    for text in attributes.iter().filter_map(doc) {
        for line in text.value().lines() {
            let line = line.trim();
            if line.is_empty() && !paragraph.is_empty() {
                return Some(paragraph.join(" "));
            }
            if !line.is_empty() {
                paragraph.push(line.to_owned());
            }
        }
    }
    (!paragraph.is_empty()).then(|| paragraph.join(" "))
}
