use heck::ToSnakeCase as _;

use super::{Facts, Role, Rule, RuleCheck};
use crate::config::Profile;
use crate::diagnostic::Diagnostic;
use crate::expression::{Fragment, Wanted};
use crate::place::{Key, Place};
use crate::queries::{Batches, MOST_NULLABLE, Resolved, arguments};
use crate::schema::{Query, QueryShape, SqlType, Table, TableKind, Value};
use crate::sql::dml::Columns;

pub(super) static RULE: Rule = Rule {
    id: "query",
    summary: "A declared query is one that the server accepts: its conditions have the types of their columns, and its \
              helper's name and parameters are free.",
    why: "A query is checked where it is declared, not when it first runs.",
    bad: "
#[derive(Table)]
#[index(device, id)]
#[query(of_device(device = \"4\"), page)]
struct Event {
    id: Uuid,
    device: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    good: "
#[derive(Table)]
#[index(device, id)]
#[query(of_device(device), page)]
struct Event {
    id: Uuid,
    device: String,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}",
    settings: "",
    waivable: false,
    check: RuleCheck::Table(check),
};

/// The helpers and constants of every table.
const TAKEN: &[&str] = &[
    "add_foreign_keys",
    "comments",
    "count",
    "create_indexes",
    "create_table",
    "delete",
    "estimate",
    "exists",
    "find",
    "find_many",
    "insert",
    "insert_many",
    "insert_many_returning",
    "key_columns",
    "name",
    "purge",
    "restore",
    "unnest",
    "update",
];

/// How many values a statement of a helper takes.
const MOST_PARAMETERS: usize = 16;

/// The most rows of a table that is read without an index.
const SMALL: u64 = 10_000;

fn check(facts: &Facts<'_>, _: &Profile, found: &mut Vec<Diagnostic>) {
    let table = facts.table();
    for (number, query) in table.queries.iter().enumerate() {
        let mut report = Report { place: Place::of_query(table, number), query, found: &mut *found };
        report.name(table, number);
        report.parameters(table);
        report.shape(table);
        if query.include_deleted && table.soft_delete.is_none() {
            report.add(
                report.place.key(Key::IncludeDeleted),
                "the table has no deleted rows to include",
                "drop `include_deleted`",
            );
        }
        let rows = table.expectation.as_ref().and_then(|expectation| expectation.rows).unwrap_or(0);
        if query.unindexed.is_some() && rows > SMALL {
            report.add(
                report.place.key(Key::Unindexed),
                format!("the table is expected to hold {rows} rows: too many to be read without an index"),
                "drop `unindexed`: the error then names the index",
            );
        }
    }
    for sql in &facts.sql {
        let wanted = match sql.role {
            Role::QueryCondition(_) => Wanted::Condition,
            Role::QueryValue(column) => Wanted::Value(column),
            _ => continue,
        };
        for finding in sql.fragment.examine(table, wanted).problems {
            found.push(Diagnostic::new(RULE.id, sql.place.clone(), finding.message).help(finding.help));
        }
    }
}

struct Report<'a> {
    place: Place,
    query: &'a Query,
    found: &'a mut Vec<Diagnostic>,
}

