//! Every statement of a table with the index that it is promised to use, so that a server can be asked to keep the promise.

use super::{Coverage, coverage, helpers, lists};
use crate::schema::{Query, SqlType, Table, TableKind};
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    for unique in table.uniques.iter().filter(|unique| !unique.generated) {
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
    let (indexes, index_only) = match coverage(table, query) {
        Coverage::Served(serving) => {
            let index_only = serving.first().is_some_and(|serving| serving.index_only);
            (serving.into_iter().map(|serving| serving.index.name).collect(), index_only)
        }
        Coverage::Missing(_) => (Vec::new(), false),
    };
    let sort_forbidden = !indexes.is_empty();
    promises.extend(helpers::of_query(table, query).into_iter().map(|helper| Promise {
        helper: helper.name,
        part: helper.part,
        sql: helper.sql,
        parameters: helper.parameters.into_iter().map(|given| given.sql_type).collect(),
        indexes: indexes.clone(),
        index_only,
        sort_forbidden,
    }));
}
