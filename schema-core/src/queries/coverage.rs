//! Which index serves a query: its rows are found by the index's leading columns, and come out of it in order.

use super::suggestion;
use super::{Resolved, conjuncts};
use crate::attribute::index::key_line;
use crate::expression::{Conjunct, Fact, Fragment};
use crate::schema::{Index, KeyColumn, KeyTarget, Method, Predicate, Query, QueryShape, SqlType, Table};

/// What the indexes of a table are to a query.
#[derive(Clone, Debug, PartialEq)]
pub enum Coverage {
    /// These serve it, the best first.
    Served(Vec<Serving>),
    /// None does.
    Missing(Missing),
}

/// An index that serves a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Serving {
    /// The index, or the one behind a key.
    pub index: Index,
    /// Whether the index alone answers, without the rows.
    pub index_only: bool,
    /// How many conditions its predicate takes over.
    taken: usize,
}

/// Why no index serves a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Missing {
    /// The index that comes closest, and what it lacks.
    pub closest: Option<(String, String)>,
    /// Why no index ever can, where that is so.
    pub never: Option<String>,
    /// The attribute that declares the index which would serve it, and the number of the declared index that it
    /// replaces.
    pub line: Option<(String, Option<usize>)>,
}

/// The indexes of a table as the planner sees them: those of its keys too.
#[must_use]
pub fn candidates(table: &Table) -> Vec<Index> {
    let of_key = |name: &str, columns: &[String], predicate: Option<Predicate>| Index {
        name: name.to_owned(),
        key: columns.iter().map(|column| KeyColumn::column(column)).collect(),
        predicate,
        unique: true,
        ..Index::default()
    };
    let key = &table.primary_key;
    let primary = (!key.columns.is_empty()).then(|| of_key(&key.name, &key.columns, None));
    let declared = table.uniques.iter().filter(|unique| !unique.generated);
    let uniques = declared.map(|unique| of_key(&unique.name, &unique.columns, unique.predicate.clone()));
    primary.into_iter().chain(uniques).chain(table.indexes.iter().cloned()).collect()
}

/// Whether an index serves a query, and if none does, which would.
#[must_use]
pub fn coverage(table: &Table, query: &Query) -> Coverage {
    let resolved = Resolved::new(table, query);
    let never = never(&resolved);
    let mut serving = Vec::new();
    let mut closest: Option<Miss> = None;
    for index in candidates(table) {
        match fit(&resolved, &index) {
            Ok(fit) if never.is_none() => serving.push(fit),
            Ok(_) => {}
            Err(miss) => {
                if closest.as_ref().is_none_or(|closest| miss.score > closest.score) {
                    closest = Some(miss);
                }
            }
        }
    }
    if serving.is_empty() {
        let closest = closest.filter(|miss| miss.score > 0).map(|miss| (miss.index, miss.why));
        let line = if never.is_none() { suggestion::line(&resolved) } else { None };
        return Coverage::Missing(Missing { closest, never, line });
    }
    serving.sort_by_key(|serving| {
        (std::cmp::Reverse(serving.taken), std::cmp::Reverse(serving.index_only), serving.index.key.len())
    });
    Coverage::Served(serving)
}

/// The names of the declared indexes that the table's queries are served by: of each query the best.
#[must_use]
pub fn users(table: &Table) -> Vec<String> {
    let mut names = Vec::new();
    for query in &table.queries {
        if let Coverage::Served(serving) = coverage(table, query) {
            names.extend(serving.into_iter().next().map(|serving| serving.index.name));
        }
    }
    names
}

/// Whether one index, which the table need not have, would serve the query.
pub(super) fn serves(resolved: &Resolved<'_>, index: &Index) -> bool {
    never(resolved).is_none() && fit(resolved, index).is_ok()
}

