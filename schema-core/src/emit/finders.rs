//! The helpers that belong to one table alone: by its unique keys and its lists.

use proc_macro2::Delimiter;
use syn::ext::IdentExt as _;

use super::code::Code;
use super::constants::constant_name;
use super::queries::Arguments;
use super::{Emit, NEVER};
use crate::queries::lists::{self, List};
use crate::queries::{self, Resolved, helpers};
use crate::schema::{Column, TableKind};
use crate::sql::quote as quoted;
use crate::sql::{bulk, dml};

/// The first parameter of a helper.
pub(super) const EXECUTOR: &str = "db: impl ::tablewright::Executor<'e>,";
/// The same where the rows stay locked until the transaction ends.
pub(super) const CONNECTION: &str = "db: &'e mut ::tablewright::sqlx::PgConnection,";
/// The same where several statements may be sent.
const ACQUIRE: &str = "db: impl ::tablewright::ConnectionSource<'e, Connection: 'e>,";

/// A helper of the model: what it says and what it does, without its parameters.
pub(super) struct Function<'a> {
    pub(super) name: &'a str,
    pub(super) doc: &'a str,
    /// Its first parameter; empty where it takes none.
    pub(super) db: &'a str,
    pub(super) gives: &'a str,
    pub(super) body: &'a str,
}

