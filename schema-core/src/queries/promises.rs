//! Every statement of a table with the index that it is promised to use, so that a server can be asked to keep the promise.

use super::{Batches, Coverage, Resolved, batch_pages, coverage, pages, statement};
use crate::queries::lists;
use crate::schema::{Limit, Query, QueryShape, SqlType, Table, TableKind, Value};
use crate::sql::{SqlText, bulk, dml};

/// A statement and what is promised about its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// The helper: `find`, `recent_for_user`.
    pub helper: String,
    /// Which of the helper's statements it is.
    pub part: Part,
    /// The statement. It has holes only where the table's types are not resolved.
    pub sql: SqlText,
    /// The type of each parameter, in order.
    pub parameters: Vec<SqlType>,
    /// The indexes that serve it, the best first; none where it reads the table, as declared.
    pub indexes: Vec<String>,
    /// Whether the first index alone answers (`Index Only Scan`).
    pub index_only: bool,
    /// Whether the rows of the table may be sorted: where they have no order, or come out of the index in theirs, they may
    /// not. What a batch has picked may be.
    pub sort_forbidden: bool,
}

/// Which statement of a helper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The only one.
    Whole,
    /// The first page.
    First,
    /// The page after a row; the number says which of its order columns are NULL.
    After(usize),
    /// The page before a row.
    Before(usize),
}

/// The statements of a table that find rows: of its helpers, then of its queries. What inserts is not among them.
#[must_use]
pub fn promises(table: &Table) -> Vec<Promise> {
    let mut promises = by_key(table);
    for unique in &table.uniques {
        let predicate = unique.predicate.as_deref().or(table.live_predicate());
        let scoped = dml::scoped(table, &unique.columns);
        promises.push(Promise {
            parameters: types(table, scoped.iter()),
            ..served(
                &format!("find_by_{}", unique.columns.join("_")),
                dml::find_by(table, &scoped, predicate),
                &unique.name,
            )
        });
    }
    let mut listed: Vec<Vec<String>> = Vec::new();
    for foreign_key in &table.foreign_keys {
        let scoped = dml::scoped(table, &foreign_key.columns);
        if listed.contains(&scoped) {
            continue;
        }
        if let Some(list) = lists::list_by(table, &scoped) {
            listed.push(scoped);
            of_query(table, &list.query(), &mut promises);
        }
    }
    for query in &table.queries {
        of_query(table, query, &mut promises);
    }
    promises
}

fn types<'a>(table: &Table, columns: impl Iterator<Item = &'a String>) -> Vec<SqlType> {
    columns.filter_map(|name| table.column(name)).map(|column| column.sql_type.base()).collect()
}

fn served(helper: &str, sql: impl Into<SqlText>, index: &str) -> Promise {
    Promise {
        helper: helper.to_owned(),
        part: Part::Whole,
        sql: sql.into(),
        parameters: Vec::new(),
        indexes: vec![index.to_owned()],
        index_only: false,
        sort_forbidden: true,
    }
}

/// The helpers that every table has.
fn by_key(table: &Table) -> Vec<Promise> {
    let key = &table.primary_key;
    if key.columns.is_empty() {
        return Vec::new();
    }
    let columns = dml::key(table);
    let keyed = types(table, columns.iter());
    let by_key = |helper: &str, sql: String| Promise { parameters: keyed.clone(), ..served(helper, sql, &key.name) };
    let mut promises = vec![by_key("find", dml::find(table)), by_key("exists", dml::exists(table))];
    let arrays: Vec<SqlType> = keyed.iter().map(|key| SqlType::Array(Box::new(key.clone()))).collect();
    // Keys of several columns are joined to the table, which the planner may do by reading it.
    if keyed.len() == 1 {
        promises.push(Promise { parameters: arrays, ..served("find_many", bulk::find_many(table), &key.name) });
    }
    if table.kind == TableKind::Standard {
        let columns = dml::Columns::of(table);
        if !columns.mutable.is_empty() {
            let mut parameters = keyed.clone();
            for column in &columns.mutable {
                if column.nullable {
                    parameters.push(SqlType::Boolean);
                }
                parameters.push(column.sql_type.base());
            }
            promises.push(Promise { parameters, ..by_key("update", dml::update(table)) });
        }
    }
    if table.kind != TableKind::AppendOnly {
        promises.push(by_key("delete", dml::delete(table)));
        if table.soft_delete.is_some() {
            promises.extend([by_key("restore", dml::restore(table)), by_key("purge", dml::purge(table))]);
        }
    }
    promises
}

