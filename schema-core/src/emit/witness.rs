//! The compiler as witness: what the model's names said, checked against its types.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::spanned::Spanned as _;

use super::code::{Code, parsed};
use super::{Emit, Field};
use crate::attribute::args::Value;
use crate::expression::{Constant, Fragment};
use crate::parse::types::field_type;
use crate::place::{Key, Place};
use crate::schema::{SqlType, stable_hash};

impl Emit<'_> {
    pub(super) fn witness(&self, code: &mut Code) {
        let table = &self.model.table;
        // Fields of one type have one witness, at the first of them.
        let mut witnesses: Vec<(String, SqlType, &Field<'_>, Vec<String>)> = Vec::new();
        for (field, column) in self.fields.iter().zip(&table.columns) {
            let Ok(believed) = field_type(field.ty) else { continue };
            // What a name does not say is not assumed, so there is nothing to check against the type.
            if believed.sql_type.unresolved().is_some() {
                continue;
            }
            let (ty, path) = (field.tokens.to_string(), format!("{}.{}", table.name, column.name));
            match witnesses.iter_mut().find(|(known, ..)| *known == ty) {
                Some((.., paths)) => paths.push(path),
                None => witnesses.push((ty, believed.sql_type, field, vec![path])),
            }
        }
        // All in one constant, of which the first that fails is reported: a constant for each costs every build more than
        // the second mistake of this kind in one struct is worth.
        let mut calls = Code::default();
        let path = parsed("tablewright::rt::witness::<");
        for (_, believed, field, paths) in witnesses {
            let believed = believed.base().to_string();
            let message = format!(
                "{}: the name of this type means {believed}, but the type is something else. Name the type, not an alias \
                 of it, and let nothing shadow it",
                paths.join(", ")
            );
            let (mut generics, mut arguments) = (Code::default(), Code::default());
            generics.tokens(field.tokens.clone());
            arguments.text(&format!("{},", stable_hash(&believed))).literal(&message);
            call(&mut calls, field.at, &path, generics, arguments);
        }
        for (field, column) in self.model.raw.fields.iter().zip(&self.fields) {
            let Some(args) = field.attributes.get("references") else { continue };
            let Some(model) = args.leading.first() else { continue };
            let key = args.text("column").is_none().then_some(column);
            self.target(&mut calls, model, key, args.text("table").map(|text| text.value));
        }
        for args in self.model.raw.attributes.all("foreign_key") {
            if let Some(Value::Target { path: model, .. }) = args.get("references").map(|arg| &arg.value) {
                self.target(&mut calls, model, None, args.text("table").map(|text| text.value));
            }
        }
        self.defaults(&mut calls);
        let calls = TokenTree::from(Group::new(Delimiter::Brace, calls.finish()));
        code.text("const _: () =").tokens(TokenStream::from(calls)).text(";");
    }

    /// A default of a type of the program's own is one of its values, where it is an enumeration.
    fn defaults(&self, calls: &mut Code) {
        let table = &self.model.table;
        for (field, column) in self.fields.iter().zip(&table.columns) {
            let Some(default) = column.default.as_deref().filter(|_| matches!(column.sql_type, SqlType::Rust(_)))
            else {
                continue;
            };
            let Ok(Some(Constant::Text(text))) = Fragment::parse(default).map(|fragment| fragment.constant()) else {
                continue;
            };
            let place = Place::column(&table.name, &column.name).key(Key::Default);
            let message = format!(
                "{}.{}: the default {default} is not a value of the type. Its values are ",
                table.name, column.name
            );
            let mut arguments = Code::default();
            arguments.tokens(field.stored()).text(",").literal(&text).text(",").literal(&message);
            let span = self.model.map.span(&place);
            let mut name = Code::default();
            name.tokens(Ident::new("one_of", span.resolved_at(Span::call_site())));
            enclosed(calls, span, &parsed("tablewright::rt::"), name, None, arguments);
        }
    }

    /// The referenced table has the name that the foreign key was written with, and `key` is of its key's type.
    fn target(&self, code: &mut Code, model: &TokenStream, key: Option<&Field<'_>>, table: Option<String>) {
        let name = model.to_string().rsplit("::").next().unwrap_or_default().trim().to_owned();
        let believed = table.unwrap_or_else(|| crate::schema::table_name(&name));
        let path = parsed(&format!("tablewright::rt::{}::<", if key.is_some() { "references" } else { "target" }));
        let mut generics = Code::default();
        if let Some(key) = key {
            generics.tokens(key.tokens.clone()).text(",");
        }
        generics.tokens(model);
        let mut arguments = Code::default();
        arguments.text(&format!("{}, [", stable_hash(&believed)));
        arguments.literal(&format!("{}: the table of `{name}` is `", self.model.table.name)).text(",");
        arguments.literal(&format!("`, not `{believed}`. Type: #[references({name}, table = \"")).text(",");
        arguments.literal("\", …)]").text("]");
        call(code, model.span(), &path, generics, arguments);
    }
}

/// A call in a constant, shown at `span` when it fails: its first token, the last of its path, and its brackets are
/// there. The compiler puts the place of the rest together from these.
fn call(code: &mut Code, span: Span, path: &TokenStream, generics: Code, arguments: Code) {
    let mut end = Punct::new('>', Spacing::Alone);
    end.set_span(span);
    enclosed(code, span, path, generics, Some(end), arguments);
}

fn enclosed(code: &mut Code, span: Span, path: &TokenStream, rest: Code, end: Option<Punct>, arguments: Code) {
    let sign = |spacing| {
        let mut punct = Punct::new(':', spacing);
        punct.set_span(span);
        TokenTree::from(punct)
    };
    let mut group = Group::new(Delimiter::Parenthesis, arguments.finish());
    group.set_span(span);
    code.tokens(TokenStream::from_iter([sign(Spacing::Joint), sign(Spacing::Alone)]));
    code.tokens(path).tokens(rest.finish());
    let end = end.map(TokenTree::from).into_iter().chain([TokenTree::from(group)]);
    code.tokens(end.collect::<TokenStream>()).text(";");
}
