//! `#[query(…)]`: a declared query, and the batches of one.

use heck::ToSnakeCase as _;
use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{LitInt, LitStr, Token};

use super::args::{ATTRIBUTE, Arg, Args, Value as Given, column_name, ident_text, place_of, split};
use super::index::nulls_word;
use super::read::number;
use super::{Attribute, Form, Leading, Position, Printed, Reader, allow, ident, key, string};
use crate::diagnostic::Diagnostic;
use crate::place::{Key, Place};
use crate::schema::{
    Assignment, Comparison, Constant, Limit, Nulls, OrderColumn, Parameter, Query, QueryShape, SortDirection, Value,
};
use crate::sql::literal;

/// The grammar.
pub const GRAMMAR: Attribute = Attribute {
    name: "query",
    on: Position::Table,
    repeatable: true,
    leading: Some(Leading {
        what: "the query and its conditions",
        form: "name(column, column = Variant, column = \"SQL\", column in names, column >= name, …)",
        many: false,
        call: true,
    }),
    doc: "A query: a helper of that name, and a constant with its SQL. It compiles only where an index serves it. \
          A condition is a column that the caller gives; a column with a constant, a variant of its enumeration or \
          SQL; a column whose value is in a list that the caller gives; or a bound (`>`, `>=`, `<`, `<=`) that the \
          caller gives. Softly deleted rows are left out, and the profile's tenant is the first parameter.",
    example: "#[query(recent_for_user(user_id), order(ordered_at desc), page)]",
    keys: &[
        key(
            "where",
            Form::Text,
            "where = \"shipped_at IS NULL\"",
            "A further condition over the row, as SQL without parameters.",
        ),
        key(
            "order",
            Form::List,
            "order(ordered_at desc, total_amount)",
            "The order: `column [asc|desc] [nulls_first|nulls_last]`. A page continues with the primary key, so that no two rows tie.",
        ),
        key("one", Form::Flag, "one", "The row; an error where there is none."),
        key("optional", Form::Flag, "optional", "The row, or `None`."),
        key("all", Form::List, "all(100)", "At most this many rows; `all(limit)` lets the caller say how many."),
        key("page", Form::Flag, "page", "A page and the cursors of its neighbours: keyset, no OFFSET."),
        key("count", Form::Flag, "count", "How many rows there are."),
        key("exists", Form::Flag, "exists", "Whether there is a row."),
        key(
            "update",
            Form::List,
            "update(status = Shipped, shipped_at)",
            "Sets columns, to what the caller gives or to a constant, and returns how many rows changed.",
        ),
        key("delete", Form::Flag, "delete", "Deletes the rows, softly where the table is, and returns how many."),
        key(
            "claim",
            Form::List,
            "claim(10)",
            "At most this many rows, locked until the transaction ends; rows that another transaction holds are passed over (`FOR UPDATE SKIP LOCKED`).",
        ),
        key(
            "columns",
            Form::List,
            "columns(id, order_number)",
            "Reads these columns only, into a struct of its own: `OrderRecentForUser`.",
        ),
        key(
            "batch",
            Form::List,
            "batch(1000)",
            "An update or delete of any number of rows, at most this many in one statement; `batch(limit)` lets the caller \
             say how many. The helper gives a `Batches`: each statement is a transaction of its own, and says how many \
             rows it changed. Where changed rows still meet the conditions, batches follow the order and the primary \
             key, as pages do.",
        ),
        key("include_deleted", Form::Flag, "include_deleted", "Reads softly deleted rows too."),
        key("frequency", Form::Text, "frequency = \"20/s\"", "How often it is expected to run."),
        key("latency", Form::Text, "latency = \"5 ms\"", "The latency that it aims at."),
        key(
            "unindexed",
            Form::List,
            "unindexed(reason = \"twenty rows\")",
            "Runs without an index, in the open: for small tables.",
        ),
    ],
};

/// The keys that say what comes back.
const SHAPES: [&str; 9] = ["one", "optional", "all", "page", "count", "exists", "update", "delete", "claim"];

/// A constant as it was typed.
enum RawConstant {
    Variant(Ident),
    Sql(LitStr),
    Plain(String),
}

/// What follows a column in a condition.
enum RawValue {
    Equal,
    Any(Ident),
    Constant(RawConstant),
    Bound(Comparison, Ident),
}

struct RawCondition {
    column: Ident,
    value: RawValue,
}

