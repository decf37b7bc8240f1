//! `#[index(…)]`.

use proc_macro2::Ident;
use syn::LitStr;
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};

use super::args::{Args, ident_text, place_of};
use super::keys::{INCLUDE_DELETED, NULLS_NOT_DISTINCT, WHERE};
use super::print::{derived, string};
use super::{Attribute, Form, Leading, Position, Printed, Reader, ident, key, model, storage};
use crate::attribute::storage::Of;
use crate::expression::Fragment;
use crate::place::Place;
use crate::schema::{Index, KeyColumn, KeyTarget, Method, Nulls, Predicate, SortDirection, Table};

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "index",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading {
        what: "key columns",
        form: "column [asc|desc] [nulls_first|nulls_last] [ops(\"…\")], or \"expression\" in its place",
        many: true,
        call: false,
    }),
    doc: "An index. Its name is `idx_{table}_{columns}`.",
    example: "#[index(user_id, ordered_at desc, id desc)]",
    keys: &[
        key(
            "using",
            Form::Word(&["btree", "gin", "gist", "spgist", "brin", "hash", "hnsw", "ivfflat"]),
            "using = gin",
            "The access method.",
        ),
        key("unique", Form::Flag, "unique", "Refuses duplicates: for expressions; columns say `#[unique(…)]`."),
        WHERE,
        key("include", Form::List, "include(total_amount)", "Columns that the index only carries (`INCLUDE`)."),
        key(
            "with",
            Form::List,
            "with(m = 16, ef_construction = 64)",
            "Storage parameters of the access method (`WITH`).",
        ),
        key("name", Form::Text, "name = \"idx_orders_open\"", "The index's name, where the derived one does not fit."),
        NULLS_NOT_DISTINCT,
        INCLUDE_DELETED,
    ],
};

/// A key column as it was typed.
struct Typed {
    target: Result<String, LitStr>,
    column: KeyColumn,
}

/// The method of a word that the grammar accepted.
pub(super) fn method(word: &str) -> Method {
    word.parse().unwrap_or_default()
}

fn typed(input: ParseStream<'_>) -> syn::Result<Typed> {
    let target = if input.peek(LitStr) { Err(input.parse()?) } else { Ok(ident_text(&input.call(Ident::parse_any)?)) };
    let mut column = KeyColumn::default();
    while !input.is_empty() {
        let word = input.call(Ident::parse_any)?;
        match word.to_string().as_str() {
            "asc" => column.direction = SortDirection::Ascending,
            "desc" => column.direction = SortDirection::Descending,
            "nulls_first" => column.nulls = Some(Nulls::First),
            "nulls_last" => column.nulls = Some(Nulls::Last),
            "ops" => {
                let content;
                syn::parenthesized!(content in input);
                let class: LitStr = content.parse()?;
                column.operator_class = Some(class.value());
            }
            _ => return Err(syn::Error::new(word.span(), "")),
        }
    }
    Ok(Typed { target, column })
}

/// Reads one, whose columns are in `place`. Its name is empty where it is derived.
pub fn read(args: &Args, place: &Place, reader: &mut Reader<'_>) -> Index {
    reader.note_names(place, &args.leading);
    let mut key = Vec::new();
    for tokens in &args.leading {
        match typed.parse2(tokens.clone()) {
            Ok(typed) => key.extend(key_column(typed, reader)),
            Err(error) => reader.wrong(
                place_of(&error, tokens),
                "a key column is a column, or SQL text, and how it sorts",
                "user_id, ordered_at desc, \"lower(email)\", body ops(\"gin_trgm_ops\")",
            ),
        }
    }
    let method = args.text("using").map_or(Method::Btree, |word| method(&word.value));
    Index {
        name: args.text("name").map(|name| name.value).unwrap_or_default(),
        method,
        key,
        include: reader.columns_of(args, "include", "include(total_amount)", place),
        predicate: reader.sql_of(args, "where").map(Predicate::from),
        unique: args.flag("unique"),
        nulls_not_distinct: args.flag("nulls_not_distinct"),
        with: storage::read(args.get("with"), Of::Index(method), reader),
        generated: false,
    }
}

fn key_column(typed: Typed, reader: &mut Reader<'_>) -> Option<KeyColumn> {
    let target = match typed.target {
        Ok(column) => KeyTarget::Column(column),
        Err(text) => KeyTarget::Expression(reader.sql_text(&text.value(), text.span())?),
    };
    Some(KeyColumn { target, ..typed.column })
}

/// The name that it has unless it states one: `idx_{table}_{columns}`, with the words of expressions.
#[must_use]
pub fn derived_name(table: &str, index: &Index) -> String {
    let words: Vec<String> = index
        .key
        .iter()
        .flat_map(|key| match &key.target {
            KeyTarget::Column(column) => vec![column.clone()],
            KeyTarget::Expression(text) => Fragment::parse(text).map(|it| it.words()).unwrap_or_default(),
        })
        .collect();
    if index.unique { derived(&[table], &words, &["unique"]) } else { derived(&["idx", table], &words, &[]) }
}

/// Prints one; `None` where the attribute has no word for something: for a collation,
/// and a name that no identifier has.
#[must_use]
pub fn print(index: &Index, table: &Table) -> Option<Printed> {
    if index.key.iter().any(|key| key.collation.is_some()) {
        return None;
    }
    let mut printed = Printed::new(&GRAMMAR);
    let alone = |key: &KeyColumn| *key == KeyColumn { target: key.target.clone(), ..KeyColumn::default() };
    for key in &index.key {
        // A flag is a lone word.
        let column = key.name().filter(|_| alone(key)).and_then(|name| printed.column(name));
        printed = printed.leading(column.or_else(|| key_text(key))?);
    }
    let printed = printed
        .word("using", (index.method != Method::Btree).then(|| index.method.word()))
        .flag("unique", index.unique);
    Some(
        model::predicate(printed, index.predicate.as_ref(), table)
            .column_list("include", &index.include)?
            .list("with", &storage::print(&index.with))
            .name(&index.name, &derived_name(&table.name, index))
            .flag("nulls_not_distinct", index.nulls_not_distinct),
    )
}

/// One key column: `ordered_at desc`; `None` where a column has no identifier.
fn key_text(key: &KeyColumn) -> Option<String> {
    let mut text = match &key.target {
        KeyTarget::Column(column) => ident(column)?,
        KeyTarget::Expression(expression) => string(expression),
    };
    if key.direction == SortDirection::Descending {
        text.push_str(" desc");
    }
    text.push_str(nulls_word(key.nulls));
    if let Some(class) = &key.operator_class {
        text.push_str(&format!(" ops({})", string(class)));
    }
    Some(text)
}

/// ` nulls_first`
pub(super) fn nulls_word(nulls: Option<Nulls>) -> &'static str {
    match nulls {
        Some(Nulls::First) => " nulls_first",
        Some(Nulls::Last) => " nulls_last",
        None => "",
    }
}

/// Key columns, for a message: `user_id, ordered_at desc`.
#[must_use]
pub fn key_line(key: &[KeyColumn]) -> String {
    let columns = key.iter().map(|key| key_text(key).or_else(|| key.name().map(str::to_owned)));
    columns.map(Option::unwrap_or_default).collect::<Vec<_>>().join(", ")
}

/// One of these key columns, for a message that adds keys.
#[must_use]
pub fn of_key(key: &str) -> Printed {
    Printed::new(&GRAMMAR).leading(key)
}
