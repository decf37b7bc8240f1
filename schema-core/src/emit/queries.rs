//! The helpers of declared queries: constants, and functions that pass them on to the runtime.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;

use super::constants::constant_name;
use super::{Emit, at, never};
use crate::diagnostic::Place;
use crate::parse::types::without_option;
use crate::schema::{Column, Limit, Query, QueryShape, SqlType, Value};
use crate::sql::queries::{self, Batches, Coverage, Resolved};
use crate::sql::{SqlText, quote as quoted};

/// The parameters of a helper and the values that it binds, in the order of the statement.
#[derive(Default)]
struct Arguments {
    parameters: Vec<TokenStream>,
    values: Vec<TokenStream>,
}

impl Arguments {
    fn add(&mut self, name: &Ident, parameter: TokenStream) {
        self.parameters.push(parameter);
        self.values.push(quote!(#name));
    }
}

impl Emit<'_> {
    pub(super) fn queries(&self) -> TokenStream {
        let table = &self.model.table;
        if table.queries.is_empty() {
            return TokenStream::new();
        }
        let mut made: Vec<&str> = Vec::new();
        let (mut helpers, mut beside) = (Vec::new(), Vec::new());
        for (number, query) in table.queries.iter().enumerate() {
            // Of two of the same name, which was reported, one is enough.
            if made.contains(&query.name.as_str()) {
                continue;
            }
            made.push(&query.name);
            let resolved = Resolved::new(table, query);
            let row = (!query.columns.is_empty()).then(|| self.narrow_ident(query));
            if let Some(row) = &row {
                beside.push(self.narrow(row, query));
            }
            if !self.broken {
                beside.extend(self.variants(number, query));
            }
            helpers.push(self.helper(&resolved, row.as_ref()));
        }
        let ident = self.ident();
        let unused = self.broken.then(|| quote!(#[allow(unused_variables)]));
        quote! {
            #(#beside)*
            #[automatically_derived]
            #unused
            impl #ident { #(#helpers)* }
        }
    }

    /// A parameter of that name that takes values of the column.
    pub(super) fn parameter(&self, column: &Column, name: &Ident) -> TokenStream {
        let (_, ty) = self.field_of(column);
        let ty = without_option(ty);
        match &column.sql_type {
            SqlType::Text if !self.is_renamed_type(column) => quote!(#name: &::core::primitive::str),
            SqlType::Uuid
            | SqlType::Boolean
            | SqlType::SmallInt
            | SqlType::Integer
            | SqlType::BigInt
            | SqlType::Timestamptz
            | SqlType::Date => quote!(#name: #ty),
            _ => quote!(#name: &#ty),
        }
    }

    /// The same for a declared query: types of the program, which are enumerations mostly, are taken by value.
    fn query_parameter(&self, column: &Column, name: &Ident) -> TokenStream {
        let (_, ty) = self.field_of(column);
        let ty = without_option(ty);
        match &column.sql_type {
            SqlType::Rust(_) => quote!(#name: #ty),
            _ => self.parameter(column, name),
        }
    }

    /// Whether the column's SQL type was stated beside a Rust type that may be anything.
    fn is_renamed_type(&self, column: &Column) -> bool {
        let (_, ty) = self.field_of(column);
        let ty = without_option(ty);
        quote!(#ty).to_string().rsplit("::").next().map(str::trim) != Some("String")
    }

    /// What the helper takes, in the order of the statement's parameters.
    fn taken(&self, query: &Query) -> Arguments {
        let table = &self.model.table;
        let mut taken = Arguments::default();
        for parameter in queries::arguments(query) {
            let Some(column) = table.column(&parameter.column) else { continue };
            let (field, ty) = self.field_of(column);
            match &parameter.value {
                Value::Any { name } => {
                    let (name, ty) = (argument(name), without_option(ty));
                    taken.add(&name, quote!(#name: &[#ty]));
                }
                Value::Bound { name, .. } => {
                    let name = argument(name);
                    taken.add(&name, self.query_parameter(column, &name));
                }
                Value::Equal | Value::Constant(_) => taken.add(field, self.query_parameter(column, field)),
            }
        }
        if let QueryShape::Update(set) = &query.shape {
            for column in set.iter().filter(|set| set.value.is_none()).filter_map(|set| table.column(&set.column)) {
                let (field, ty) = self.field_of(column);
                let compared = query.parameters.iter().any(|parameter| parameter.column == column.name);
                let name = if compared { format_ident!("new_{}", field.unraw()) } else { field.clone() };
                let parameter = if column.nullable { quote!(#name: #ty) } else { self.query_parameter(column, &name) };
                taken.add(&name, parameter);
            }
        }
        if query.batch == Some(Limit::Given) {
            taken.parameters.push(quote!(limit: ::core::primitive::u32));
        }
        if let QueryShape::All(Limit::Given) | QueryShape::Claim(Limit::Given) = query.shape {
            let name = format_ident!("limit");
            taken.parameters.push(quote!(#name: ::core::primitive::u32));
            taken.values.push(quote!(::core::primitive::i64::from(#name)));
        }
        taken
    }

    fn helper(&self, resolved: &Resolved<'_>, row: Option<&Ident>) -> TokenStream {
        let query = resolved.query;
        let vis = &self.model.raw.vis;
        let helper = argument(&query.name);
        let name = format_ident!("{}", constant_name(&helper));
        let row = row.map_or_else(|| quote!(Self), |row| quote!(#row));
        let Arguments { mut parameters, values } = self.taken(query);
        let is_behind = resolved.batches() == Some(Batches::Behind);
        let reply = |of: TokenStream| quote!(::tablewright::Reply<'e, ::tablewright::sqlx::Result<#of>>);
        let mut values = quote!((#(#values,)*));
        let (function, gives) = match &query.shape {
            QueryShape::One => (quote!(one::<#row>), reply(row.clone())),
            QueryShape::Optional => (quote!(optional::<#row>), reply(quote!(::core::option::Option<#row>))),
            QueryShape::All(_) | QueryShape::Claim(_) => (quote!(all::<#row>), quote!(::tablewright::Rows<'e, #row>)),
            QueryShape::Page => {
                parameters.push(quote!(page: ::tablewright::PageRequest));
                values = quote!(#values, page);
                (quote!(page::<#row>), quote!(::tablewright::Paged<'e, #row>))
            }
            QueryShape::Count => (quote!(scalar::<::core::primitive::i64>), reply(quote!(::core::primitive::i64))),
            QueryShape::Exists => (quote!(scalar::<::core::primitive::bool>), reply(quote!(::core::primitive::bool))),
            QueryShape::Update(_) | QueryShape::Delete if query.batch.is_some() => {
                let error = self.companion("Constraint");
                let limit = match (query.batch, is_behind) {
                    (Some(Limit::Rows(rows)), true) => quote!(#rows),
                    (Some(Limit::Given), true) => quote!(limit),
                    (Some(Limit::Given), false) => quote!(::core::option::Option::Some(limit)),
                    // It stands in the statement.
                    _ => quote!(::core::option::Option::None),
                };
                values = quote!(#values, #limit);
                let function = if is_behind { quote!(batches_behind::<Self>) } else { quote!(batches::<Self>) };
                (function, quote!(::tablewright::Batches<#error>))
            }
            QueryShape::Update(_) | QueryShape::Delete => {
                let error = self.companion("Constraint");
                let result = quote!(::core::result::Result<::core::primitive::u64, ::tablewright::Error<#error>>);
                (quote!(execute::<Self>), quote!(::tablewright::Reply<'e, #result>))
            }
        };
        // Rows stay claimed as long as the transaction lasts, so a pool cannot claim.
        let db = if let QueryShape::Claim(_) = query.shape {
            quote!(&'e mut ::tablewright::sqlx::PgConnection)
        } else {
            quote!(impl ::tablewright::sqlx::PgExecutor<'e>)
        };
        let (constant, sql) = if resolved.is_keyed() {
            (self.page_constant(&query.name, resolved), self.page_doc(resolved))
        } else {
            let sql = self.named(&query.name, queries::statement(resolved));
            let doc = format!("The statement of [`{helper}`](Self::{helper}).");
            let value = self.text(&sql);
            let constant = quote! { #[doc = #doc] #vis const #name: &'static ::core::primitive::str = #value; };
            (constant, self.sql_doc(&sql))
        };
        let doc = format!("{} Runs [`{name}`](Self::{name}).\n{sql}", describe(resolved));
        let (generics, db, passed) = if resolved.batches().is_some() {
            (TokenStream::new(), TokenStream::new(), TokenStream::new())
        } else {
            (quote!(<'e>), quote!(db: #db,), quote!(db,))
        };
        // What goes on behind rows has its name in its constant.
        let full = (!resolved.is_keyed()).then(|| self.full(&query.name)).map(|full| quote!(, #full));
        let body = if self.broken {
            never()
        } else {
            quote!(::tablewright::rt::#function(#passed Self::#name, #values #full))
        };
        quote! {
            #constant
            #[doc = #doc]
            #vis fn #helper #generics(#db #(#parameters),*) -> #gives {
                #body
            }
        }
    }

    /// The constant of a list that is read by pages; none where errors were reported.
    pub(super) fn page_constant(&self, helper: &str, resolved: &Resolved<'_>) -> TokenStream {
        if self.broken {
            return TokenStream::new();
        }
        let (table, vis) = (resolved.table, &self.model.raw.vis);
        let name = format_ident!("{}", helper.to_ascii_uppercase());
        let statements = queries::statements(resolved);
        let selected = queries::selected(resolved);
        let full = format!("{}.{helper}", table.name);
        // What makes an old cursor wrong when it changes, and nothing else: a further column does not.
        let version = statements.first.find(" FROM ").map_or("", |from| &statements.first[from..]);
        let order = resolved.order.iter().filter_map(|ordered| {
            let position = selected.iter().position(|column| *column == ordered.column)?;
            let (_, ty) = self.field(&ordered.column)?;
            let nullable = resolved.takes_null(&ordered.column);
            let ty = without_option(ty);
            Some(quote!((#position, ::tablewright::rt::type_info::<#ty>, #nullable)))
        });
        let order: Vec<TokenStream> = order.collect();
        let text = |sql: &String| self.text(&self.named(helper, sql.clone()));
        let first = text(&statements.first);
        let after: Vec<TokenStream> = statements.after.iter().map(text).collect();
        let before: Vec<TokenStream> = statements.before.iter().map(text).collect();
        let doc = format!("The statements of [`{helper}`](Self::{helper}).");
        quote! {
            #[doc = #doc]
            #vis const #name: &'static ::tablewright::PageQuery = &::tablewright::PageQuery::new(
                #full,
                #version,
                #first,
                &[#(#after),*],
                &[#(#before),*],
                &[#(#order),*],
            );
        }
    }

    /// The statements of a list, as documentation: the first page, and those behind and before a row without NULL.
    pub(super) fn page_doc(&self, resolved: &Resolved<'_>) -> String {
        let queries::Pages { first, after, before } = queries::statements(resolved);
        let all: Vec<String> =
            [&first].into_iter().chain(after.first()).chain(before.first()).map(|sql| format!("{sql};")).collect();
        self.sql_doc(&SqlText::from(all.join("\n")))
    }

    /// `OrderRecentForUser`.
    fn narrow_ident(&self, query: &Query) -> Ident {
        use heck::ToUpperCamelCase as _;
        format_ident!("{}{}", self.ident().unraw(), query.name.to_upper_camel_case())
    }

    /// The struct of a query that reads some columns only.
    fn narrow(&self, row: &Ident, query: &Query) -> TokenStream {
        let vis = &self.model.raw.vis;
        let table = &self.model.table;
        let columns: Vec<&Column> = query.columns.iter().filter_map(|name| table.column(name)).collect();
        let shown = super::debug::shown(row, columns.iter().map(|column| (self.field_of(column).0, column.pii)));
        let (mut fields, mut decoded) = (Vec::new(), Vec::new());
        for (index, column) in columns.into_iter().enumerate() {
            let (ident, ty) = self.field_of(column);
            let doc = column.comment.clone().unwrap_or_else(|| format!("The column `{}`.", column.name));
            fields.push(quote! { #[doc = #doc] pub #ident: #ty });
            let value = quote_spanned!(at(ty)=> ::tablewright::rt::column(row, #index)?);
            decoded.push(quote!(#ident: #value));
        }
        let decode = if self.broken {
            let never = never();
            quote!({ let _ = row; #never })
        } else {
            quote!(::core::result::Result::Ok(Self { #(#decoded),* }))
        };
        let (helper, model) = (&query.name, self.ident());
        let doc = format!("A row of [`{model}::{helper}`].");
        quote! {
            #[doc = #doc]
            #vis struct #row { #(#fields),* }
            #shown
            #[automatically_derived]
            impl ::tablewright::rt::Record for #row {
                fn record(row: &::tablewright::sqlx::postgres::PgRow) -> ::tablewright::sqlx::Result<Self> {
                    #decode
                }
            }
        }
    }

    /// Each variant that a query names is stored as its SQL says.
    fn variants(&self, number: usize, query: &Query) -> Vec<TokenStream> {
        let table = &self.model.table;
        let place = Place::table(&table.name).nth("query", number);
        let compared = query.parameters.iter().filter_map(|parameter| match &parameter.value {
            Value::Constant(constant) => Some((&parameter.column, constant, place.part(&parameter.column))),
            _ => None,
        });
        let set = match &query.shape {
            QueryShape::Update(set) => set.as_slice(),
            _ => &[],
        };
        let set =
            set.iter().filter_map(|set| Some((&set.column, set.value.as_ref()?, place.part("set").part(&set.column))));
        let witness = |(column, constant, place): (&String, &crate::schema::Constant, Place)| {
            let variant = constant.variant.as_ref()?;
            let (_, ty) = self.field(column)?;
            let ty = without_option(ty);
            let span = self.model.map.span(&place.part("variant"));
            let variant_ident = Ident::new(variant, span.resolved_at(Span::call_site()));
            let believed = &constant.sql;
            let before = format!("{}.{column}: `{variant}` is stored as '", table.name);
            let after = format!("', not {believed}. Type: {column} = \"'");
            let stored = quote_spanned!(span=> <#ty>::#variant_ident.__stored());
            Some(quote_spanned! {span=>
                const _: () = ::tablewright::rt::value(
                    #stored,
                    #believed,
                    ::tablewright::rt::join!(#before, #stored, #after, #stored, "'\""),
                );
            })
        };
        compared.chain(set).filter_map(witness).collect()
    }
}

/// The identifier of a name that a model gives.
fn argument(name: &str) -> Ident {
    // Keywords were refused where the name was read, but for those that are identifiers when raw.
    syn::parse_str(name).unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
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
