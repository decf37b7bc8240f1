//! Every statement of a table's helpers and declared queries: what a release of the program sends. The derive emits these,
//! `schema.statements` keeps them.

use super::{Batches, Part, Resolved, batch_pages, lists, pages, statement};
use crate::schema::{Column, Limit, Query, QueryShape, SqlType, Table, TableKind, Value};
use crate::sql::dml::{self, Columns, LeftOut};
use crate::sql::{SqlText, bulk};

/// A statement, and what has to be known to run it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helper {
    /// The helper: `find`, `recent_for_user`.
    pub name: String,
    /// Which of the helper's statements it is.
    pub part: Part,
    /// What it does.
    pub kind: Kind,
    /// Whether the row that its parameters are taken from is found by it.
    pub finds: bool,
    /// The statement.
    pub sql: SqlText,
    /// Its parameters, in order.
    pub parameters: Vec<Given>,
}

/// What a statement does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "lock", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Kind {
    /// It inserts rows.
    Insert,
    /// It loads rows, by COPY.
    Load,
    /// It reads.
    Read,
    /// It changes rows.
    Update,
    /// It takes rows away, or marks them as deleted.
    Delete,
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// What it takes.
    pub role: Role,
    /// Its type; an array's where it takes many.
    pub sql_type: SqlType,
    /// Whether it takes one value for each of several rows.
    pub many: bool,
}

/// What a parameter takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The value that a row has in a column.
    Row(String),
    /// A new value of a column.
    New(String),
    /// Whether a new value of a column is given.
    IsGiven(String),
    /// How many rows.
    Limit,
}

impl Given {
    fn new(role: Role, sql_type: SqlType) -> Self {
        Self { role, sql_type, many: false }
    }

    fn row(column: &Column) -> Self {
        Self::new(Role::Row(column.name.clone()), column.sql_type.base())
    }

    fn limit() -> Self {
        Self::new(Role::Limit, SqlType::BigInt)
    }

    fn many(self) -> Self {
        Self { sql_type: SqlType::Array(Box::new(self.sql_type)), many: true, ..self }
    }
}

fn rows<'a>(table: &Table, columns: impl IntoIterator<Item = &'a String>) -> Vec<Given> {
    columns.into_iter().filter_map(|name| table.column(name)).map(Given::row).collect()
}

fn written(column: &Column, flagged: bool) -> Vec<Given> {
    let flag = flagged.then(|| Given::new(Role::IsGiven(column.name.clone()), SqlType::Boolean));
    flag.into_iter().chain([Given::new(Role::New(column.name.clone()), column.sql_type.base())]).collect()
}

fn inserted(table: &Table) -> Vec<Given> {
    let bound = Columns::of(table).inserted();
    bound.iter().flat_map(|bound| written(bound.column, bound.left_out == LeftOut::ByFlag)).collect()
}

fn patched(table: &Table) -> Vec<Given> {
    Columns::of(table).mutable.iter().flat_map(|column| written(column, column.nullable)).collect()
}

fn many(parameters: Vec<Given>) -> Vec<Given> {
    parameters.into_iter().map(Given::many).collect()
}

/// Whether rows of the table can be changed by a patch.
#[must_use]
pub fn has_patch(table: &Table) -> bool {
    table.kind == TableKind::Standard && !Columns::of(table).mutable.is_empty()
}

/// Whether rows travel as one array for each column.
#[must_use]
pub fn has_arrays(table: &Table) -> bool {
    bulk::can_unnest(table) && !Columns::of(table).inserted().is_empty()
}

/// Whether rows that travel as arrays can be told from those of a unique key: it has no column that the server fills.
#[must_use]
pub fn has_arrays_of(table: &Table, unique: &[String]) -> bool {
    let given = |name: &String| Columns::of(table).inserted().iter().any(|bound| bound.column.name == *name);
    has_arrays(table) && unique.iter().all(given)
}