/// Why no index can serve a query, whatever its columns.
fn never(resolved: &Resolved<'_>) -> Option<String> {
    let (any, ranges, order) = (resolved.any(), resolved.ranges(), &resolved.order);
    if let Some(column) = any.iter().chain(&ranges).find(|column| !is_ordered(resolved.table, column)) {
        return Some(format!("`{column}` has a type that a B-tree does not hold"));
    }
    if resolved.is_unique && order.is_empty() {
        return None;
    }
    if let [first, second, ..] = ranges.as_slice() {
        return Some(format!(
            "an index finds one range, and this asks for those of `{first}` and `{second}`: bound one of them, or say \
             `unindexed(reason = \"…\")`"
        ));
    }
    let (Some(first), leading) = (order.first(), any.len()) else { return None };
    // What is in a list comes out of the index in the list's order, which is the column's: only that may be asked for.
    if leading > 1 || (leading == 1 && (first.column != any[0] || !resolved.equal().is_empty())) {
        return Some(format!(
            "rows of several `{}` come out of no index in this order: leave the order out, or begin it with `{}`{}",
            any[0],
            any[0],
            if resolved.equal().is_empty() { "" } else { " and name no other column" }
        ));
    }
    if let Some(range) = ranges.first()
        && order.get(leading).is_none_or(|column| column.column != *range)
    {
        return Some(format!(
            "an index finds the range of `{range}` or sorts by `{}`, not both: begin the order with `{range}`",
            order.get(leading).map_or("", |column| column.column.as_str())
        ));
    }
    None
}

/// Whether values of the column's type have an order, as far as it is known.
fn is_ordered(table: &Table, column: &str) -> bool {
    table.column(column).is_none_or(|column| !matches!(column.sql_type, SqlType::Json))
}

struct Miss {
    index: String,
    score: usize,
    why: String,
}

fn fit(resolved: &Resolved<'_>, index: &Index) -> Result<Serving, Miss> {
    let miss = |score: usize, why: String| Err(Miss { index: index.name.clone(), score, why });
    let (equal, any, constant, ranges) = (resolved.equal(), resolved.any(), resolved.constant(), resolved.ranges());
    let order = resolved.order.as_slice();
    let wanted = index.predicate.as_deref().map(conjuncts).unwrap_or_default();
    if index.method == Method::Hash {
        return hash(resolved, index);
    }
    if index.method != Method::Btree {
        return miss(0, format!("is a {} index: it finds no equal values and sorts nothing", index.method.word()));
    }
    // What the predicate says of every row of the index need not be looked for in its key.
    let taken = |column: &str| wanted.iter().any(|said| said.fact.pins() == Some(column)) && resolved.is_pinned(column);
    let names: Vec<Option<&str>> = index.key.iter().map(plain).collect();
    let is_bound = |column: &str| any.contains(&column) || resolved.is_pinned(column);
    let leading = names.iter().take_while(|name| name.is_some_and(is_bound)).count();
    let found = |column: &str| taken(column) || names[..leading].contains(&Some(column));
    let missing: Vec<&str> = equal.iter().chain(&any).copied().filter(|column| !found(column)).collect();
    let score = 4 * leading;

    if let Some(lacking) = wanted.iter().find(|wanted| !resolved.says(wanted)) {
        let leads = score + usize::from(missing.is_empty());
        return miss(leads, format!("covers only the rows where {}, which the query does not ask for", lacking.text));
    }
    let whole_key = index.unique
        && order.is_empty()
        && !index.key.is_empty()
        && names.iter().all(|name| name.is_some_and(|name| resolved.is_pinned(name)));
    if !whole_key {
        if !missing.is_empty() {
            return miss(score, format!("does not begin with {}", all(&missing)));
        }
        if let Some(range) = ranges.first()
            && names.get(leading) != Some(&Some(*range))
        {
            return miss(score + 1, format!("continues with {}, not with `{range}`", told(index.key.get(leading))));
        }
        if !in_order(resolved, index, &any) {
            let asked = key_line(&suggestion::of_order(order));
            let sorts = match index.key.get(leading..) {
                None | Some([]) => "nothing".to_owned(),
                Some(rest) => format!("`{}`", key_line(rest)),
            };
            let behind = match &index.key[..leading] {
                [] => String::new(),
                bound => format!(" after `{}`", key_line(bound)),
            };
            return miss(score + 2, format!("sorts by {sorts}{behind}; the order is `{asked}`"));
        }
        if let Some(why) = reads_all(resolved, &wanted, &constant, leading, &ranges) {
            return miss(score + usize::from(!order.is_empty()), why);
        }
    }
    let own = wanted.iter().filter(|wanted| !resolved.is_live(wanted));
    Ok(Serving { index_only: index_only(resolved, index, &wanted), taken: own.count(), index: index.clone() })
}

/// The column of a key that compares and sorts as the server does unasked.
fn plain(key: &KeyColumn) -> Option<&str> {
    match &key.target {
        KeyTarget::Column(name) if key.operator_class.is_none() && key.collation.is_none() => Some(name),
        _ => None,
    }
}

