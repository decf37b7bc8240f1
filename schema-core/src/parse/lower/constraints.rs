use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

use super::Lowering;
use crate::diagnostic::Diagnostic;
use crate::expression::Fragment;
use crate::parse::args::{ATTRIBUTE, Args, Value, column_name, ident_text, place_of};
use crate::parse::raw::RawTable;
use crate::place::{Key, Part, Place};
use crate::schema::{
    Check, Exclusion, ExclusionElement, ForeignKey, Method, ReferentialAction, Unique, derived_name, table_name,
};

impl Lowering<'_> {
    pub(super) fn foreign_keys(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let Some(args) = raw.fields[position].attributes.get("references") else { continue };
            let column = self.table.columns[position].name.clone();
            let place = Place::column(&self.table.name, &column).key(Key::References);
            self.map.insert(place, args.span);
            let path = format!("{}.{column}", self.table.name);
            let Some(model) = args.leading.first().and_then(|tokens| self.model_name(&path, tokens, args.span)) else {
                continue;
            };
            let target = args.text("column").map_or_else(|| "id".to_owned(), |text| text.value);
            self.foreign_key(args, vec![column], &model, vec![target]);
        }
        for (index, args) in raw.attributes.all("foreign_key").enumerate() {
            let place = self.here().part(Part::ForeignKey(index));
            self.map.insert(place.clone(), args.span);
            self.name_places(&place, &args.leading);
            let columns = self.column_list(args);
            let Some(Value::Target { name: model, columns: targets, .. }) =
                args.get("references").map(|arg| &arg.value)
            else {
                let name = self.table.name.clone();
                self.errors.push(
                    Diagnostic::spanned(ATTRIBUTE, name, args.span, "`#[foreign_key(…)]` says what it references")
                        .help("references = Order(tenant_id, id)"),
                );
                continue;
            };
            if columns.len() != targets.len() {
                let name = self.table.name.clone();
                let message = format!("{} columns reference {}", columns.len(), targets.len());
                self.errors.push(
                    Diagnostic::spanned(ATTRIBUTE, name, model.span, message)
                        .help("name as many columns of the referenced model, in the same order"),
                );
                continue;
            }
            let targets = targets.iter().map(|target| target.value.clone()).collect();
            self.foreign_key(args, columns, &model.value, targets);
        }
    }

    fn foreign_key(&mut self, args: &Args, columns: Vec<String>, model: &str, target_columns: Vec<String>) {
        let action = |key: &str| {
            let word = args.text(key)?.value;
            ReferentialAction::ALL.into_iter().find(|action| action.word() == word)
        };
        let table = args.text("table").map_or_else(|| table_name(model), |text| text.value);
        let name = self.constraint_name(args, &columns, "fkey");
        self.table.foreign_keys.push(ForeignKey {
            name,
            columns,
            table,
            model: Some(model.to_owned()),
            target_columns,
            on_delete: action("on_delete"),
            on_update: action("on_update"),
            deferrable: args.flag("deferrable"),
            cycle: args.flag("cycle"),
        });
    }

    fn model_name(&mut self, path: &str, tokens: &TokenStream, span: Span) -> Option<String> {
        if let Ok(parsed) = syn::Path::parse_mod_style.parse2(tokens.clone()) {
            parsed.segments.last().map(|segment| ident_text(&segment.ident))
        } else {
            self.errors.push(
                Diagnostic::spanned(ATTRIBUTE, path, span, "`#[references(…)]` names a model first")
                    .help("#[references(User, on_delete = restrict)]"),
            );
            None
        }
    }

    /// The name that the attribute gives, or the derived one.
    pub(super) fn constraint_name(&self, args: &Args, columns: &[String], kind: &str) -> String {
        args.text("name").map_or_else(
            || {
                let mut parts = vec![self.table.name.as_str()];
                parts.extend(columns.iter().map(String::as_str));
                parts.push(kind);
                derived_name(&parts)
            },
            |name| name.value,
        )
    }

    pub(super) fn column_list(&mut self, args: &Args) -> Vec<String> {
        let mut columns = Vec::new();
        for tokens in &args.leading {
            match column_name(tokens.clone()) {
                Ok(name) => columns.push(name.value),
                Err(error) => self.not_columns("user_id, ordered_at", place_of(&error, tokens)),
            }
        }
        columns
    }

    pub(super) fn uniques(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let args = raw.fields[position].attributes.get("column");
            if !args.is_some_and(|args| args.flag("unique")) {
                continue;
            }
            let column = self.table.columns[position].name.clone();
            let name = derived_name(&[&self.table.name, &column, "unique"]);
            let predicate = self.covered(None, false);
            self.table.uniques.push(Unique { name, columns: vec![column], predicate, nulls_not_distinct: false });
        }
        for args in raw.attributes.all("unique") {
            // Counted as in the table, where those of single columns stand before.
            let place = self.here().part(Part::Unique(self.table.uniques.len()));
            self.map.insert(place, args.span);
            let columns = self.column_list(args);
            if let [column] = columns.as_slice() {
                self.map.insert(Place::column(&self.table.name, column).key(Key::Unique), args.span);
            }
            let name = self.constraint_name(args, &columns, "unique");
            let path = self.table.name.clone();
            let predicate = args.get("where").and_then(|arg| self.sql(&path, arg));
            let predicate = self.covered(predicate, args.flag("include_deleted"));
            let nulls_not_distinct = args.flag("nulls_not_distinct");
            self.table.uniques.push(Unique { name, columns, predicate, nulls_not_distinct });
        }
    }

    pub(super) fn checks(&mut self, raw: &RawTable) {
        for position in 0..raw.fields.len() {
            let args = raw.fields[position].attributes.get("column");
            let Some(arg) = args.and_then(|args| args.get("check")) else { continue };
            let column = self.table.columns[position].name.clone();
            let path = format!("{}.{column}", self.table.name);
            if let Some(expression) = self.sql(&path, arg) {
                let name = self.check_name(&expression, Some(&column));
                self.add_check(name, expression, arg.span);
            }
        }
        for args in raw.attributes.all("check") {
            let path = self.table.name.clone();
            let text = args.leading.first().map(|tokens| syn::parse2::<syn::LitStr>(tokens.clone()));
            let Some(Ok(text)) = text else {
                self.errors.push(
                    Diagnostic::spanned(ATTRIBUTE, path, args.span, "`#[check(…)]` takes the condition as SQL text")
                        .help("#[check(\"ends_at > starts_at\")]"),
                );
                continue;
            };
            if let Some(expression) = self.sql_text(&path, &text.value(), text.span()) {
                let name = args.text("name").map_or_else(|| self.check_name(&expression, None), |name| name.value);
                self.add_check(name, expression, args.span);
            }
        }
    }

    /// Adds a check, and notes its place: at its number, and where it names one column at that column's as well.
    fn add_check(&mut self, name: String, expression: String, span: Span) {
        let number = self.table.checks.len();
        self.map.insert(self.here().part(Part::Check(number)), span);
        if let Ok(fragment) = Fragment::parse(&expression)
            && let [column] = fragment.column_names().as_slice()
        {
            self.map.insert(Place::column(&self.table.name, column).part(Part::Check(number)), span);
        }
        self.table.checks.push(Check { name, expression });
    }

    /// `{table}_{columns}_check`, by the columns that the condition names.
    fn check_name(&self, expression: &str, column: Option<&str>) -> String {
        let named = Fragment::parse(expression).map(|fragment| fragment.column_names()).unwrap_or_default();
        let mut parts = vec![self.table.name.as_str()];
        match column {
            Some(column) if named.is_empty() => parts.push(column),
            _ => parts.extend(named.iter().map(String::as_str)),
        }
        parts.push("check");
        derived_name(&parts)
    }

    pub(super) fn exclusions(&mut self, raw: &RawTable) {
        for (index, args) in raw.attributes.all("exclude").enumerate() {
            let place = self.here().part(Part::Exclusion(index));
            self.map.insert(place.clone(), args.span);
            self.name_places(&place, &args.leading);
            let path = self.table.name.clone();
            let mut elements = Vec::new();
            for tokens in &args.leading {
                match exclusion_element.parse2(tokens.clone()) {
                    Ok(element) => elements.push(element),
                    Err(error) => self.errors.push(
                        Diagnostic::spanned(
                            ATTRIBUTE,
                            &path,
                            place_of(&error, tokens),
                            "an element is a column and its operator",
                        )
                        .help("#[exclude(room_id with \"=\", booked_during with \"&&\")]"),
                    ),
                }
            }
            let columns: Vec<String> = elements.iter().map(|element| element.expression.clone()).collect();
            let name = self.constraint_name(args, &columns, "excl");
            let predicate = args.get("where").and_then(|arg| self.sql(&path, arg));
            let predicate = self.covered(predicate, false);
            let method = args.text("using").map_or(Method::Gist, |word| super::indexes::method(&word.value));
            self.table.exclusions.push(Exclusion { name, method, elements, predicate });
        }
    }
}

fn exclusion_element(input: syn::parse::ParseStream<'_>) -> syn::Result<ExclusionElement> {
    let column = input.call(Ident::parse_any)?;
    let with = input.call(Ident::parse_any)?;
    if with != "with" {
        return Err(syn::Error::new(with.span(), ""));
    }
    let operator: syn::LitStr = input.parse()?;
    let text = operator.value();
    // An operator stands in the DDL as it is, so only the characters of one are let through:
    // https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-OPERATORS
    if text.is_empty()
        || text.contains(|c| !"+-*/<>=~!@#%^&|`?".contains(c))
        || text.contains("--")
        || text.contains("/*")
    {
        return Err(syn::Error::new(operator.span(), ""));
    }
    Ok(ExclusionElement { expression: ident_text(&column), operator: text })
}
