//! The items of one file: models are read, modules and includes become further files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, Data, DeriveInput, Fields, Item, Token, UseTree};

use super::attributes::{Derive, Effective, Truth};
use super::files::{Folder, ModuleFile};
use super::lines::Lines;
use super::walk::{Task, Walked, Within};
use super::{CFG, MACRO_MODEL, ModelSource, SOURCE};
use crate::attribute::SourceMap;
use crate::attribute::args::ident_text;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::parse::types::field_type;
use crate::parse::{self, Parsed};
use crate::report::{Location, Report, shown};
use crate::rules;

/// The open conditions that an item is under, outermost first.
type Open = Rc<Vec<Location>>;

/// One file while its items are read.
pub(super) struct Reading<'a> {
    file: &'a Path,
    source: &'a Arc<str>,
    package: &'a Path,
    profile: &'a Profile,
    within: Option<Rc<Within>>,
    found: &'a mut Walked,
    /// The open conditions that were reported: each is reported once, with the first model under it.
    reported: &'a mut BTreeSet<(PathBuf, usize)>,
    aliases: BTreeMap<String, Derive>,
    lines: Lines,
    pub(super) children: Vec<Task>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        file: &'a Path,
        source: &'a Arc<str>,
        package: &'a Path,
        profile: &'a Profile,
        within: Option<Rc<Within>>,
        found: &'a mut Walked,
        reported: &'a mut BTreeSet<(PathBuf, usize)>,
    ) -> Self {
        let (aliases, lines, children) = (BTreeMap::new(), Lines::of(source), Vec::new());
        Self { file, source, package, profile, within, found, reported, aliases, lines, children }
    }

    fn at(&self, span: Span) -> Location {
        Location::new(self.file, self.source, self.lines.bytes(span))
    }

    fn refuse(&mut self, report: Report) {
        self.found.reports.push(report);
    }

    /// The conditions around an item, with its own.
    pub(super) fn under(&self, around: &Open, own: &[Span]) -> Open {
        if own.is_empty() || self.profile.allow_cfg {
            return Rc::clone(around);
        }
        let own = own.iter().map(|span| self.at(*span));
        Rc::new(around.iter().cloned().chain(own).collect())
    }

    pub(super) fn file(&mut self, items: Vec<Item>, folder: &Folder, open: &Open) {
        renamed(&items, &mut self.aliases);
        self.items(items, folder, open);
    }

    fn items(&mut self, items: Vec<Item>, folder: &Folder, open: &Open) {
        for item in items {
            match item {
                Item::Struct(item) => self.model(item.into(), open),
                Item::Enum(item) => self.model(item.into(), open),
                Item::Union(item) => self.model(item.into(), open),
                Item::Type(item) if item.generics.params.is_empty() => {
                    if let Ok(named) = field_type(&item.ty)
                        && !named.nullable
                    {
                        self.found.type_aliases.push((ident_text(&item.ident), named.sql_type));
                    }
                }
                Item::Mod(item) => self.module(item, folder, open),
                Item::Macro(item) => self.macro_call(item, open),
                Item::Verbatim(tokens) => {
                    if let Some(derive) = self.derive_within(&tokens) {
                        let report = Diagnostic::spanned(
                            SOURCE,
                            "",
                            self.at(derive),
                            "this item cannot be read, and derives a model",
                        );
                        self.refuse(report.help("write the model in plain syntax"));
                    }
                }
                _ => {}
            }
        }
    }

    fn module(&mut self, item: syn::ItemMod, folder: &Folder, open: &Open) {
        // With `#[cfg_attr(…, path = "…")]` the module may lie in either place.
        let unconditional = item.attrs.iter().any(|attribute| attribute.path().is_ident("path"));
        let effective = Effective::of(item.attrs);
        if effective.present == Truth::No {
            return;
        }
        let open = self.under(open, &effective.open);
        let name = ident_text(&item.ident);
        let path = effective.path();
        if let Some((_, items)) = item.content {
            let folder = folder.inline(&name, path.as_ref().map(|(path, _)| path.as_str()));
            self.items(items, &folder, &open);
            return;
        }
        let conditional = !effective.open.is_empty();
        let Some((path, span)) = path else {
            return self.module_file(folder.module(&name), &name, item.ident.span(), &open, conditional);
        };
        self.module_file(folder.at_path(&path), &name, span, &open, conditional);
        if !unconditional && conditional {
            self.module_file(folder.module(&name), &name, item.ident.span(), &open, true);
        }
    }

    fn module_file(&mut self, file: ModuleFile, name: &str, at: Span, open: &Open, conditional: bool) {
        let at = self.at(at);
        let path = |file: &Path| shown(file, self.package).display().to_string();
        match file {
            ModuleFile::One(file, folder) => self.child(file, folder, at, open),
            // The compiler looks for it only where the condition holds; a missing file has no model.
            ModuleFile::Missing(_) if conditional => {}
            ModuleFile::Missing(files) => {
                let files: Vec<String> = files.iter().map(|file| path(file)).collect();
                let report = Diagnostic::spanned(SOURCE, "", at, format!("file not found for module `{name}`"));
                self.refuse(report.help(format!("create {}", files.join(" or "))));
            }
            ModuleFile::Two(one, two) => {
                let message = format!("there are two files for module `{name}`: {} and {}", path(&one), path(&two));
                self.refuse(Diagnostic::spanned(SOURCE, "", at, message).help("delete or rename one of them"));
            }
        }
    }

    fn child(&mut self, file: PathBuf, folder: Folder, named_at: Location, open: &Open) {
        self.children.push(Task {
            file,
            folder,
            named_at: Some(named_at),
            open: Rc::clone(open),
            within: self.within.clone(),
        });
    }

    fn macro_call(&mut self, item: syn::ItemMacro, open: &Open) {
        let effective = Effective::of(item.attrs);
        if effective.present == Truth::No {
            return;
        }
        let name = item.mac.path.segments.last().map(|segment| ident_text(&segment.ident)).unwrap_or_default();
        if let Some(derive) = self.derive_within(&item.mac.tokens) {
            let report = Diagnostic::spanned(
                MACRO_MODEL,
                "",
                self.at(derive),
                format!("a model inside `{name}!`: only the compiler knows what comes out of a macro"),
            );
            self.refuse(report.help("write the model outside the macro"));
            return;
        }
        let at = self.at(item.mac.path.span());
        if name == "include" {
            let Ok(text) = item.mac.parse_body_with(|input: syn::parse::ParseStream<'_>| {
                let text: syn::LitStr = input.parse()?;
                input.parse::<Option<Token![,]>>()?;
                Ok(text)
            }) else {
                self.found.notes.push(
                    Diagnostic::spanned(SOURCE, "", at, "this file is not read: its path is made while building")
                        .help("a model must be in a file of the crate"),
                );
                return;
            };
            let file = self.file.parent().unwrap_or(Path::new("")).join(text.value());
            let folder = Folder::of(&file);
            let open = self.under(open, &effective.open);
            self.child(file, folder, self.at(text.span()), &open);
        } else if let Some(module) = module_within(&item.mac.tokens) {
            self.found.notes.push(
                Diagnostic::spanned(SOURCE, "", self.at(module), format!("modules inside `{name}!` are not followed"))
                    .help("a module with models must be outside macros"),
            );
        }
    }

    /// An item that may derive; what its own conditions leave out is removed first, as the compiler does.
    fn model(&mut self, mut input: DeriveInput, around: &Open) {
        let effective = Effective::of(std::mem::take(&mut input.attrs));
        let derives = effective.derives(|name| self.aliases.get(name).copied());
        if derives.is_empty() || effective.present == Truth::No {
            return;
        }
        input.attrs = effective.attributes;
        let mut open = effective.open;
        let mut members = Vec::new();
        match &mut input.data {
            Data::Struct(data) => keep_fields(&mut data.fields, &mut members),
            Data::Enum(data) => {
                data.variants = std::mem::take(&mut data.variants)
                    .into_iter()
                    .filter_map(|mut variant| {
                        keep(&mut variant.attrs, &mut members).then(|| {
                            keep_fields(&mut variant.fields, &mut members);
                            variant
                        })
                    })
                    .collect();
            }
            Data::Union(_) => {}
        }
        open.append(&mut members);
        let name = ident_text(&input.ident);
        let item = self.at(input.ident.span());
        let table = derives.contains(&Derive::Table).then(|| crate::schema::table_name(&name));
        self.conditions(table.as_deref().unwrap_or(&name), &item, &open, around);
        for derive in derives {
            match derive {
                Derive::Table => self.table(&input, &name),
                Derive::Enumeration => {
                    if let Some(model) = self.parsed(parse::enumeration(&input), &name) {
                        let source = ModelSource { name: name.clone(), item: item.clone(), places: BTreeMap::new() };
                        self.found.enumerations.push((model.enumeration, source));
                    }
                }
                Derive::SqlType => {
                    if let Some(model) = self.parsed(parse::newtype(&input), &name) {
                        let source = ModelSource { name: name.clone(), item: item.clone(), places: BTreeMap::new() };
                        self.found.newtypes.push((model.sql_type, source));
                    }
                }
            }
        }
    }

    fn table(&mut self, input: &DeriveInput, name: &str) {
        let parsed = parse::table(input, self.profile);
        // As in the derive.
        let broken = match (&parsed.model, parsed.errors.as_slice()) {
            (None, _) => Vec::new(),
            (Some(model), []) => rules::table(&model.table, self.profile),
            (Some(model), errors) => rules::beside(&model.table, self.profile, errors),
        };
        let Some(model) = self.parsed(parsed, name) else { return };
        let broken: Vec<Report> =
            broken.into_iter().map(|found| found.map(|place| self.at(model.map.span(&place)))).collect();
        self.found.reports.extend(broken);
        let source = self.source_of(name, model.map);
        self.found.tables.push((model.table, source));
    }

    fn parsed<T>(&mut self, parsed: Parsed<T>, name: &str) -> Option<T> {
        let reports: Vec<Report> = parsed.errors.into_iter().map(|error| error.map(|span| self.at(span))).collect();
        self.found.reports.extend(reports);
        if parsed.model.is_none() {
            self.found.failed.insert(name.to_owned());
        }
        parsed.model
    }

    fn source_of(&self, name: &str, map: SourceMap) -> ModelSource {
        ModelSource {
            name: name.to_owned(),
            item: self.at(map.item()),
            places: map.into_places().map(|(place, span)| (place, self.lines.bytes(span))).collect(),
        }
    }

    /// Reports the open conditions that a model is under, unless the profile takes them as true.
    fn conditions(&mut self, path: &str, item: &Location, own: &[Span], around: &Open) {
        if self.profile.allow_cfg {
            return;
        }
        let own: Vec<Location> = own.iter().map(|span| self.at(*span)).collect();
        for (at, inner) in around.iter().map(|at| (at, false)).chain(own.iter().map(|at| (at, true))) {
            if !self.reported.insert((at.file.clone(), at.range.start)) {
                continue;
            }
            let message = "this condition depends on the build, and one schema applies to every build";
            let mut report = Diagnostic::spanned(CFG, path, at.clone(), message)
                .help("take the `cfg` away, or write `allow_cfg = true` in schema.toml: the schema then has this in every build");
            if !inner {
                report = report.second(item.clone(), "this model is under it");
            }
            self.found.reports.push(report);
        }
    }

    /// Where a derive of ours is in tokens that no one parses.
    fn derive_within(&self, tokens: &TokenStream) -> Option<Span> {
        let mut after_derive = false;
        for token in tokens.clone() {
            match &token {
                TokenTree::Group(group) => {
                    if after_derive && group.delimiter() == Delimiter::Parenthesis {
                        let ours = group.stream().into_iter().find(|token| {
                            matches!(token, TokenTree::Ident(ident) if {
                                let name = ident_text(ident);
                                Derive::named(&name).is_some() || self.aliases.contains_key(&name)
                            })
                        });
                        if let Some(ours) = ours {
                            return Some(ours.span());
                        }
                    }
                    if let Some(span) = self.derive_within(&group.stream()) {
                        return Some(span);
                    }
                    after_derive = false;
                }
                TokenTree::Ident(ident) => after_derive = ident == "derive",
                _ => after_derive = false,
            }
        }
        None
    }
}