impl Emit<'_> {
    pub(super) fn finders(&self, code: &mut Code) {
        let mut items = Code::default();
        self.helpers(&mut items);
        if items.is_empty() {
            return;
        }
        if self.broken {
            code.text("#[allow(unused_variables)]");
        }
        code.text("impl ").text(&self.name).braces(|code| {
            code.tokens(items.finish());
        });
    }

    fn helpers(&self, code: &mut Code) {
        let table = &self.model.table;
        let mut made: Vec<String> = Vec::new();
        let mut once = false;
        for unique in &table.uniques {
            let Some(columns) = self.known(&unique.columns) else { continue };
            let stem = self.stem(&columns);
            if made.contains(&stem) {
                continue;
            }
            // A key with a predicate of its own is unique among those rows only, so only those are looked at.
            let predicate = unique.predicate.as_deref().or(table.live_predicate());
            let Some(scoped) = self.known(&dml::scoped(table, &unique.columns)) else { continue };
            self.find_by(code, &stem, &scoped, predicate);
            if table.kind != TableKind::AppendOnly {
                self.upsert_by(code, &stem, &unique.columns, unique.predicate.as_deref());
                self.upsert_many_by(code, &stem, &unique.columns, unique.predicate.as_deref());
            }
            if unique.columns.iter().any(|column| column == "idempotency_key") && !once {
                self.insert_once(code, &stem, &columns, &scoped, unique.predicate.as_deref());
                once = true;
            }
            made.push(stem);
        }
        let mut listed: Vec<String> = Vec::new();
        for foreign_key in &table.foreign_keys {
            let scoped = dml::scoped(table, &foreign_key.columns);
            let Some(columns) = self.known(&scoped) else { continue };
            let stem = self.stem(&columns);
            let list = lists::list_by(table, &scoped);
            if let Some(list) = list.filter(|_| !listed.contains(&stem)) {
                self.list_by(code, &stem, &list);
                listed.push(stem);
            }
        }
        self.count_of_tenant(code);
    }

    fn known(&self, names: &[String]) -> Option<Vec<&Column>> {
        names.iter().map(|name| self.model.table.column(name)).collect()
    }

    /// The fields' names, joined: always a part of an identifier, which a column's name need not be.
    fn stem(&self, columns: &[&Column]) -> String {
        let names: Vec<String> = columns.iter().map(|column| self.field_of(column).ident.unraw().to_string()).collect();
        names.join("_")
    }

    /// The parameters of a finder and the values that it binds.
    fn arguments(&self, columns: &[&Column]) -> Arguments {
        let mut arguments = Arguments::default();
        for column in columns {
            let name = &self.field_of(column).name;
            arguments.add(name, self.parameter(column));
        }
        arguments
    }

    /// Writes a function that passes what it takes on to the runtime.
    pub(super) fn function(&self, code: &mut Code, function: &Function<'_>, parameters: Code) {
        let Function { name, doc, db, gives, body } = function;
        code.doc(doc);
        let generics = if db.is_empty() { "" } else { "<'e>" };
        code.text(&format!("{} fn {name}{generics}", self.vis));
        code.group(Delimiter::Parenthesis, |code| {
            code.text(db).tokens(parameters.finish());
        });
        code.text(&format!(" -> {gives} {{ {} }}", if self.broken { NEVER } else { body }));
    }

    /// What a write gives.
    pub(super) fn written(&self, what: &str) -> String {
        let error = self.companion("Constraint");
        format!("::tablewright::Reply<'e, ::core::result::Result<{what}, ::tablewright::Error<{error}>>>")
    }

    /// What a read gives.
    pub(super) fn read(what: &str) -> String {
        format!("::tablewright::Reply<'e, ::tablewright::sqlx::Result<{what}>>")
    }

    fn find_by(&self, code: &mut Code, stem: &str, columns: &[&Column], predicate: Option<&str>) {
        let helper = format!("find_by_{stem}");
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let sql = self.named(&helper, dml::find_by(&self.model.table, &names, predicate));
        let name = constant_name(&helper);
        self.constant(code, &name, &format!("The statement of [`{helper}`](Self::{helper})."), &sql);
        let Arguments { parameters, values } = self.arguments(columns);
        let live = if self.model.table.soft_delete.is_some() { "live row" } else { "row" };
        let doc = format!("The {live} whose ({}) is this. Runs [`{name}`](Self::{name}).", names.join(", "));
        let gives = Self::read("::core::option::Option<Self>");
        let full = self.full(&helper);
        let body = format!("::tablewright::rt::optional::<Self>(db, Self::{name}, ({values}), {full:?})");
        self.function(
            code,
            &Function { name: &helper, doc: &doc, db: EXECUTOR, gives: &gives, body: &body },
            parameters,
        );
    }

    fn upsert_by(&self, code: &mut Code, stem: &str, columns: &[String], predicate: Option<&str>) {
        let helper = format!("upsert_by_{stem}");
        let sql = self.named(&helper, dml::upsert(&self.model.table, columns, predicate));
        let name = constant_name(&helper);
        self.constant(code, &name, &format!("The statement of [`{helper}`](Self::{helper})."), &sql);
        let doc = format!(
            "Inserts the row, or changes the {} of the same ({}) to what is given; what is left out stays as it is, \
             so NULL is set by `update` only. Runs [`{name}`](Self::{name}).",
            if self.model.table.soft_delete.is_some() { "live row" } else { "row" },
            columns.join(", ")
        );
        let (gives, full) = (self.written("Self"), self.full(&helper));
        let body = format!("::tablewright::rt::upsert::<Self>(db, Self::{name}, new, {full:?})");
        let function = Function { name: &helper, doc: &doc, db: EXECUTOR, gives: &gives, body: &body };
        self.function(code, &function, self.parameter_of("new: ", ""));
    }

    /// Nothing where rows cannot travel as arrays, or do not show which row is theirs.
    fn upsert_many_by(&self, code: &mut Code, stem: &str, columns: &[String], predicate: Option<&str>) {
        let table = &self.model.table;
        if !helpers::has_arrays_of(table, columns) {
            return;
        }
        let helper = format!("upsert_many_by_{stem}");
        let [update, insert] = bulk::upsert_many(table, columns, predicate).map(|sql| self.named(&helper, sql));
        let name = constant_name(&helper);
        code.doc(&format!(
            "The statements of [`{helper}`](Self::{helper}).\n{}\n{}",
            self.sql_doc(&update),
            self.sql_doc(&insert)
        ));
        code.text(&format!("{} const {name}: [&'static ::core::primitive::str; 2] =", self.vis));
        code.group(Delimiter::Bracket, |code| {
            self.text(code, &update);
            code.text(",");
            self.text(code, &insert);
        });
        code.text(";");
        let doc = format!(
            "Inserts the rows, or changes those of the same ({}) as `upsert_by_{stem}` does, all or none, and returns how \
             many they are. Two of the same ({}) are an error. Runs [`{name}`](Self::{name}) in one transaction.",
            columns.join(", "),
            columns.join(", ")
        );
        let gives = self.written("::core::primitive::u64");
        let full = self.full(&helper);
        let body = format!("::tablewright::rt::upsert_many::<Self>(db, Self::{name}, rows, {full:?})");
        let function = Function { name: &helper, doc: &doc, db: ACQUIRE, gives: &gives, body: &body };
        self.function(code, &function, self.parameter_of("rows: &'e [", "]"));
    }

    /// A parameter that takes new rows.
    fn parameter_of(&self, before: &str, behind: &str) -> Code {
        let mut code = Code::default();
        code.text(&format!("{before}{}{behind}", self.new_ident()));
        code
    }

    /// `scoped` is what the row is then found by.
    fn insert_once(
        &self,
        code: &mut Code,
        stem: &str,
        columns: &[&Column],
        scoped: &[&Column],
        predicate: Option<&str>,
    ) {
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        let sql = self.named("insert_once", dml::insert_once(&self.model.table, &names, predicate));
        let find = constant_name(&format!("find_by_{stem}"));
        self.constant(code, "INSERT_ONCE", "The statement of [`insert_once`](Self::insert_once).", &sql);
        let values = scoped.iter().map(|column| {
            let ident = &self.field_of(column).name;
            let required = self.columns.required.iter().any(|found| found.name == column.name);
            let inside = if required { String::new() } else { format!("{}.", self.optional_field()) };
            format!("new.{inside}{ident}.clone(),")
        });
        let values: String = values.collect();
        let doc = format!(
            "Inserts the row, unless one of the same ({}) is there: then that one comes back. Runs \
             [`INSERT_ONCE`](Self::INSERT_ONCE), and then [`{find}`](Self::{find}). A request that is sent twice does its \
             work once.",
            names.join(", ")
        );
        let gives = self.written("::tablewright::Once<Self>");
        let body = format!(
            "let key = ({values}); ::tablewright::rt::insert_once::<Self>(db, Self::INSERT_ONCE, Self::{find}, new, key)"
        );
        let function = Function { name: "insert_once", doc: &doc, db: CONNECTION, gives: &gives, body: &body };
        self.function(code, &function, self.parameter_of("new: ", ""));
    }

    /// The count of one tenant's rows, where the table is scoped by tenants.
    fn count_of_tenant(&self, code: &mut Code) {
        let table = &self.model.table;
        let Some(tenant) = table.tenant.as_ref().and_then(|tenant| table.column(tenant)) else { return };
        let Arguments { parameters, values } = self.arguments(&[tenant]);
        let sql = self.named("count", dml::count(table));
        self.constant(code, "COUNT_OF_TENANT", "The statement of [`count`](Self::count).", &sql);
        let doc = "The exact number of the tenant's rows. Runs [`COUNT_OF_TENANT`](Self::COUNT_OF_TENANT).";
        let full = self.full("count");
        let body = format!("::tablewright::rt::scalar(db, Self::COUNT_OF_TENANT, ({values}), {full:?})");
        let gives = Self::read("::core::primitive::i64");
        self.function(code, &Function { name: "count", doc, db: EXECUTOR, gives: &gives, body: &body }, parameters);
    }

    fn list_by(&self, code: &mut Code, stem: &str, list: &List) {
        let table = &self.model.table;
        let helper = format!("list_by_{stem}");
        let name = constant_name(&helper);
        let Some(columns) = self.known(&list.equal) else { return };
        let Arguments { mut parameters, values } = self.arguments(&columns);
        let query = list.query();
        let resolved = Resolved::new(table, &query);
        let pages = queries::statements(&resolved);
        let order_text = list.order.join(", ");
        let doc = format!(
            "A page of the {} of this ({}), by ({order_text}){}, served by `{}`. Runs [`{name}`](Self::{name}).\n{}",
            if table.soft_delete.is_some() { "live rows" } else { "rows" },
            list.equal.join(", "),
            if list.direction == crate::schema::SortDirection::Descending { ", descending" } else { "" },
            quoted(&list.index),
            self.page_doc(&pages)
        );
        self.page_constant(code, &helper, &resolved, &pages);
        parameters.text("page: ::tablewright::PageRequest,");
        let body = format!("::tablewright::rt::page::<Self>(db, Self::{name}, ({values}), page)");
        let gives = "::tablewright::Paged<'e, Self>";
        self.function(code, &Function { name: &helper, doc: &doc, db: EXECUTOR, gives, body: &body }, parameters);
    }
}