/// The statements that every model has, as far as its table has them: by the names of the helpers.
#[must_use]
pub fn common(table: &Table) -> Vec<Helper> {
    let key = || rows(table, &dml::key(table));
    let mut all: Vec<Helper> = Vec::new();
    let mut add = |name: &str, kind: Kind, finds: bool, sql: SqlText, parameters: Vec<Given>| {
        all.push(Helper { name: name.to_owned(), part: Part::Whole, kind, finds, sql, parameters });
    };
    add("insert", Kind::Insert, false, dml::insert(table).into(), inserted(table));
    if has_arrays(table) {
        add("insert_many", Kind::Insert, false, bulk::insert_many(table), many(inserted(table)));
        let sql = bulk::insert_many_returning(table);
        add("insert_many_returning", Kind::Insert, false, sql, many(inserted(table)));
    }
    if let Some((sql, _)) = bulk::copy(table) {
        add("copy", Kind::Load, false, sql.into(), Vec::new());
    }
    add("find", Kind::Read, true, dml::find(table).into(), key());
    add("find_many", Kind::Read, true, bulk::find_many(table), many(key()));
    add("lock", Kind::Read, true, dml::lock(table, false).into(), key());
    add("lock_shared", Kind::Read, true, dml::lock(table, true).into(), key());
    add("exists", Kind::Read, true, dml::exists(table).into(), key());
    add("count", Kind::Read, true, dml::count(table).into(), rows(table, &table.tenant));
    if has_patch(table) {
        add("update", Kind::Update, true, dml::update(table).into(), [key(), patched(table)].concat());
        if bulk::can_unnest_patches(table) {
            let parameters = many([key(), patched(table)].concat());
            add("update_many", Kind::Update, true, bulk::update_many(table), parameters);
        }
        if let Some((sql, version)) = dml::update_if_unchanged(table).zip(dml::version(table)) {
            let parameters = [key(), vec![Given::row(version)], patched(table)].concat();
            add("update_if_unchanged", Kind::Update, true, sql.into(), parameters);
        }
    }
    if table.kind != TableKind::AppendOnly {
        add("delete", Kind::Delete, true, dml::delete(table).into(), key());
        add("delete_many", Kind::Delete, true, bulk::delete_many(table), many(key()));
        if table.soft_delete.is_some() {
            add("restore", Kind::Update, false, dml::restore(table).into(), key());
            add("purge", Kind::Delete, false, dml::purge(table).into(), key());
        }
    }
    all
}

/// Every statement of a table: of the common helpers, of its keys, and of its declared queries.
#[must_use]
pub fn helpers(table: &Table) -> Vec<Helper> {
    let mut all = common(table);
    // Without a key, nothing finds one row.
    if table.primary_key.columns.is_empty() {
        all.retain(|helper| matches!(helper.kind, Kind::Insert | Kind::Load) || helper.name == "count");
    }
    by_unique_keys(table, &mut all);
    let mut listed: Vec<Vec<String>> = Vec::new();
    for key in &table.foreign_keys {
        let scoped = dml::scoped(table, &key.columns);
        if listed.contains(&scoped) {
            continue;
        }
        if let Some(list) = lists::list_by(table, &scoped) {
            listed.push(scoped);
            all.extend(of_query(table, &list.query()));
        }
    }
    all.extend(table.queries.iter().flat_map(|query| of_query(table, query)));
    all
}

fn by_unique_keys(table: &Table, all: &mut Vec<Helper>) {
    let mut once = false;
    for unique in table.uniques.iter().filter(|unique| !unique.generated) {
        let stem = unique.columns.join("_");
        let covered = unique.predicate.as_deref();
        let scoped = dml::scoped(table, &unique.columns);
        let is_there = |name: &String| table.column(name).is_some_and(|column| !column.nullable);
        let live = covered.is_none() || covered == table.live_predicate();
        let mut add = |name: String, part: Part, kind: Kind, finds: bool, sql: SqlText, parameters: Vec<Given>| {
            all.push(Helper { name, part, kind, finds, sql, parameters });
        };
        let sql = dml::find_by(table, &scoped, covered.or(table.live_predicate()));
        let finds = live && unique.columns.iter().all(is_there);
        add(format!("find_by_{stem}"), Part::Whole, Kind::Read, finds, sql.into(), rows(table, &scoped));
        if table.kind != TableKind::AppendOnly {
            let sql = dml::upsert(table, &unique.columns, covered);
            add(format!("upsert_by_{stem}"), Part::Whole, Kind::Insert, false, sql.into(), inserted(table));
            if has_arrays_of(table, &unique.columns) {
                let [update, insert] = bulk::upsert_many(table, &unique.columns, covered);
                let name = || format!("upsert_many_by_{stem}");
                add(name(), Part::First, Kind::Update, false, update, many(inserted(table)));
                add(name(), Part::After(0), Kind::Insert, false, insert, many(inserted(table)));
            }
        }
        if unique.columns.iter().any(|column| column == "idempotency_key") && !once {
            let sql = dml::insert_once(table, &unique.columns, covered);
            add("insert_once".to_owned(), Part::Whole, Kind::Insert, false, sql.into(), inserted(table));
            once = true;
        }
    }
}

