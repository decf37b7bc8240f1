//! All attributes of a model: which of them are on the struct, and which on a field.

use std::collections::BTreeSet;

use super::column::Beside;
use super::{Printed, check, column, exclude, index, partition, policy, query, references, table, trigger, unique};
use crate::config::{Profile, UpdatedAt};
use crate::schema::{Column, ForeignKey, Predicate, Table, Trigger, TriggerEvent, TriggerTiming};
use crate::sql::ddl;

/// The function of the trigger that keeps `updated_at` true.
const SET_UPDATED_AT: &str = "set_updated_at";

/// The Rust names of what a table names.
pub trait Names {
    /// The struct of a table, where nothing else names it.
    fn model(&self, table: &str) -> String;
    /// The field of a column.
    fn field(&self, column: &Column) -> String;
    /// The SQL type that the field's Rust type does not determine.
    fn declared(&self, column: &Column) -> Option<String>;
    /// Whether the attribute names the referenced column although it is `id`.
    fn names_target(&self, column: &Column, foreign_key: &ForeignKey) -> bool {
        let _ = (column, foreign_key);
        false
    }
}

/// The attributes of a model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Those of the struct.
    pub on_struct: Vec<Printed>,
    /// Those of its fields, in the order of the columns.
    pub on_fields: Vec<Vec<Printed>>,
}

/// Prints the attributes of a model. What no attribute can say is left out.
#[must_use]
pub fn print(table: &Table, names: &impl Names, profile: &Profile) -> Attributes {
    let model = names.model(&table.name);
    let mut on_struct = vec![table::print(table, &model)];
    on_struct.retain(|printed| !printed.is_empty());
    let mut checks: Vec<Option<&str>> = vec![None; table.columns.len()];
    let mut on_fields: Vec<Vec<Printed>> = vec![Vec::new(); table.columns.len()];
    let position = |name: &str| table.columns.iter().position(|column| column.name == name);
    let partitions = table.partitioning.iter().flat_map(|partitioning| &partitioning.partitions);
    on_struct.extend(partitions.filter_map(partition::print));
    let mut uniques: BTreeSet<&str> = BTreeSet::new();
    for unique in table.uniques.iter().filter(|unique| !unique.generated) {
        if unique::is_of_column(unique, table) {
            uniques.insert(&unique.columns[0]);
        } else {
            on_struct.extend(unique::print(unique, table));
        }
    }
    let declared = table.indexes.iter().filter(|index| !index.generated);
    on_struct.extend(declared.filter_map(|index| index::print(index, table)));
    for check in &table.checks {
        let column = check::of_column(check, table).and_then(|name| position(&name));
        match column {
            Some(column) if checks[column].is_none() => checks[column] = Some(&check.expression),
            _ => on_struct.push(check::print(check, table)),
        }
    }
    on_struct.extend(table.exclusions.iter().filter_map(|exclusion| exclude::print(exclusion, table)));
    for foreign_key in &table.foreign_keys {
        let model = foreign_key.model.clone().unwrap_or_else(|| names.model(&foreign_key.table));
        let column = position(&foreign_key.columns[0]).filter(|_| references::is_of_column(foreign_key));
        match column {
            Some(column) if on_fields[column].is_empty() => {
                let always = names.names_target(&table.columns[column], foreign_key);
                on_fields[column].push(references::print_of_column(foreign_key, &table.name, &model, always));
            }
            _ => on_struct.extend(references::print_columns(foreign_key, &table.name, &model)),
        }
    }
    let own = (profile.updated_at == UpdatedAt::Trigger).then(|| updated_at(&table.name));
    let triggers = table.triggers.iter().filter(|trigger| own.as_ref() != Some(trigger));
    on_struct.extend(triggers.filter_map(|trigger| trigger::print(trigger, table)));
    on_struct.extend(table.policies.iter().filter_map(policy::print));
    on_struct.extend(table.queries.iter().filter_map(query::print));
    for (number, column) in table.columns.iter().enumerate() {
        let (field, declared) = (names.field(column), names.declared(column));
        let beside = Beside {
            field: &field,
            declared: declared.as_deref(),
            unique: uniques.contains(column.name.as_str()),
            check: checks[number],
        };
        let printed = column::print(column, table, beside);
        if !printed.is_empty() {
            on_fields[number].insert(0, printed);
        }
    }
    Attributes { on_struct, on_fields }
}

/// The trigger that keeps `updated_at` true. All tables share its function.
#[must_use]
pub fn updated_at(table: &str) -> Trigger {
    let trigger = Trigger {
        name: String::new(),
        timing: TriggerTiming::Before,
        events: vec![TriggerEvent::Update(Vec::new())],
        for_each_row: true,
        condition: None,
        function: SET_UPDATED_AT.to_owned(),
        body: Some(ddl::SET_UPDATED_AT.trim_end().to_owned()),
    };
    Trigger { name: trigger::derived_name(table, &trigger), ..trigger }
}

/// `where` and `include_deleted`, as the table asks for them.
pub(super) fn predicate(printed: Printed, predicate: Option<&Predicate>, table: &Table) -> Printed {
    let own = predicate.and_then(|it| it.beside(table.soft_delete));
    let all = table.soft_delete.is_some() && !is_live(predicate, table);
    printed.text("where", own).flag("include_deleted", all)
}

/// Whether it leaves deleted rows out where the table has them.
pub(super) fn is_live(predicate: Option<&Predicate>, table: &Table) -> bool {
    predicate.and_then(Predicate::live) == table.soft_delete || table.soft_delete.is_none()
}
