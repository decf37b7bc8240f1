//! Raw model to schema: names derived, defaults filled in, soft deletion applied, foreign keys indexed.

mod columns;
mod constraints;
mod indexes;
mod objects;
mod queries;

use proc_macro2::{TokenStream, TokenTree};

use super::args::{ATTRIBUTE, Arg, Spanned, Value, column_name, ident_text};
use super::errors::Errors;
use super::raw::{RawAttributes, RawTable};
use super::source_map::SourceMap;
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression;
use crate::place::{Key, Place};
use crate::schema::{Expectation, Predicate, Table, TableKind, Waiver, table_name};

/// A model whose attributes are read: the table that it states, and where each part of it was typed.
pub struct Model {
    /// The table. Its columns are in the order of `raw.fields`.
    pub table: Table,
    /// The struct.
    pub raw: RawTable,
    /// Where everything stands.
    pub map: SourceMap,
}

/// Lowers a struct. What cannot be lowered is reported and left out; the rest still makes a table, so that the rules
/// can speak of it.
pub fn lower(raw: RawTable, profile: &Profile, errors: &mut Errors) -> Model {
    let mut lowering = Lowering { table: Table::default(), map: SourceMap::new(raw.ident.span()), profile, errors };
    lowering.table(&raw);
    lowering.columns(&raw);
    lowering.tenant();
    lowering.primary_key(&raw);
    lowering.foreign_keys(&raw);
    lowering.uniques(&raw);
    lowering.checks(&raw);
    lowering.exclusions(&raw);
    lowering.indexes(&raw);
    lowering.foreign_key_indexes();
    lowering.partitioning(&raw);
    lowering.triggers(&raw);
    lowering.policies(&raw);
    lowering.queries(&raw);
    let Lowering { table, map, .. } = lowering;
    Model { table, raw, map }
}

struct Lowering<'a> {
    table: Table,
    map: SourceMap,
    profile: &'a Profile,
    errors: &'a mut Errors,
}