fn of_query(table: &Table, query: &Query, promises: &mut Vec<Promise>) {
    let resolved = Resolved::new(table, query);
    let (indexes, index_only) = match coverage(table, query) {
        Coverage::Served(serving) => {
            let index_only = serving.first().is_some_and(|serving| serving.index_only);
            (serving.into_iter().map(|serving| serving.index.name).collect(), index_only)
        }
        Coverage::Missing(_) => (Vec::new(), false),
    };
    let column = |name: &str| table.column(name).map(|column| column.sql_type.base());
    let mut parameters: Vec<SqlType> = Vec::new();
    for parameter in super::arguments(query) {
        let Some(sql_type) = column(&parameter.column) else { continue };
        parameters.push(match parameter.value {
            Value::Any { .. } => SqlType::Array(Box::new(sql_type)),
            _ => sql_type,
        });
    }
    let sort_forbidden = !indexes.is_empty();
    let promise = |part: Part, sql: String, more: Vec<SqlType>| Promise {
        helper: query.name.clone(),
        part,
        sql: sql.into(),
        parameters: [parameters.clone(), more].concat(),
        indexes: indexes.clone(),
        index_only,
        sort_forbidden,
    };
    match &query.shape {
        QueryShape::Page => {
            let all = pages(&resolved);
            let cursor = |nulls: usize| {
                let mut bit = 1;
                let mut types: Vec<SqlType> = Vec::new();
                for ordered in resolved.order.iter().filter_map(|ordered| table.column(&ordered.column)) {
                    let nullable = resolved.takes_null(&ordered.name);
                    let is_null = nullable && nulls & bit != 0;
                    if nullable {
                        bit <<= 1;
                    }
                    if !is_null {
                        types.push(ordered.sql_type.base());
                    }
                }
                types.push(SqlType::BigInt);
                types
            };
            promises.push(promise(Part::First, all.first, vec![SqlType::BigInt]));
            for (nulls, sql) in all.after.into_iter().enumerate() {
                promises.push(promise(Part::After(nulls), sql, cursor(nulls)));
            }
            for (nulls, sql) in all.before.into_iter().enumerate() {
                promises.push(promise(Part::Before(nulls), sql, cursor(nulls)));
            }
        }
        QueryShape::Update(_) | QueryShape::Delete => {
            let set = if let QueryShape::Update(set) = &query.shape { set.as_slice() } else { &[] };
            let mut given: Vec<SqlType> =
                set.iter().filter(|set| set.value.is_none()).filter_map(|set| column(&set.column)).collect();
            if resolved.batches() == Some(Batches::Behind) {
                let all = batch_pages(&resolved);
                let cursor = resolved.order.iter().filter_map(|ordered| column(&ordered.column));
                let goes_on = [given.clone(), cursor.chain([SqlType::BigInt]).collect()].concat();
                given.push(SqlType::BigInt);
                promises.push(promise(Part::First, all.first, given));
                promises.extend(all.after.into_iter().map(|sql| promise(Part::After(0), sql, goes_on.clone())));
            } else {
                given.extend((query.batch == Some(Limit::Given)).then_some(SqlType::BigInt));
                promises.push(promise(Part::Whole, statement(&resolved), given));
            }
        }
        QueryShape::All(Limit::Given) | QueryShape::Claim(Limit::Given) => {
            promises.push(promise(Part::Whole, statement(&resolved), vec![SqlType::BigInt]));
        }
        _ => promises.push(promise(Part::Whole, statement(&resolved), Vec::new())),
    }
}
