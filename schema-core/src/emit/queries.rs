//! The helpers of declared queries: constants, and functions that pass them on to the runtime.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{format_ident, quote_spanned};
use syn::ext::IdentExt as _;

use super::code::{Code, parsed};
use super::constants::constant_name;
use super::finders::{CONNECTION, EXECUTOR, Function};
use super::{Emit, Field, NEVER};
use crate::place::{Key, Place};
use crate::queries::{self, Batches, Coverage, Resolved};
use crate::schema::{Column, Limit, Query, QueryShape, SqlType, Value, stable_hash};
use crate::sql::{SqlText, quote as quoted};

/// The parameters of a helper and the values that it binds, each with a comma after it, in the order of the statement.
#[derive(Default)]
pub(super) struct Arguments {
    pub(super) parameters: Code,
    pub(super) values: String,
}

impl Arguments {
    /// Adds a parameter of that name and type.
    pub(super) fn add(&mut self, name: &str, (borrowed, ty): (&str, TokenStream)) {
        self.parameters.text(name).text(borrowed).tokens(ty).text(",");
        self.values.push_str(name);
        self.values.push(',');
    }
}

impl Emit<'_> {
    pub(super) fn queries(&self, code: &mut Code) {
        let table = &self.model.table;
        if table.queries.is_empty() {
            return;
        }
        let mut made: Vec<&str> = Vec::new();
        let mut helpers = Code::default();
        for (number, query) in table.queries.iter().enumerate() {
            // Of two of the same name, which was reported, one is enough.
            if made.contains(&query.name.as_str()) {
                continue;
            }
            made.push(&query.name);
            let resolved = Resolved::new(table, query);
            let row = (!query.columns.is_empty()).then(|| self.narrow_ident(query));
            if let Some(row) = &row {
                self.narrow(code, row, query);
            }
            if !self.broken {
                self.variants(number, query).into_iter().for_each(|witness| {
                    code.tokens(witness);
                });
            }
            self.helper(&mut helpers, &resolved, row.as_ref());
        }
        if self.broken {
            code.text("#[allow(unused_variables)]");
        }
        code.text("impl ").text(&self.name).braces(|code| {
            code.tokens(helpers.finish());
        });
    }

    /// The type of a parameter that takes values of the column, and what comes before it.
    pub(super) fn parameter(&self, column: &Column) -> (&'static str, TokenStream) {
        match &column.sql_type {
            SqlType::Text if !self.is_renamed_type(column) => (": &", parsed("::core::primitive::str")),
            SqlType::Uuid
            | SqlType::Boolean
            | SqlType::SmallInt
            | SqlType::Integer
            | SqlType::BigInt
            | SqlType::Timestamptz
            | SqlType::Date => (":", self.field_of(column).bare()),
            _ => (": &", self.field_of(column).bare()),
        }
    }

    /// The same for a declared query: types of the program, which are enumerations mostly, are taken by value.
    fn query_parameter(&self, column: &Column) -> (&'static str, TokenStream) {
        match &column.sql_type {
            SqlType::Rust(_) => (":", self.field_of(column).bare()),
            _ => self.parameter(column),
        }
    }

    /// Whether the column's SQL type was stated next to a Rust type that may be anything.
    fn is_renamed_type(&self, column: &Column) -> bool {
        self.field_of(column).bare().to_string().rsplit("::").next().map(str::trim) != Some("String")
    }

    /// What the helper takes, in the order of the statement's parameters.
    fn taken(&self, query: &Query) -> Arguments {
        let table = &self.model.table;
        let mut taken = Arguments::default();
        for parameter in queries::arguments(query) {
            let Some(column) = table.column(&parameter.column) else { continue };
            let field = self.field_of(column);
            match &parameter.value {
                Value::Any { name } => {
                    let slice = Group::new(Delimiter::Bracket, field.bare());
                    taken.add(&argument(name), (": &", TokenTree::from(slice).into()));
                }
                Value::Bound { name, .. } => taken.add(&argument(name), self.query_parameter(column)),
                Value::Equal | Value::Constant(_) => taken.add(&field.name, self.query_parameter(column)),
            }
        }
        if let QueryShape::Update(set) = &query.shape {
            for column in set.iter().filter(|set| set.value.is_none()).filter_map(|set| table.column(&set.column)) {
                let field = self.field_of(column);
                let compared = query.parameters.iter().any(|parameter| parameter.column == column.name);
                let name = if compared { format!("new_{}", field.ident.unraw()) } else { field.name.clone() };
                let parameter =
                    if column.nullable { (":", field.tokens.clone()) } else { self.query_parameter(column) };
                taken.add(&name, parameter);
            }
        }
        if query.batch == Some(Limit::Given) {
            taken.parameters.text("limit: ::core::primitive::u32,");
        }
        if let QueryShape::All(Limit::Given) | QueryShape::Claim(Limit::Given) = query.shape {
            taken.parameters.text("limit: ::core::primitive::u32,");
            taken.values.push_str("::core::primitive::i64::from(limit),");
        }
        taken
    }

    fn helper(&self, code: &mut Code, resolved: &Resolved<'_>, row: Option<&Ident>) {
        let query = resolved.query;
        let helper = argument(&query.name);
        let name = constant_name(&helper);
        let row = row.map_or_else(|| "Self".to_owned(), ToString::to_string);
        let Arguments { mut parameters, values } = self.taken(query);
        let is_behind = resolved.batches() == Some(Batches::Behind);
        let mut more = String::new();
        let (function, gives) = match &query.shape {
            QueryShape::One => (format!("one::<{row}>"), Self::read(&row)),
            QueryShape::Optional => {
                (format!("optional::<{row}>"), Self::read(&format!("::core::option::Option<{row}>")))
            }
            QueryShape::All(_) | QueryShape::Claim(_) => {
                (format!("all::<{row}>"), format!("::tablewright::Rows<'e, {row}>"))
            }
            QueryShape::Page => {
                parameters.text("page: ::tablewright::PageRequest,");
                more.push_str(", page");
                (format!("page::<{row}>"), format!("::tablewright::Paged<'e, {row}>"))
            }
            QueryShape::Count | QueryShape::Exists => {
                let of = if query.shape == QueryShape::Count { "i64" } else { "bool" };
                let of = format!("::core::primitive::{of}");
                (format!("scalar::<{of}>"), Self::read(&of))
            }
            QueryShape::Update(_) | QueryShape::Delete if query.batch.is_some() => {
                more.push_str(&match (query.batch, is_behind) {
                    (Some(Limit::Rows(rows)), true) => format!(", {rows}"),
                    (Some(Limit::Given), true) => ", limit".to_owned(),
                    (Some(Limit::Given), false) => ", ::core::option::Option::Some(limit)".to_owned(),
                    // It is in the statement.
                    _ => ", ::core::option::Option::None".to_owned(),
                });
                let function = if is_behind { "batches_behind::<Self>" } else { "batches::<Self>" };
                (function.to_owned(), format!("::tablewright::Batches<{}>", self.companion("Constraint")))
            }
            QueryShape::Update(_) | QueryShape::Delete => {
                ("execute::<Self>".to_owned(), self.written("::core::primitive::u64"))
            }
        };
        let sql = if resolved.is_keyed() {
            let pages = queries::statements(resolved);
            self.page_constant(code, &query.name, resolved, &pages);
            self.page_doc(&pages)
        } else {
            let sql = self.named(&query.name, queries::statement(resolved));
            code.doc(&format!("The statement of [`{helper}`](Self::{helper})."));
            code.text(&format!("{} const {name}: &'static ::core::primitive::str =", self.vis));
            self.text(code, &sql);
            code.text(";");
            self.sql_doc(&sql)
        };
        let doc = format!("{} Runs [`{name}`](Self::{name}).\n{sql}", describe(resolved));
        // Rows stay claimed while the transaction lasts, so a pool cannot claim.
        let (db, passed) = match query.shape {
            _ if resolved.batches().is_some() => ("", ""),
            QueryShape::Claim(_) => (CONNECTION, "db, "),
            _ => (EXECUTOR, "db, "),
        };
        // What continues after rows has its name in its constant.
        if !resolved.is_keyed() {
            more.push_str(&format!(", {:?}", self.full(&query.name)));
        }
        let body = format!("::tablewright::rt::{function}({passed}Self::{name}, ({values}){more})");
        self.function(code, &Function { name: &helper, doc: &doc, db, gives: &gives, body: &body }, parameters);
    }

    /// The constant of a list that is read by pages; none where errors were reported.
    pub(super) fn page_constant(&self, code: &mut Code, helper: &str, resolved: &Resolved<'_>, pages: &queries::Pages) {
        if self.broken {
            return;
        }
        let selected = queries::selected(resolved);
        // What makes an old cursor wrong when it changes, and nothing else: a further column does not. It is hashed here,
        // because the constant evaluator takes a text letter by letter.
        let version = stable_hash(pages.first.find(" FROM ").map_or("", |from| &pages.first[from..]));
        code.doc(&format!("The statements of [`{helper}`](Self::{helper})."));
        code.text(&format!(
            "{} const {}: &'static ::tablewright::PageQuery = &::tablewright::PageQuery::new",
            self.vis,
            helper.to_ascii_uppercase()
        ));
        code.group(Delimiter::Parenthesis, |code| {
            let sql = |code: &mut Code, sql: &str| {
                self.text(code, &self.named(helper, sql.to_owned()));
                code.text(",");
            };
            code.literal(&self.full(helper)).text(&format!(", {version},"));
            sql(code, &pages.first);
            for statements in [&pages.after, &pages.before] {
                code.text("&[");
                for statement in statements {
                    sql(code, statement);
                }
                code.text("],");
            }
            code.text("&").group(Delimiter::Bracket, |code| {
                for ordered in &resolved.order {
                    let position = selected.iter().position(|column| *column == ordered.column);
                    let Some((position, field)) = position.zip(self.field(&ordered.column)) else { continue };
                    code.group(Delimiter::Parenthesis, |code| {
                        code.text(&format!("{position}, ::tablewright::rt::type_info::<")).tokens(field.bare());
                        code.text(&format!(">, {}", resolved.takes_null(&ordered.column)));
                    });
                    code.text(",");
                }
            });
        });
        code.text(";");
    }

    /// The statements of a list, as documentation: the first page, and those after and before a row without NULL.
    pub(super) fn page_doc(&self, pages: &queries::Pages) -> String {
        let queries::Pages { first, after, before } = pages;
        let all: Vec<String> =
            [first].into_iter().chain(after.first()).chain(before.first()).map(|sql| format!("{sql};")).collect();
        self.sql_doc(&SqlText::from(all.join("\n")))
    }

    /// `OrderRecentForUser`.
    fn narrow_ident(&self, query: &Query) -> Ident {
        use heck::ToUpperCamelCase as _;
        format_ident!("{}{}", self.ident().unraw(), query.name.to_upper_camel_case())
    }

    /// The struct of a query that reads some columns only.
    fn narrow(&self, code: &mut Code, row: &Ident, query: &Query) {
        let table = &self.model.table;
        let columns = query.columns.iter().filter_map(|name| Some((self.field(name)?, table.column(name)?)));
        let columns: Vec<(&Field<'_>, &Column)> = columns.collect();
        let name = row.to_string();
        code.doc(&format!("A row of [`{}::{}`].", self.name, query.name));
        code.text(&format!("{} struct {name}", self.vis)).braces(|code| {
            for (field, column) in &columns {
                let about = column.comment.clone().unwrap_or_else(|| format!("The column `{}`.", column.name));
                code.doc(&about);
                code.text("pub ").name(field.ident).tokens(field.tokens.clone()).text(",");
            }
        });
        super::debug::shown(code, row, columns.iter().map(|(field, column)| (*field, column.is_confidential())), None);
        code.text(&format!("#[automatically_derived] impl ::tablewright::rt::Record for {name}")).braces(|code| {
            code.text("fn record(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self>");
            code.braces(|code| {
                if self.broken {
                    code.text("let _ = row;").text(NEVER);
                    return;
                }
                code.text("::core::result::Result::Ok").group(Delimiter::Parenthesis, |code| {
                    code.text("Self").braces(|code| {
                        for (index, (field, _)) in columns.iter().enumerate() {
                            code.text(&field.name).text(":");
                            code.tokens(quote_spanned!(field.at=> ::tablewright::rt::column(row, #index)?)).text(",");
                        }
                    });
                });
            });
        });
    }

    /// Each variant that a query names is stored as its SQL says.
    fn variants(&self, number: usize, query: &Query) -> Vec<TokenStream> {
        let table = &self.model.table;
        let place = Place::of_query(table, number);
        let compared = query.parameters.iter().filter_map(|parameter| match &parameter.value {
            Value::Constant(constant) => Some((&parameter.column, constant, place.named(&parameter.column))),
            _ => None,
        });
        let set = match &query.shape {
            QueryShape::Update(set) => set.as_slice(),
            _ => &[],
        };
        let set = set
            .iter()
            .filter_map(|set| Some((&set.column, set.value.as_ref()?, place.key(Key::Set).named(&set.column))));
        let witness = |(column, constant, place): (&String, &crate::schema::Constant, Place)| {
            let variant = constant.variant.as_ref()?;
            // At the place of the field, where a type that is not an enumeration is reported already.
            let ty = self.field(column)?.bare();
            let span = self.model.map.span(&place.key(Key::Variant));
            let variant_ident = Ident::new(variant, span);
            let believed = &constant.sql;
            let before = format!("{}.{column}: `{variant}` is stored as '", table.name);
            let after = format!("', not {believed}. Type: {column} = \"'");
            let variant = quote_spanned!(span=> <#ty>::#variant_ident as ::core::primitive::isize);
            let stored = self.field(column)?.stored();
            Some(quote_spanned! {span=>
                const _: () = ::tablewright::rt::value(#stored, #variant, #believed, [#before, #after]);
            })
        };
        compared.chain(set).filter_map(witness).collect()
    }
}

/// The identifier of a name that a model gives, as text.
fn argument(name: &str) -> String {
    // Keywords were refused where the name was read, but for those that are identifiers when raw.
    if syn::parse_str::<Ident>(name).is_ok() { name.to_owned() } else { format!("r#{name}") }
}

/// What a helper gives, and by which index.
fn describe(resolved: &Resolved<'_>) -> String {
    let (table, query) = (resolved.table, resolved.query);
    let live = if table.soft_delete.is_some() && !query.include_deleted { "live " } else { "" };
    let mut text = match &query.shape {
        QueryShape::One => format!("The {live}row; `RowNotFound` where there is none."),
        QueryShape::Optional => format!("The {live}row, or `None`."),
        QueryShape::All(Limit::Rows(most)) => format!("At most {most} {live}rows."),
        QueryShape::All(Limit::Given) => format!("At most `limit` {live}rows."),
        QueryShape::Page => format!("A page of {live}rows."),
        QueryShape::Count => format!("How many {live}rows there are."),
        QueryShape::Exists => format!("Whether there is a {live}row."),
        QueryShape::Update(_) | QueryShape::Delete => {
            let word = if query.shape == QueryShape::Delete { "Deletes" } else { "Changes" };
            match query.batch {
                None => format!("{word} {live}rows, and says how many."),
                Some(most) => {
                    let most = match most {
                        Limit::Rows(most) => most.to_string(),
                        Limit::Given => "`limit`".to_owned(),
                    };
                    format!("{word} {live}rows in batches of at most {most}, each a statement of its own.")
                }
            }
        }
        QueryShape::Claim(most) => {
            let most = match most {
                Limit::Rows(most) => most.to_string(),
                Limit::Given => "`limit`".to_owned(),
            };
            format!(
                "Claims at most {most} {live}rows: they are locked until the transaction ends, and those that another \
                 one holds are passed over. Pass `&mut *transaction`: outside of one they are free again at once."
            )
        }
    };
    match queries::coverage(table, query) {
        Coverage::Served(serving) => {
            if let Some(serving) = serving.first() {
                let alone = if serving.index_only { " alone" } else { "" };
                text.push_str(&format!(" Served by `{}`{alone}.", quoted(&serving.index.name)));
            }
        }
        Coverage::Missing(_) => {
            if let Some(reason) = &query.unindexed {
                text.push_str(&format!(" No index serves it: {reason}."));
            }
        }
    }
    for (what, value) in [("Expected", &query.frequency), ("Aims at", &query.latency)] {
        if let Some(value) = value {
            text.push_str(&format!(" {what} {value}."));
        }
    }
    text
}
