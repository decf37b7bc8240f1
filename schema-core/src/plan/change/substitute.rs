//! What depends on a column, as it would depend on another one.

use std::collections::BTreeSet;

use crate::expression::{Fragment, folded};
use crate::plan::needs::Needs;
use crate::schema::{
    Check, Column, Exclusion, ForeignKey, Index, KeyTarget, Object, Part, Policy, PrimaryKey, Table, Trigger,
    TriggerEvent, Unique,
};
use crate::sql::quote;

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
    with_columns(text, |spelled| {
        let (_, new) = names.iter().find(|(old, _)| *old == folded(spelled))?;
        // The row's name stays before it: `NEW.note`.
        let row = spelled.split_once('.').map_or(String::new(), |(row, _)| format!("{row}."));
        Some(format!("{row}{}", quote(new)))
    })
}

/// An expression with a value in the place of a column.
pub(super) fn with_value(text: &str, column: &str, value: &str) -> String {
    with_columns(text, |spelled| (folded(spelled) == column).then(|| value.to_owned()))
}

/// An expression with other SQL in the place of columns, each as it is spelled.
fn with_columns(text: &str, other: impl Fn(&str) -> Option<String>) -> String {
    let Ok(fragment) = Fragment::parse(text) else { return text.to_owned() };
    let mut result = fragment.text.clone();
    let mut places: Vec<_> = fragment.references().columns.clone();
    places.sort_by_key(|(_, range)| std::cmp::Reverse(range.start));
    for (spelled, range) in places {
        if let Some(other) = other(&spelled) {
            result.replace_range(range, &other);
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
        set_null: list(&it.set_null, names),
        ..it.clone()
    }
}

pub(super) fn key(it: &PrimaryKey, names: &Names) -> Vec<String> {
    list(&it.columns, names)
}

/// The names of what depends on columns, by kind.
#[derive(Default)]
struct Named<'n> {
    indexes: BTreeSet<&'n str>,
    columns: BTreeSet<&'n str>,
    constraints: BTreeSet<&'n str>,
    triggers: BTreeSet<&'n str>,
    policies: BTreeSet<&'n str>,
}

/// What of a table depends on any of the columns.
pub(super) struct Standing<'a> {
    pub(super) indexes: Vec<&'a Index>,
    pub(super) uniques: Vec<&'a Unique>,
    pub(super) checks: Vec<&'a Check>,
    pub(super) foreign_keys: Vec<&'a ForeignKey>,
    pub(super) primary_key: bool,
    /// Those that fire on the columns, or whose condition names them.
    pub(super) triggers: Vec<&'a Trigger>,
    pub(super) policies: Vec<&'a Policy>,
    pub(super) exclusions: Vec<&'a Exclusion>,
    /// Columns that are computed from them.
    pub(super) computed: Vec<&'a Column>,
    is_partitioned: bool,
}

impl<'a> Standing<'a> {
    pub(super) fn on(table: &'a Table, columns: &[&str]) -> Self {
        let needs = Needs::of_table(table);
        let changing: BTreeSet<Object> = columns.iter().map(|column| Object::column(&table.name, column)).collect();
        let mut names = Named::default();
        for (object, _) in needs.all().filter(|(_, needs)| !needs.is_disjoint(&changing)) {
            match object {
                Object::Index(name) => drop(names.indexes.insert(name.as_str())),
                Object::Of { part, .. } => match part {
                    Part::Column(name) => drop(names.columns.insert(name.as_str())),
                    Part::Constraint(name) => drop(names.constraints.insert(name.as_str())),
                    Part::Trigger(name) => drop(names.triggers.insert(name.as_str())),
                    Part::Policy(name) => drop(names.policies.insert(name.as_str())),
                    // They move with the column; a key is found by its constraint, and row security by its policies.
                    Part::NotNull(_) | Part::Default(_) | Part::Key(_) | Part::RowSecurity => {}
                },
                // Of the partition key `is_partitioned` speaks; a function is replaced as a whole, and the others need no column.
                Object::Table(_)
                | Object::Partition(_)
                | Object::Extension(_)
                | Object::Type(_)
                | Object::Function(_)
                | Object::Custom(_) => {}
            }
        }
        Self {
            indexes: table.indexes.iter().filter(|it| names.indexes.contains(it.name.as_str())).collect(),
            uniques: table.uniques.iter().filter(|it| names.indexes.contains(it.name.as_str())).collect(),
            checks: table.checks.iter().filter(|it| names.constraints.contains(it.name.as_str())).collect(),
            foreign_keys: table.foreign_keys.iter().filter(|it| names.constraints.contains(it.name.as_str())).collect(),
            primary_key: names.constraints.contains(table.primary_key.name.as_str()),
            triggers: table.triggers.iter().filter(|it| names.triggers.contains(it.name.as_str())).collect(),
            policies: table.policies.iter().filter(|it| names.policies.contains(it.name.as_str())).collect(),
            exclusions: table.exclusions.iter().filter(|it| names.constraints.contains(it.name.as_str())).collect(),
            computed: table.columns.iter().filter(|it| names.columns.contains(it.name.as_str())).collect(),
            is_partitioned: table.partitioning.is_some(),
        }
    }

    /// What cannot be built next to itself: `the trigger orders_audit`.
    pub(super) fn fixed(&self) -> Vec<String> {
        let triggers = self.triggers.iter().map(|it| format!("the trigger {}", it.name));
        let policies = self.policies.iter().map(|it| format!("the policy {}", it.name));
        let exclusions = self.exclusions.iter().map(|it| format!("the exclusion constraint {}", it.name));
        let computed = self.computed.iter().map(|it| format!("the generated column {}", it.name));
        let partitions = self.is_partitioned.then(|| "the partitions".to_owned());
        triggers.chain(policies).chain(exclusions).chain(computed).chain(partitions).collect()
    }
}

/// Whether a trigger names one of the columns, as what fires it or in its condition.
pub(super) fn fires_on(trigger: &Trigger, columns: &[&str]) -> bool {
    let named = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(list) if list.iter().any(|it| columns.contains(&it.as_str())));
    let asks = |text: &str| columns.iter().any(|column| text.contains(column));
    trigger.events.iter().any(named) || trigger.condition.as_deref().is_some_and(asks)
}