fn constant(input: ParseStream<'_>) -> syn::Result<RawConstant> {
    if input.peek(LitStr) {
        return Ok(RawConstant::Sql(input.parse()?));
    }
    if input.peek(LitInt) || input.peek(Token![-]) {
        let minus: Option<Token![-]> = input.parse()?;
        let number: LitInt = input.parse()?;
        let sign = if minus.is_some() { "-" } else { "" };
        return Ok(RawConstant::Plain(format!("{sign}{}", number.base10_digits())));
    }
    let word = input.call(Ident::parse_any)?;
    Ok(match word.to_string().as_str() {
        "true" | "false" => RawConstant::Plain(word.to_string()),
        _ => RawConstant::Variant(word),
    })
}

fn condition(input: ParseStream<'_>) -> syn::Result<RawCondition> {
    let column = input.call(Ident::parse_any)?;
    let value = if input.is_empty() {
        RawValue::Equal
    } else if input.peek(Token![in]) {
        input.parse::<Token![in]>()?;
        RawValue::Any(input.parse()?)
    } else if input.peek(Token![>=]) {
        input.parse::<Token![>=]>()?;
        RawValue::Bound(Comparison::AtLeast, input.parse()?)
    } else if input.peek(Token![<=]) {
        input.parse::<Token![<=]>()?;
        RawValue::Bound(Comparison::AtMost, input.parse()?)
    } else if input.peek(Token![>]) {
        input.parse::<Token![>]>()?;
        RawValue::Bound(Comparison::Above, input.parse()?)
    } else if input.peek(Token![<]) {
        input.parse::<Token![<]>()?;
        RawValue::Bound(Comparison::Below, input.parse()?)
    } else {
        input.parse::<Token![=]>()?;
        RawValue::Constant(constant(input)?)
    };
    Ok(RawCondition { column, value })
}

fn assignment(input: ParseStream<'_>) -> syn::Result<(Ident, Option<RawConstant>)> {
    let column = input.call(Ident::parse_any)?;
    if input.is_empty() {
        return Ok((column, None));
    }
    input.parse::<Token![=]>()?;
    Ok((column, Some(constant(input)?)))
}

fn order_column(input: ParseStream<'_>) -> syn::Result<(Span, OrderColumn)> {
    let ident = input.call(Ident::parse_any)?;
    let mut column = OrderColumn { column: ident_text(&ident), ..OrderColumn::default() };
    while !input.is_empty() {
        let word = input.call(Ident::parse_any)?;
        match word.to_string().as_str() {
            "asc" => column.direction = SortDirection::Ascending,
            "desc" => column.direction = SortDirection::Descending,
            "nulls_first" => column.nulls = Some(Nulls::First),
            "nulls_last" => column.nulls = Some(Nulls::Last),
            _ => return Err(syn::Error::new(word.span(), "")),
        }
    }
    Ok((ident.span(), column))
}

/// `name(conditions)`, or `name` alone.
fn head(input: ParseStream<'_>) -> syn::Result<(Ident, TokenStream)> {
    let name: Ident = input.parse()?;
    if input.is_empty() {
        return Ok((name, TokenStream::new()));
    }
    let content;
    syn::parenthesized!(content in input);
    Ok((name, content.parse()?))
}

/// Reads one, which is in `place`.
pub fn read(args: &Args, place: &Place, reader: &mut Reader<'_>) -> Option<Query> {
    let tokens = args.leading.first()?;
    let (name, conditions) = match head.parse2(tokens.clone()) {
        Ok(head) => head,
        Err(error) => {
            reader.wrong(
                place_of(&error, tokens),
                "a query is its name, and its conditions in parentheses",
                GRAMMAR.example,
            );
            return None;
        }
    };
    reader.map.insert(place.clone(), name.span());
    let text = |key: &str| args.text(key).map(|text| text.value);
    for key in [Key::Where, Key::Columns, Key::Unindexed, Key::IncludeDeleted, Key::Order, Key::Batch] {
        if let Some(arg) = args.get(key.word()) {
            reader.map.insert(place.key(key), arg.span);
        }
    }
    Some(Query {
        name: ident_text(&name),
        parameters: reader.conditions(conditions, place),
        predicate: reader.sql_of(args, "where"),
        order: reader.order(args, place),
        shape: reader.shape(args, place, name.span()),
        batch: args.get("batch").and_then(|arg| match &arg.value {
            Given::List(items) => Some(reader.limit(&items.value, arg.span, "batch")),
            _ => None,
        }),
        include_deleted: args.flag("include_deleted"),
        unindexed: args.get("unindexed").and_then(|arg| reader.unindexed(arg)),
        frequency: text("frequency"),
        latency: text("latency"),
        columns: reader.columns_of(args, "columns", "columns(id, order_number)", place),
    })
}