impl Report<'_> {
    fn add(&mut self, place: Place, message: impl Into<String>, help: impl Into<String>) {
        let message = format!("`{}`: {}", self.query.name, message.into());
        self.found.push(Diagnostic::new(RULE.id, place, message).help(help));
    }

    fn name(&mut self, table: &Table, number: usize) {
        let name = self.query.name.as_str();
        let snake = name.to_snake_case();
        if snake != name {
            self.add(self.place.clone(), "a helper's name is snake_case", snake);
        }
        let of_keys = table.uniques.iter().flat_map(|unique| {
            let columns = unique.columns.join("_");
            [format!("find_by_{columns}"), format!("upsert_by_{columns}")]
        });
        let of_lists = table.foreign_keys.iter().map(|key| format!("list_by_{}", key.columns.join("_")));
        if TAKEN.contains(&name) || of_keys.chain(of_lists).any(|taken| taken == name) {
            self.add(
                self.place.clone(),
                "the table has a helper or a constant of that name",
                "give it a name that says what it finds",
            );
        }
        if table.queries[..number].iter().any(|earlier| earlier.name == name) {
            self.add(self.place.clone(), "another query has that name", "give it a name of its own");
        }
    }

    fn parameters(&mut self, table: &Table) {
        let mut names: Vec<String> = vec!["db".to_owned()];
        match self.query.shape {
            QueryShape::Page => names.push("page".to_owned()),
            QueryShape::All(crate::schema::Limit::Given) | QueryShape::Claim(crate::schema::Limit::Given) => {
                names.push("limit".to_owned());
            }
            _ if self.query.batch == Some(crate::schema::Limit::Given) => names.push("limit".to_owned()),
            _ => {}
        }
        for parameter in arguments(self.query) {
            let name = match &parameter.value {
                Value::Any { name } | Value::Bound { name, .. } => name,
                Value::Equal | Value::Constant(_) => &parameter.column,
            };
            if names.contains(name) {
                self.add(
                    self.place.named(&parameter.column),
                    format!("two parameters are called `{name}`"),
                    "name a column once, and bounds and lists differently: ordered_at >= since, ordered_at < until",
                );
            }
            names.push(name.clone());
            let column = table.column(&parameter.column);
            if let (Value::Any { .. }, Some(SqlType::Array(_))) = (&parameter.value, column.map(|it| &it.sql_type)) {
                self.add(
                    self.place.named(&parameter.column),
                    format!("`{}` is an array, and there are no lists of arrays", parameter.column),
                    format!("where = \"'x' = ANY ({})\"", parameter.column),
                );
            }
        }
        for parameter in &self.query.parameters {
            if let (Value::Constant(constant), Some(column)) = (&parameter.value, table.column(&parameter.column)) {
                if is_null(constant) {
                    self.add(
                        self.place.named(&parameter.column),
                        "nothing equals NULL, so the query would give no rows",
                        format!("where = \"{} IS NULL\" next to the conditions", parameter.column),
                    );
                    continue;
                }
                self.constant(&self.place.named(&parameter.column), constant, column);
            }
        }
        if names.len() > MOST_PARAMETERS {
            self.add(
                self.place.clone(),
                format!("a query takes at most {MOST_PARAMETERS} values"),
                "write it by hand, with sqlx",
            );
        }
    }

    fn constant(&mut self, place: &Place, constant: &crate::schema::Constant, column: &crate::schema::Column) {
        if let Some(variant) = &constant.variant {
            if column.sql_type.unresolved().is_none() && column.enumeration.is_none() {
                self.add(
                    place.clone(),
                    format!("`{variant}` is a variant, and `{}` is {}", column.name, column.sql_type),
                    format!("write a value in quotes, as SQL: {} = \"'{}'\"", column.name, variant.to_snake_case()),
                );
            }
        } else if Fragment::parse(&constant.sql).is_ok_and(|fragment| !fragment.column_names().is_empty()) {
            self.add(
                place.clone(),
                format!("`{}` is not a constant: it names a column", constant.sql),
                format!("write a text in quotes: \"'{}'\"; a comparison of columns belongs in `where`", constant.sql),
            );
        }
    }

    /// NULL as what a column is set to.
    fn null(&mut self, place: &Place, constant: &crate::schema::Constant, column: &crate::schema::Column) {
        if !column.nullable {
            self.add(
                place.clone(),
                format!("`{}` is NOT NULL", column.name),
                "another value, or make the field an `Option`",
            );
        } else if constant.variant.is_some() {
            self.add(
                place.clone(),
                "NULL is not a variant of a Rust type: write SQL in quotes",
                format!("{} = \"NULL\"", column.name),
            );
        }
    }

    fn batch(&mut self, table: &Table, changes: bool) {
        let word = self.query.shape.word();
        if !changes {
            return self.add(
                self.place.key(Key::Batch),
                format!("`{word}` changes no rows that could be changed in batches"),
                "drop `batch`, or say update(column) or delete",
            );
        }
        if table.primary_key.columns.is_empty() {
            self.add(
                self.place.key(Key::Batch),
                "a batch needs a primary key, which says which rows it has",
                "drop `batch`",
            );
        }
        let resolved = Resolved::new(table, self.query);
        if resolved.is_unique {
            self.add(
                self.place.key(Key::Batch),
                "its conditions name a whole key, so there is one row at most",
                "drop `batch`",
            );
        }
        if resolved.batches() != Some(Batches::Behind) {
            return;
        }
        let QueryShape::Update(set) = &self.query.shape else { return };
        for ordered in &resolved.order {
            let column = &ordered.column;
            if set.iter().any(|set| set.column == *column) {
                self.add(
                    self.place.key(Key::Set).named(column),
                    format!(
                        "batches continue in the order of `{column}`, so a row that gets another would be met again"
                    ),
                    "order(…) by columns that stay, or a condition that the changed rows no longer meet",
                );
            } else if resolved.takes_null(column) {
                self.add(
                    self.place.key(Key::Order),
                    format!("batches continue after the last row, and its `{column}` may be NULL"),
                    format!("where = \"{column} IS NOT NULL\", or order(…) by columns that are NOT NULL"),
                );
            }
        }
    }

    fn shape(&mut self, table: &Table) {
        let query = self.query;
        let word = query.shape.word();
        if !query.shape.gives_rows() {
            if !query.order.is_empty() && query.batch.is_none() {
                self.add(
                    self.place.key(Key::Order),
                    format!("`{word}` gives no rows that could have an order"),
                    "drop `order`",
                );
            }
            if !query.columns.is_empty() {
                self.add(
                    self.place.key(Key::Columns),
                    format!("`{word}` gives no rows with columns"),
                    "drop `columns`",
                );
            }
        }
        let changes = matches!(query.shape, QueryShape::Update(_) | QueryShape::Delete);
        if changes && table.kind == TableKind::AppendOnly {
            self.add(
                self.place.key(Key::Shape),
                "the rows of an append-only table are never changed",
                format!("drop `{word}`"),
            );
        }
        if let QueryShape::Update(set) = &query.shape {
            let mutable = Columns::of(table).mutable;
            for set in set {
                let Some(column) = table.column(&set.column) else { continue };
                let may = mutable.iter().any(|column| column.name == set.column);
                if !may && column.name != "updated_at" {
                    let message = format!("`{}` is not changed: it is a key, or the server keeps it", set.column);
                    self.add(self.place.key(Key::Set).named(&set.column), message, "set another column");
                }
                if let Some(constant) = &set.value
                    && is_null(constant)
                {
                    self.null(&self.place.key(Key::Set).named(&set.column), constant, column);
                } else if let Some(constant) = &set.value
                    && constant.variant.is_some()
                {
                    self.constant(&self.place.key(Key::Set).named(&set.column), constant, column);
                }
            }
        }
        if query.batch.is_some() {
            self.batch(table, changes);
        }
        if query.shape == QueryShape::Page {
            let resolved = Resolved::new(table, query);
            let nullable = resolved.nullable_order();
            if nullable.len() > MOST_NULLABLE {
                self.add(
                    self.place.key(Key::Order),
                    format!(
                        "{} columns of the order take NULL, and a page has at most {MOST_NULLABLE}",
                        nullable.len()
                    ),
                    "sort by columns that are NOT NULL",
                );
            }
            if resolved.is_unique {
                self.add(
                    self.place.key(Key::Shape),
                    "its conditions name a whole key, so there is one row at most",
                    "optional, or one",
                );
            }
            if table.primary_key.columns.is_empty() {
                self.add(self.place.key(Key::Shape), "a page needs a primary key, so that no two rows tie", "all(100)");
            }
        }
    }
}

/// Whether it is NULL, as SQL or as a bare word.
fn is_null(constant: &crate::schema::Constant) -> bool {
    constant.variant.as_deref().unwrap_or(&constant.sql).trim().eq_ignore_ascii_case("null")
}
