//! What depends on a column, as it would depend on another one.

use crate::expression::{Fragment, folded};
use crate::schema::{Check, ForeignKey, Index, KeyTarget, PrimaryKey, Table, Unique};
use crate::sql::quote;

use super::constraints::{columns_of, columns_of_exclusion};
use super::indexes::columns_of_index;

/// Columns under other names: old name to new name.
pub(super) type Names = [(String, String)];

fn name(column: &str, names: &Names) -> String {
    names.iter().find(|(old, _)| old == column).map_or(column, |(_, new)| new).to_owned()
}

fn list(columns: &[String], names: &Names) -> Vec<String> {
    columns.iter().map(|column| name(column, names)).collect()
}

/// An expression with other columns in the place of those that it names.
pub(super) fn expression(text: &str, names: &Names) -> String {
    let Ok(fragment) = Fragment::parse(text) else { return text.to_owned() };
    let mut result = fragment.text.clone();
    let mut places: Vec<_> = fragment.references().columns.clone();
    places.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
    for (spelled, range) in places {
        if let Some((_, new)) = names.iter().find(|(old, _)| *old == folded(&spelled)) {
            result.replace_range(range, &quote(new));
        }
    }
    result
}

pub(super) fn index(it: &Index, called: &str, names: &Names) -> Index {
    let mut index = Index { name: called.to_owned(), include: list(&it.include, names), ..it.clone() };
    for key in &mut index.key {
        key.target = match &key.target {
            KeyTarget::Column(column) => KeyTarget::Column(name(column, names)),
            KeyTarget::Expression(text) => KeyTarget::Expression(expression(text, names)),
        };
    }
    index.predicate = it.predicate.as_deref().map(|text| expression(text, names).into());
    index
}

pub(super) fn unique(it: &Unique, called: &str, names: &Names) -> Unique {
    Unique {
        name: called.to_owned(),
        columns: list(&it.columns, names),
        predicate: it.predicate.as_deref().map(|text| expression(text, names).into()),
        ..it.clone()
    }
}

pub(super) fn check(it: &Check, called: &str, names: &Names) -> Check {
    Check { name: called.to_owned(), expression: expression(&it.expression, names) }
}

pub(super) fn foreign_key(it: &ForeignKey, called: &str, names: &Names, targets: &Names) -> ForeignKey {
    ForeignKey {
        name: called.to_owned(),
        columns: list(&it.columns, names),
        target_columns: list(&it.target_columns, targets),
        ..it.clone()
    }
}

pub(super) fn key(it: &PrimaryKey, names: &Names) -> Vec<String> {
    list(&it.columns, names)
}

/// What of a table depends on any of the columns.
pub(super) struct Standing<'a> {
    pub(super) indexes: Vec<&'a Index>,
    pub(super) uniques: Vec<&'a Unique>,
    pub(super) checks: Vec<&'a Check>,
    pub(super) foreign_keys: Vec<&'a ForeignKey>,
    pub(super) primary_key: bool,
    /// What cannot be built next to itself: `the trigger orders_audit`.
    pub(super) fixed: Vec<String>,
}

impl<'a> Standing<'a> {
    pub(super) fn on(table: &'a Table, columns: &[&str]) -> Self {
        let any = |list: &[String]| list.iter().any(|column| columns.contains(&column.as_str()));
        let mut fixed = Vec::new();
        for trigger in &table.triggers {
            let named = trigger
                .events
                .iter()
                .any(|event| matches!(event, crate::schema::TriggerEvent::Update(list) if any(list)));
            if named || trigger.condition.is_some() {
                fixed.push(format!("the trigger {}", trigger.name));
            }
        }
        for policy in &table.policies {
            let texts = policy.using.iter().chain(&policy.with_check);
            if texts.into_iter().any(|text| any(&columns_of(text))) {
                fixed.push(format!("the policy {}", policy.name));
            }
        }
        for exclusion in &table.exclusions {
            if any(&columns_of_exclusion(exclusion)) {
                fixed.push(format!("the exclusion constraint {}", exclusion.name));
            }
        }
        for column in &table.columns {
            if let Some(crate::schema::Generated::Stored(text)) = &column.generated
                && any(&columns_of(text))
            {
                fixed.push(format!("the generated column {}", column.name));
            }
        }
        if table.partitioning.is_some() {
            fixed.push("the partitions".to_owned());
        }
        Self {
            indexes: table.indexes.iter().filter(|it| any(&columns_of_index(it))).collect(),
            uniques: table
                .uniques
                .iter()
                .filter(|it| any(&it.columns) || it.predicate.as_deref().is_some_and(|text| any(&columns_of(text))))
                .collect(),
            checks: table.checks.iter().filter(|it| any(&columns_of(&it.expression))).collect(),
            foreign_keys: table.foreign_keys.iter().filter(|it| any(&it.columns)).collect(),
            primary_key: any(&table.primary_key.columns),
            fixed,
        }
    }
}
