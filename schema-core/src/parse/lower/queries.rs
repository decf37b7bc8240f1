use heck::ToSnakeCase as _;
use proc_macro2::{Ident, Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{LitInt, LitStr, Token};

use super::{Lowering, reason_text};
use crate::diagnostic::Diagnostic;
use crate::parse::args::{ATTRIBUTE, Arg, Args, Value as Given, column_name, ident_text, place_of, split};
use crate::parse::raw::RawTable;
use crate::place::{Key, Part, Place};
use crate::schema::{
    Assignment, Comparison, Constant, Limit, Nulls, OrderColumn, Parameter, Query, QueryShape, SortDirection, Value,
};
use crate::sql::literal;

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

impl Lowering<'_> {
    pub(super) fn queries(&mut self, raw: &RawTable) {
        for args in raw.attributes.all("query") {
            let Some(tokens) = args.leading.first() else { continue };
            let (name, conditions) = match head.parse2(tokens.clone()) {
                Ok(head) => head,
                Err(error) => {
                    self.malformed(
                        place_of(&error, tokens),
                        "a query is its name, and its conditions in parentheses",
                        "#[query(recent_for_user(user_id), order(ordered_at desc), page)]",
                    );
                    continue;
                }
            };
            let place = self.here().part(Part::Query(self.table.queries.len()));
            self.map.insert(place.clone(), name.span());
            let text = |key: &str| args.text(key).map(|text| text.value);
            let mut query = Query {
                name: ident_text(&name),
                parameters: self.conditions(conditions, &place),
                predicate: args.get("where").and_then(|arg| {
                    self.map.insert(place.key(Key::Where), arg.span);
                    let path = self.table.name.clone();
                    self.sql(&path, arg)
                }),
                order: self.order(args, &place),
                shape: self.shape(args, &place, name.span()),
                columns: Vec::new(),
                batch: args.get("batch").and_then(|arg| match &arg.value {
                    Given::List(items) => Some(self.limit(&items.value, arg.span, "batch")),
                    _ => None,
                }),
                include_deleted: args.flag("include_deleted"),
                unindexed: args.get("unindexed").and_then(|arg| self.unindexed(arg)),
                frequency: text("frequency"),
                latency: text("latency"),
            };
            for key in [Key::Columns, Key::Unindexed, Key::IncludeDeleted, Key::Order, Key::Batch] {
                if let Some(arg) = args.get(key.word()) {
                    self.map.insert(place.key(key), arg.span);
                }
            }
            if let Some(Given::List(items)) = args.get("columns").map(|arg| &arg.value) {
                self.name_places(&place, &items.value);
                for item in &items.value {
                    match column_name(item.clone()) {
                        Ok(name) => query.columns.push(name.value),
                        Err(error) => self.not_columns("columns(id, order_number)", error.span()),
                    }
                }
            }
            self.scope(&mut query);
            self.table.queries.push(query);
        }
    }

    /// The tenant comes first, unless the query names it.
    fn scope(&self, query: &mut Query) {
        if let Some(tenant) = &self.table.tenant
            && !query.parameters.iter().any(|parameter| parameter.column == *tenant)
        {
            query.parameters.insert(0, Parameter { column: tenant.clone(), value: Value::Equal });
        }
    }

    fn conditions(&mut self, tokens: TokenStream, place: &Place) -> Vec<Parameter> {
        let mut parameters = Vec::new();
        for tokens in split(tokens) {
            let raw = match condition.parse2(tokens.clone()) {
                Ok(raw) => raw,
                Err(error) => {
                    self.malformed(
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

    /// A variant stands for its text as the enumeration derives it; the compiler is asked whether that is so.
    fn constant(&mut self, raw: RawConstant, column: &str, place: &Place) -> Option<Constant> {
        Some(match raw {
            RawConstant::Variant(variant) => {
                self.map.insert(place.named(column).key(Key::Variant), variant.span());
                let variant = ident_text(&variant);
                Constant { sql: literal(&variant.to_snake_case()), variant: Some(variant) }
            }
            RawConstant::Sql(text) => {
                let path = self.table.name.clone();
                Constant { sql: self.sql_text(&path, &text.value(), text.span())?, variant: None }
            }
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
                Err(error) => self.malformed(
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
                self.malformed(
                    name,
                    "a query says what it gives",
                    "one of one, optional, all(100), page, count, exists, update(column), delete, claim(10)",
                );
                QueryShape::Page
            }
            [arg] => self.shape_of(arg, place),
            [first, second, ..] => {
                let table = self.table.name.clone();
                let message = format!("a query gives one thing, not `{}` and `{}`", first.key, second.key);
                self.errors.push(
                    Diagnostic::spanned(ATTRIBUTE, table, second.span, message)
                        .help("keep one of the two")
                        .second(first.span, "the other stands here"),
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
            if let Some(rows) = super::columns::number(tokens).filter(|rows| *rows > 0) {
                return Limit::Rows(rows);
            }
            if column_name(tokens.clone()).is_ok_and(|name| name.value == "limit") {
                return Limit::Given;
            }
        }
        self.malformed(
            span,
            &format!("`{word}` says how many rows at most"),
            &format!("{word}(100), or {word}(limit) where the caller says"),
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
                Err(error) => self.malformed(
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
        let reason = items.value.first().and_then(reason_text).filter(|reason| !reason.trim().is_empty());
        if reason.is_none() {
            self.malformed(
                arg.span,
                "a query without an index says why that is right",
                "unindexed(reason = \"the table has twenty rows\")",
            );
        }
        reason
    }

    fn malformed(&mut self, at: Span, message: &str, help: &str) {
        let table = self.table.name.clone();
        self.errors.push(Diagnostic::spanned(ATTRIBUTE, table, at, message).help(help));
    }
}
