//! `#[exclude(…)]`: rows of which no two overlap.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::parse::Parser as _;

use super::args::{Args, ident_text, place_of};
use super::keys::{NAME_OF_CONSTRAINT, WHERE};
use super::print::{derived, string};
use super::{Attribute, Form, Leading, Position, Printed, Reader, index, key, model};
use crate::schema::{Exclusion, ExclusionElement, Method, Predicate, Table};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "exclude",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading { what: "elements", form: "column with \"operator\"", many: true, call: false }),
    doc: "An exclusion constraint. Its name is `{table}_{columns}_excl`.",
    example: "#[exclude(room_id with \"=\", booked_during with \"&&\")]",
    keys: &[
        key(
            "using",
            Form::Word(&["gist", "spgist", "btree", "hash"]),
            "using = gist",
            "The access method; GiST when left out.",
        ),
        WHERE,
        NAME_OF_CONSTRAINT,
    ],
};

/// Reads one. Its name is empty where it is derived.
pub fn read(args: &Args, reader: &mut Reader<'_>) -> Exclusion {
    let mut elements = Vec::new();
    for tokens in &args.leading {
        match element.parse2(tokens.clone()) {
            Ok(element) => elements.push(element),
            Err(error) => {
                reader.wrong(place_of(&error, tokens), "an element is a column and its operator", GRAMMAR.example);
            }
        }
    }
    Exclusion {
        name: args.text("name").map(|name| name.value).unwrap_or_default(),
        method: args.text("using").map_or(Method::Gist, |word| index::method(&word.value)),
        elements,
        predicate: reader.sql_of(args, "where").map(Predicate::from),
    }
}

fn element(input: syn::parse::ParseStream<'_>) -> syn::Result<ExclusionElement> {
    let column = input.call(Ident::parse_any)?;
    let with = input.call(Ident::parse_any)?;
    if with != "with" {
        return Err(syn::Error::new(with.span(), ""));
    }
    let operator: syn::LitStr = input.parse()?;
    let text = operator.value();
    // An operator is in the DDL as it is, so only the characters of one are let through:
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

/// The name that it has unless it states one.
#[must_use]
pub fn derived_name(table: &str, exclusion: &Exclusion) -> String {
    let columns: Vec<&str> = exclusion.elements.iter().map(|element| element.expression.as_str()).collect();
    derived(&[table], &columns, &["excl"])
}

/// Prints one; `None` where an element is not a column, or where a soft-deleted table excludes deleted rows.
#[must_use]
pub fn print(exclusion: &Exclusion, table: &Table) -> Option<Printed> {
    let mut printed = Printed::new(&GRAMMAR);
    for element in &exclusion.elements {
        let column = printed.column(&element.expression)?;
        printed = printed.leading(format!("{column} with {}", string(&element.operator)));
    }
    let predicate = exclusion.predicate.as_ref();
    if !model::is_live(predicate, table) {
        return None;
    }
    Some(
        printed
            .word("using", (exclusion.method != Method::Gist).then(|| exclusion.method.word()))
            .text("where", predicate.and_then(|it| it.beside(table.soft_delete)))
            .name(&exclusion.name, &derived_name(&table.name, exclusion)),
    )
}