impl Reader<'_> {
    fn conditions(&mut self, tokens: TokenStream, place: &Place) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for tokens in split(tokens) {
            let raw = match condition.parse2(tokens.clone()) {
                Ok(raw) => raw,
                Err(error) => {
                    self.wrong(
                        place_of(&error, &tokens),
                        "a condition is a column, and what it is compared with",
                        "user_id, status = Shipped, kind = \"'invoice'\", user_id in user_ids, ordered_at >= since",
                    );
                    continue;
                }
            };
            let column = ident_text(&raw.column);
            self.map.insert(place.named(&column), raw.column.span());
            let value = match raw.value {
                RawValue::Equal => Value::Equal,
                RawValue::Any(name) => Value::Any { name: ident_text(&name) },
                RawValue::Bound(comparison, name) => Value::Bound { comparison, name: ident_text(&name) },
                RawValue::Constant(raw) => match self.constant(raw, &column, place) {
                    Some(constant) => Value::Constant(constant),
                    None => continue,
                },
            };
            parameters.push(Parameter { column, value });
        }
        parameters
    }

    /// A variant stands for its text as the enumeration derives it; the compiler checks whether that is so.
    fn constant(&mut self, raw: RawConstant, column: &str, place: &Place) -> Option<Constant> {
        Some(match raw {
            RawConstant::Variant(variant) => {
                self.map.insert(place.named(column).key(Key::Variant), variant.span());
                let variant = ident_text(&variant);
                Constant { sql: literal(&variant.to_snake_case()), variant: Some(variant) }
            }
            RawConstant::Sql(text) => Constant { sql: self.sql_text(&text.value(), text.span())?, variant: None },
            RawConstant::Plain(sql) => Constant { sql, variant: None },
        })
    }

    fn order(&mut self, args: &Args, place: &Place) -> Vec<OrderColumn> {
        let Some(Given::List(items)) = args.get("order").map(|arg| &arg.value) else { return Vec::new() };
        let mut order = Vec::new();
        for tokens in &items.value {
            match order_column.parse2(tokens.clone()) {
                Ok((span, column)) => {
                    self.map.insert(place.named(&column.column), span);
                    order.push(column);
                }
                Err(error) => self.wrong(
                    place_of(&error, tokens),
                    "the order is columns, each with how it sorts",
                    "order(ordered_at desc, shipped_at nulls_last)",
                ),
            }
        }
        order
    }

    fn shape(&mut self, args: &Args, place: &Place, name: Span) -> QueryShape {
        let given: Vec<&Arg> = SHAPES.iter().filter_map(|word| args.get(word)).collect();
        match given.as_slice() {
            [] => {
                self.wrong(
                    name,
                    "a query says what it gives",
                    "one of one, optional, all(100), page, count, exists, update(column), delete, claim(10)",
                );
                QueryShape::Page
            }
            [arg] => self.shape_of(arg, place),
            [first, second, ..] => {
                let message = format!("a query gives one thing, not `{}` and `{}`", first.key, second.key);
                self.errors.push(
                    Diagnostic::spanned(ATTRIBUTE, self.path, second.span, message)
                        .help("keep one of the two")
                        .second(first.span, "the other is here"),
                );
                self.shape_of(first, place)
            }
        }
    }

    fn shape_of(&mut self, arg: &Arg, place: &Place) -> QueryShape {
        self.map.insert(place.key(Key::Shape), arg.span);
        match (arg.key, &arg.value) {
            ("one", _) => QueryShape::One,
            ("optional", _) => QueryShape::Optional,
            ("count", _) => QueryShape::Count,
            ("exists", _) => QueryShape::Exists,
            ("delete", _) => QueryShape::Delete,
            ("all", Given::List(items)) => QueryShape::All(self.limit(&items.value, arg.span, "all")),
            ("claim", Given::List(items)) => QueryShape::Claim(self.limit(&items.value, arg.span, "claim")),
            ("update", Given::List(items)) => {
                let items = items.value.clone();
                QueryShape::Update(self.assignments(&items, place))
            }
            _ => QueryShape::Page,
        }
    }

    fn limit(&mut self, items: &[TokenStream], span: Span, word: &str) -> Limit {
        if let [tokens] = items {
            if let Some(rows) = number(tokens).filter(|rows| *rows > 0) {
                return Limit::Rows(rows);
            }
            if column_name(tokens.clone()).is_ok_and(|name| name.value == "limit") {
                return Limit::Given;
            }
        }
        self.wrong(
            span,
            format!("`{word}` says how many rows at most"),
            format!("{word}(100), or {word}(limit) where the caller says"),
        );
        Limit::Rows(1)
    }

    fn assignments(&mut self, items: &[TokenStream], place: &Place) -> Vec<Assignment> {
        let mut assignments = Vec::new();
        for tokens in items {
            match assignment.parse2(tokens.clone()) {
                Ok((ident, raw)) => {
                    let column = ident_text(&ident);
                    let set = place.key(Key::Set);
                    self.map.insert(set.named(&column), ident.span());
                    let value = match raw {
                        None => None,
                        Some(raw) => match self.constant(raw, &column, &set) {
                            Some(constant) => Some(constant),
                            None => continue,
                        },
                    };
                    assignments.push(Assignment { column, value });
                }
                Err(error) => self.wrong(
                    place_of(&error, tokens),
                    "`update` names columns, each alone or with a constant",
                    "update(status = Shipped, shipped_at = \"now()\", carrier)",
                ),
            }
        }
        assignments
    }

    fn unindexed(&mut self, arg: &Arg) -> Option<String> {
        let Given::List(items) = &arg.value else { return None };
        let reason = items.value.first().and_then(allow::reason_text).filter(|reason| !reason.trim().is_empty());
        if reason.is_none() {
            self.wrong(
                arg.span,
                "a query without an index says why that is right",
                "unindexed(reason = \"the table has twenty rows\")",
            );
        }
        reason
    }
}