impl Lowering<'_> {
    fn here(&self) -> Place {
        Place::table(&self.table.name)
    }

    fn table(&mut self, raw: &RawTable) {
        let args = raw.attributes.get("table");
        let name = args.and_then(|args| args.text("name"));
        self.table.name = name.as_ref().map_or_else(|| table_name(&raw.ident.to_string()), |name| name.value.clone());
        self.map.insert(self.here(), raw.ident.span());
        if let Some(name) = name {
            self.map.insert(self.here().key(Key::Name), name.span);
        }
        self.table.comment.clone_from(&raw.comment);
        let Some(args) = args else { return };
        for key in [Key::SoftDelete, Key::Junction, Key::AppendOnly, Key::PrimaryKey, Key::RenamedFrom] {
            if let Some(arg) = args.get(key.word()) {
                self.map.insert(self.here().key(key), arg.span);
            }
        }
        self.table.kind = match (args.get("junction"), args.get("append_only")) {
            (Some(_), Some(append_only)) => {
                self.errors.push(
                    Diagnostic::spanned(
                        ATTRIBUTE,
                        &self.table.name,
                        append_only.span,
                        "a table is a junction or append-only, not both",
                    )
                    .help("keep one of the two"),
                );
                TableKind::Junction
            }
            (Some(_), None) => TableKind::Junction,
            (None, Some(_)) => TableKind::AppendOnly,
            (None, None) => TableKind::Standard,
        };
        if args.flag("soft_delete") {
            self.table.soft_delete = Some(self.profile.soft_delete);
        }
        self.table.renamed_from = args.text("renamed_from").map(|text| text.value);
        let expectation = Expectation { rows: args.number("rows"), growth: args.text("growth").map(|text| text.value) };
        self.table.expectation = (expectation != Expectation::default()).then_some(expectation);
        self.waivers(None, &raw.attributes, "table");
    }

    /// A table with the tenant column is scoped by it; one without it is `tenant`'s to report.
    fn tenant(&mut self) {
        let tenant = self.profile.tenant.as_ref().filter(|tenant| self.table.column(tenant).is_some());
        self.table.tenant = tenant.cloned();
    }

    /// Reads `allow(rule, other_rule, reason = "…")`.
    fn waivers(&mut self, column: Option<&str>, attributes: &RawAttributes, attribute: &str) {
        let Some(args) = attributes.get(attribute) else { return };
        let path = column.map_or_else(|| self.table.name.clone(), |column| format!("{}.{column}", self.table.name));
        for arg in args.all("allow") {
            let Value::List(items) = &arg.value else { continue };
            let named = |items: &[TokenStream]| -> Vec<_> {
                items.iter().map_while(|rule| column_name(rule.clone()).ok()).collect()
            };
            let line = |rules: &[_]| {
                let words: Vec<&str> = rules.iter().map(|rule: &Spanned<String>| rule.value.as_str()).collect();
                let words = if words.is_empty() { "boolean_prefix".to_owned() } else { words.join(", ") };
                format!("allow({words}, reason = \"why it does not hold here\")")
            };
            let mut report = |message: &str, rules: &[_]| {
                self.errors
                    .push(Diagnostic::spanned(crate::ids::WAIVER, path.clone(), items.span, message).help(line(rules)));
            };
            let parsed = items.value.split_last().and_then(|(reason, rules)| {
                let rules = Some(named(rules)).filter(|named| !named.is_empty() && named.len() == rules.len());
                rules.zip(reason_text(reason))
            });
            let Some((rules, reason)) = parsed else {
                report("a waiver names its rule, or several, and the reason", &named(&items.value));
                continue;
            };
            if reason.trim().is_empty() {
                report("the reason of a waiver is empty", &rules);
            }
            let place = column.map_or_else(|| self.here(), |column| Place::column(&self.table.name, column));
            for rule in rules {
                self.map.insert(place.waiver(&rule.value), rule.span);
                if !reason.trim().is_empty() {
                    let waiver = Waiver { rule: rule.value, column: column.map(str::to_owned), reason: reason.clone() };
                    self.table.waivers.push(waiver);
                }
            }
        }
    }

    /// Notes where each column of a list stands.
    fn name_places(&mut self, place: &Place, list: &[TokenStream]) {
        for tokens in list {
            if let Some(TokenTree::Ident(ident)) = tokens.clone().into_iter().next() {
                self.map.insert(place.named(&ident_text(&ident)), ident.span());
            }
        }
    }

    /// The rows that are covered: on a table that is deleted softly the live ones, unless it is said otherwise.
    fn covered(&self, own: Option<String>, include_deleted: bool) -> Option<Predicate> {
        let live = self.table.soft_delete.filter(|_| !include_deleted);
        let operand = |own: String| if live.is_some() { expression::operand_of_and(&own) } else { own };
        Predicate::new(own.map(operand), live)
    }

    /// Reads an SQL fragment, folds its white space, and reports what does not parse.
    fn sql(&mut self, path: &str, arg: &Arg) -> Option<String> {
        let Value::Text(text) = &arg.value else { return None };
        self.sql_text(path, &text.value, text.span)
    }

    fn sql_text(&mut self, path: &str, text: &str, span: proc_macro2::Span) -> Option<String> {
        match expression::Fragment::parse(text) {
            Ok(parsed) => Some(parsed.text),
            Err(problem) => {
                let mut help = problem.pointer(text);
                if problem.is_parameter() {
                    help.push_str(
                        "\n`#[query(name(column >= value), …)]` takes values from a caller; elsewhere write a constant",
                    );
                }
                self.errors.push(
                    Diagnostic::spanned(
                        crate::ids::SQL_SYNTAX,
                        path,
                        span,
                        format!("this is not a PostgreSQL expression: {problem}"),
                    )
                    .help(help),
                );
                None
            }
        }
    }
}

fn reason_text(tokens: &TokenStream) -> Option<String> {
    let pair: syn::MetaNameValue = syn::parse2(tokens.clone()).ok()?;
    let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = pair.value else { return None };
    pair.path.is_ident("reason").then(|| text.value())
}