/// The statements of a declared query, each with its parameters.
pub(super) fn of_query(table: &Table, query: &Query) -> Vec<Helper> {
    let resolved = Resolved::new(table, query);
    let mut compared: Vec<Given> = Vec::new();
    for parameter in super::arguments(query) {
        let Some(column) = table.column(&parameter.column) else { continue };
        let given = Given::row(column);
        compared.push(if matches!(parameter.value, Value::Any { .. }) { given.many() } else { given });
    }
    let set = if let QueryShape::Update(set) = &query.shape { set.as_slice() } else { &[] };
    let set = set.iter().filter(|set| set.value.is_none()).filter_map(|set| table.column(&set.column));
    compared.extend(set.map(|column| Given::new(Role::New(column.name.clone()), column.sql_type.base())));
    let kind = match &query.shape {
        QueryShape::Update(_) => Kind::Update,
        QueryShape::Delete => Kind::Delete,
        _ => Kind::Read,
    };
    let helper = |part: Part, sql: String, more: Vec<Given>| Helper {
        name: query.name.clone(),
        part,
        kind,
        finds: false,
        sql: sql.into(),
        parameters: [compared.clone(), more].concat(),
    };
    let limit = || vec![Given::limit()];
    match &query.shape {
        QueryShape::Page => {
            let all = pages(&resolved);
            let after = |nulls: usize| [cursor(&resolved, nulls), limit()].concat();
            let mut helpers = vec![helper(Part::First, all.first, limit())];
            let numbered = all.after.into_iter().enumerate();
            helpers.extend(numbered.map(|(nulls, sql)| helper(Part::After(nulls), sql, after(nulls))));
            let numbered = all.before.into_iter().enumerate();
            helpers.extend(numbered.map(|(nulls, sql)| helper(Part::Before(nulls), sql, after(nulls))));
            helpers
        }
        QueryShape::Update(_) | QueryShape::Delete if resolved.batches() == Some(Batches::Behind) => {
            let all = batch_pages(&resolved);
            let order = resolved.order.iter().filter_map(|ordered| table.column(&ordered.column)).map(Given::row);
            let goes_on: Vec<Given> = order.chain(limit()).collect();
            let first = helper(Part::First, all.first, limit());
            std::iter::once(first)
                .chain(all.after.into_iter().map(|sql| helper(Part::After(0), sql, goes_on.clone())))
                .collect()
        }
        QueryShape::Update(_) | QueryShape::Delete if query.batch == Some(Limit::Given) => {
            vec![helper(Part::Whole, statement(&resolved), limit())]
        }
        QueryShape::All(Limit::Given) | QueryShape::Claim(Limit::Given) => {
            vec![helper(Part::Whole, statement(&resolved), limit())]
        }
        _ => vec![helper(Part::Whole, statement(&resolved), Vec::new())],
    }
}

/// What a page's cursor gives: the order columns, less those that are NULL in its row.
fn cursor(resolved: &Resolved<'_>, nulls: usize) -> Vec<Given> {
    let mut bit = 1;
    let mut given: Vec<Given> = Vec::new();
    for ordered in resolved.order.iter().filter_map(|ordered| resolved.table.column(&ordered.column)) {
        let nullable = resolved.takes_null(&ordered.name);
        let is_null = nullable && nulls & bit != 0;
        if nullable {
            bit <<= 1;
        }
        if !is_null {
            given.push(Given::row(ordered));
        }
    }
    given
}
