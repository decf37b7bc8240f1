//! The index that would serve a query, as the attribute that declares it.

use super::coverage::serves;
use super::{Resolved, equals};
use crate::attribute;
use crate::expression::{Fragment, operand_of_and};
use crate::schema::{Index, KeyColumn, OrderColumn, Predicate, SqlType, Table, Value, derived_name};

/// The key columns that sort as the order does.
pub(super) fn of_order(order: &[OrderColumn]) -> Vec<KeyColumn> {
    order
        .iter()
        .map(|column| KeyColumn {
            direction: column.direction,
            nulls: column.nulls.filter(|nulls| *nulls != column.direction.nulls()),
            ..KeyColumn::column(&column.column)
        })
        .collect()
}

/// The attribute, and the number of the declared index that it makes superfluous; `None` where no index serves it.
pub(super) fn line(resolved: &Resolved<'_>) -> Option<(String, Option<usize>)> {
    let Resolved { table, query, .. } = resolved;
    let few = |column: &&str| {
        table.column(column).is_some_and(|column| {
            column.enumeration.is_some() || matches!(column.sql_type, SqlType::Boolean | SqlType::Rust(_))
        })
    };
    let (late, early): (Vec<&str>, Vec<&str>) = resolved.equal().into_iter().chain(resolved.any()).partition(few);
    // A column of few values comes after one of many: what it distinguishes, the other has distinguished already.
    let tenant = table.tenant.as_deref();
    let mut names: Vec<&str> = early;
    names.extend(late);
    if let Some(position) = names.iter().position(|name| Some(*name) == tenant) {
        let name = names.remove(position);
        names.insert(0, name);
    }
    let mut key: Vec<KeyColumn> = Vec::new();
    let order = of_order(&resolved.order);
    for column in names.into_iter().map(KeyColumn::column) {
        if !order.iter().any(|ordered| ordered.target == column.target) {
            key.push(column);
        }
    }
    key.extend(order);
    for range in resolved.ranges() {
        if !key.iter().any(|key| key.name() == Some(range)) {
            key.push(KeyColumn::column(range));
        }
    }
    let mut predicate: Vec<String> = query
        .parameters
        .iter()
        .filter_map(|parameter| match &parameter.value {
            Value::Constant(constant) => Some(equals(table, &parameter.column, constant)),
            _ => None,
        })
        .collect();
    let own = query
        .predicate
        .as_deref()
        .filter(|predicate| Fragment::parse(predicate).is_ok_and(|fragment| fragment.is_immutable(table)));
    predicate.extend(own.map(operand_of_and));
    if key.is_empty() && !predicate.is_empty() {
        key.extend(table.primary_key.columns.iter().map(|column| KeyColumn::column(column)));
    }
    if key.is_empty() {
        return None;
    }
    let narrow: Vec<String> = if query.columns.is_empty() {
        Vec::new()
    } else {
        let held = |name: &String| key.iter().any(|key| key.name() == Some(name.as_str()));
        super::selected(resolved).into_iter().filter(|name| !held(name)).collect()
    };
    let index = index(resolved, key, &predicate);
    if !serves(resolved, &index) {
        return None;
    }
    let replaced = table.indexes.iter().position(|other| {
        !other.generated
            && !other.unique
            && other.method == index.method
            && other.predicate == index.predicate
            && other.key.len() <= index.key.len()
            && other.key[..] == index.key[..other.key.len()]
    });
    let mut include = narrow;
    if let Some(replaced) = replaced {
        // What the dropped index carried is kept.
        for column in &table.indexes[replaced].include {
            if !include.contains(column) && !index.key.iter().any(|key| key.name() == Some(column)) {
                include.push(column.clone());
            }
        }
    }
    Some((print(resolved, &index, &predicate, &include, replaced), replaced))
}

fn index(resolved: &Resolved<'_>, key: Vec<KeyColumn>, predicate: &[String]) -> Index {
    let live = resolved.table.soft_delete.filter(|_| !resolved.query.include_deleted);
    let own = (!predicate.is_empty()).then(|| predicate.join(" AND "));
    Index { key, predicate: Predicate::new(own, live), ..Index::default() }
}

fn print(
    resolved: &Resolved<'_>,
    index: &Index,
    predicate: &[String],
    include: &[String],
    replaced: Option<usize>,
) -> String {
    let Resolved { table, query, .. } = resolved;
    let predicate = (!predicate.is_empty()).then(|| predicate.join(" AND "));
    let name = is_taken(table, index, replaced).then(|| derived_name(&["idx", &table.name, &query.name]));
    attribute::index::of_key(&attribute::index::key_line(&index.key))
        .text("where", predicate.as_deref())
        .list("include", include)
        .flag("include_deleted", query.include_deleted && table.soft_delete.is_some())
        .text("name", name.as_deref())
        .to_string()
}

/// Whether another index bears the name that this one would derive from its columns.
fn is_taken(table: &Table, index: &Index, replaced: Option<usize>) -> bool {
    let mut parts = vec!["idx", table.name.as_str()];
    parts.extend(index.key.iter().filter_map(KeyColumn::name));
    let name = derived_name(&parts);
    table
        .indexes
        .iter()
        .enumerate()
        .any(|(number, other)| other.name == name && !other.generated && Some(number) != replaced)
}