/// Prints one; `None` where a name is not an identifier.
#[must_use]
pub fn print(query: &Query) -> Option<Printed> {
    let conditions: Option<Vec<String>> = query.parameters.iter().map(condition_text).collect();
    let conditions = conditions?.join(", ");
    let name = ident(&query.name)?;
    let head = if conditions.is_empty() { name } else { format!("{name}({conditions})") };
    let order: Option<Vec<String>> = query.order.iter().map(order_text).collect();
    let printed = Printed::new(&GRAMMAR).leading(head).text("where", query.predicate.as_deref()).list("order", &order?);
    let word = query.shape.word();
    let printed = match &query.shape {
        QueryShape::All(limit) | QueryShape::Claim(limit) => printed.list(word, &[limit_text(*limit)]),
        // An update that sets nothing is a mistake that rules report.
        QueryShape::Update(set) if set.is_empty() => printed.word_list(word, ""),
        QueryShape::Update(set) => printed.list(word, &set.iter().map(assignment_text).collect::<Option<Vec<_>>>()?),
        _ => printed.flag(word, true),
    };
    let batch: Vec<String> = query.batch.into_iter().map(limit_text).collect();
    let reason: Vec<String> = query.unindexed.iter().map(|reason| format!("reason = {}", string(reason))).collect();
    Some(
        printed
            .column_list("columns", &query.columns)?
            .list("batch", &batch)
            .flag("include_deleted", query.include_deleted)
            .text("frequency", query.frequency.as_deref())
            .text("latency", query.latency.as_deref())
            .list("unindexed", &reason),
    )
}

fn condition_text(parameter: &Parameter) -> Option<String> {
    let column = ident(&parameter.column)?;
    Some(match &parameter.value {
        Value::Equal => column,
        Value::Any { name } => format!("{column} in {}", ident(name)?),
        Value::Constant(constant) => format!("{column} = {}", constant_text(constant)?),
        Value::Bound { comparison, name } => format!("{column} {} {}", comparison.operator(), ident(name)?),
    })
}

/// A variant by its name; a number as it is; other SQL as text.
fn constant_text(constant: &Constant) -> Option<String> {
    match &constant.variant {
        Some(variant) => ident(variant),
        None => Some(string(&constant.sql)),
    }
}

fn assignment_text(assignment: &Assignment) -> Option<String> {
    let column = ident(&assignment.column)?;
    Some(match &assignment.value {
        Some(constant) => format!("{column} = {}", constant_text(constant)?),
        None => column,
    })
}

/// One column of an order: `ordered_at desc`.
fn order_text(column: &OrderColumn) -> Option<String> {
    let mut text = ident(&column.column)?;
    if column.direction == SortDirection::Descending {
        text.push_str(" desc");
    }
    text.push_str(nulls_word(column.nulls));
    Some(text)
}

fn limit_text(limit: Limit) -> String {
    match limit {
        Limit::Rows(rows) => rows.to_string(),
        Limit::Given => "limit".to_owned(),
    }
}