/// Where `mod name;` is in tokens that no one parses.
fn module_within(tokens: &TokenStream) -> Option<Span> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (position, token) in tokens.iter().enumerate() {
        match (token, tokens.get(position + 1), tokens.get(position + 2)) {
            (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Punct(end)))
                if word == "mod" && end.as_char() == ';' =>
            {
                return Some(name.span());
            }
            (TokenTree::Group(group), _, _) => {
                if let Some(span) = module_within(&group.stream()) {
                    return Some(span);
                }
            }
            _ => {}
        }
    }
    None
}

/// Keeps a member unless its condition is false, and gathers the conditions that are open.
fn keep(attributes: &mut Vec<Attribute>, open: &mut Vec<Span>) -> bool {
    let effective = Effective::of(std::mem::take(attributes));
    if effective.present == Truth::No {
        return false;
    }
    *attributes = effective.attributes;
    open.extend(effective.open);
    true
}

fn keep_fields(fields: &mut Fields, open: &mut Vec<Span>) {
    let list: &mut Punctuated<syn::Field, Token![,]> = match fields {
        Fields::Named(fields) => &mut fields.named,
        Fields::Unnamed(fields) => &mut fields.unnamed,
        Fields::Unit => return,
    };
    *list = std::mem::take(list)
        .into_iter()
        .filter_map(|mut field| keep(&mut field.attrs, open).then_some(field))
        .collect();
}

/// The names that `use … as …` gives to our derives, in this file.
fn renamed(items: &[Item], aliases: &mut BTreeMap<String, Derive>) {
    for item in items {
        match item {
            Item::Use(item) => renamed_in(&item.tree, aliases),
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    renamed(items, aliases);
                }
            }
            _ => {}
        }
    }
}

fn renamed_in(tree: &UseTree, aliases: &mut BTreeMap<String, Derive>) {
    match tree {
        UseTree::Path(path) => renamed_in(&path.tree, aliases),
        UseTree::Group(group) => group.items.iter().for_each(|tree| renamed_in(tree, aliases)),
        UseTree::Rename(rename) => {
            if let Some(derive) = Derive::named(&ident_text(&rename.ident)) {
                aliases.insert(ident_text(&rename.rename), derive);
            }
        }
        _ => {}
    }
}