fn hash(resolved: &Resolved<'_>, index: &Index) -> Result<Serving, Miss> {
    let [key] = index.key.as_slice() else {
        return Err(Miss { index: index.name.clone(), score: 0, why: "is a hash index of several columns".to_owned() });
    };
    let asked = [resolved.equal(), resolved.any(), resolved.ranges()].concat();
    let covers = resolved.covers(index.predicate.as_deref());
    if plain(key).is_some_and(|name| asked == [name] && resolved.equal() == [name])
        && resolved.order.is_empty()
        && covers
    {
        return Ok(Serving { index: index.clone(), index_only: false, taken: 0 });
    }
    let why = "is a hash index: it finds one equal value, no range and no order".to_owned();
    Err(Miss { index: index.name.clone(), score: 0, why })
}

/// Whether the rows come out of the index in the query's order, forwards or backwards.
fn in_order(resolved: &Resolved<'_>, index: &Index, any: &[&str]) -> bool {
    let order = resolved.order.as_slice();
    // A list that does not lead the key breaks the order of the rest.
    if !order.is_empty() && !any.is_empty() && index.key.first().and_then(plain) != any.first().copied() {
        return false;
    }
    let mut keys = index.key.iter().filter(|key| plain(key).is_none_or(|name| !resolved.is_pinned(name)));
    let mut backwards = None;
    order.iter().all(|wanted| {
        let Some(key) = keys.next() else { return false };
        let nulls = key.nulls.unwrap_or(key.direction.nulls());
        let reversed = key.direction != wanted.direction;
        plain(key) == Some(wanted.column.as_str())
            && (nulls != wanted.nulls()) == reversed
            && *backwards.get_or_insert(reversed) == reversed
    })
}

/// Why the index would be read from end to end, where nothing bounds it.
fn reads_all(
    resolved: &Resolved<'_>,
    wanted: &[Conjunct],
    constant: &[&str],
    leading: usize,
    ranges: &[&str],
) -> Option<String> {
    if leading > 0 || !ranges.is_empty() {
        return None;
    }
    let narrows = wanted.iter().any(|wanted| !resolved.is_live(wanted));
    if resolved.order.is_empty() && !narrows {
        return Some("leads with none of its columns".to_owned());
    }
    let immutable =
        |said: &Conjunct| Fragment::parse(&said.text).is_ok_and(|fragment| fragment.is_immutable(resolved.table));
    let left_out =
        |said: &&Conjunct| immutable(said) && !wanted.iter().any(|wanted| said.implies(wanted, resolved.table));
    if let Some(filter) = resolved.own.iter().find(left_out) {
        return Some(format!("is read from end to end for the rows where {}", filter.text));
    }
    let pinned = |column: &&&str| !wanted.iter().any(|wanted| wanted.fact.pins() == Some(column));
    constant.iter().find(pinned).map(|column| format!("is read from end to end for the rows of one `{column}`"))
}

/// Whether everything that the query reads is in the index.
fn index_only(resolved: &Resolved<'_>, index: &Index, wanted: &[Conjunct]) -> bool {
    let query = resolved.query;
    let held = |column: &str| {
        index.key.iter().any(|key| key.name() == Some(column)) || index.include.iter().any(|name| name == column)
    };
    let reads: Vec<String> = match query.shape {
        QueryShape::Update(_) | QueryShape::Delete | QueryShape::Claim(_) => return false,
        QueryShape::Count | QueryShape::Exists => Vec::new(),
        _ => super::selected(resolved),
    };
    let parameters = super::arguments(query).map(|parameter| parameter.column.as_str());
    let implied = |said: &&Conjunct| wanted.iter().any(|wanted| wanted == *said);
    // That a compared column has a value is known, not asked for.
    let filters = resolved
        .facts
        .iter()
        .filter(|said| !implied(said))
        .filter(|said| !matches!(said.fact, Fact::NotNull(_)) || resolved.own.contains(said));
    reads.iter().map(String::as_str).chain(parameters).all(held)
        && filters.flat_map(|said| &said.columns).all(|column| held(column))
}

fn all(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
}

fn told(key: Option<&KeyColumn>) -> String {
    match key.map(plain) {
        Some(Some(name)) => format!("`{name}`"),
        Some(None) => "an expression".to_owned(),
        None => "nothing".to_owned(),
    }
}
