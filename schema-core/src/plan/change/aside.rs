//! What depends on columns whose type is recreated: it is dropped first and recreated afterwards, in the same transaction.

use crate::dialect::Dialect;
use crate::plan::locks::{LockMode, Locks};
use crate::schema::{Column, ForeignKey, Generated, Index, KeyColumn, KeyTarget, Schema, Table, TriggerEvent, Unique};
use crate::sql::ddl;

use super::constraints::{columns_of, columns_of_exclusion, is_there_for_columns};
use super::indexes::columns_of_index;

/// Statements around a change of type.
#[derive(Default)]
pub(super) struct Aside {
    pub(super) away: Vec<String>,
    pub(super) back: Vec<String>,
    /// What has no way back: `the partitions of orders`.
    pub(super) fixed: Vec<String>,
    /// Further tables that are locked: those at the other side of foreign keys.
    pub(super) tables: Vec<String>,
}

impl Aside {
    /// What depends on the type of these columns of a schema.
    pub(super) fn of(schema: &Schema, columns: &[(&Table, &Column)], dialect: &Dialect) -> Self {
        Self::around(schema, columns, false, dialect)
    }

    /// What depends on a column that is dropped and added again.
    pub(super) fn of_recreated(schema: &Schema, table: &Table, column: &Column, dialect: &Dialect) -> Self {
        Self::around(schema, &[(table, column)], true, dialect)
    }

    fn around(schema: &Schema, columns: &[(&Table, &Column)], recreated: bool, dialect: &Dialect) -> Self {
        let mut aside = Self::default();
        let is_one = |table: &str, list: &[String]| {
            columns.iter().any(|(it, column)| it.name == table && list.contains(&column.name))
        };
        for table in schema.tables.values() {
            for key in &table.foreign_keys {
                if is_one(&table.name, &key.columns) || is_one(&key.table, &key.target_columns) {
                    aside.foreign_key(table, key);
                }
            }
        }
        let mut names: Vec<&str> = columns.iter().map(|(table, _)| table.name.as_str()).collect();
        names.dedup();
        for table in names.iter().filter_map(|name| schema.tables.get(*name)) {
            let own = columns.iter().filter(|(it, _)| it.name == table.name).map(|(_, column)| column.name.as_str());
            let (changed, gone) = if recreated { (Vec::new(), own.collect()) } else { (own.collect(), Vec::new()) };
            aside.of_table(table, &changed, gone, dialect);
        }
        aside.back.reverse();
        aside
    }

    /// Both sides of a key have one type, also in between.
    fn foreign_key(&mut self, table: &Table, key: &ForeignKey) {
        self.away.push(ddl::drop_constraint(&table.name, &key.name));
        self.back.push(ddl::add_constraint(&table.name, &key.name, &ddl::foreign_key_body(key)));
        self.tables.extend([table.name.clone(), key.table.clone()]);
    }

    /// The locks of the change on these tables, with those at the other side of foreign keys.
    pub(super) fn locks<'a>(&'a self, names: &[&'a str]) -> Locks {
        let others = self.tables.iter().map(String::as_str).filter(|name| !names.contains(name));
        Locks::on(LockMode::AccessExclusive, names.iter().copied().chain(others))
    }

    /// `back` is put together in the order in which things went: it is reversed at the end.
    fn of_table<'a>(&mut self, table: &'a Table, changed: &[&'a str], mut gone: Vec<&'a str>, dialect: &Dialect) {
        let name = &table.name;
        let named = |list: &[String], of: &[&str]| list.iter().any(|column| of.contains(&column.as_str()));
        let computed: Vec<&Column> = table
            .columns
            .iter()
            .filter(|it| matches!(&it.generated, Some(Generated::Stored(text)) if named(&columns_of(text), changed)))
            .collect();
        gone.extend(computed.iter().map(|column| column.name.as_str()));
        let all: Vec<&str> = changed.iter().chain(&gone).copied().collect();
        let on = |text: &str| named(&columns_of(text), &all);
        if table.partitioning.as_ref().is_some_and(|it| it.key.iter().any(|key| on(key))) {
            self.fixed.push(format!("the partitions of {name}"));
        }
        if named(&table.primary_key.columns, &gone) {
            self.fixed.push(format!("the primary key of {name}"));
        }
        for trigger in &table.triggers {
            let fires = |event: &TriggerEvent| matches!(event, TriggerEvent::Update(list) if named(list, &all));
            let asks = trigger.condition.as_deref().is_some_and(|text| all.iter().any(|column| text.contains(column)));
            if asks || trigger.events.iter().any(fires) {
                self.both(ddl::drop_trigger(name, &trigger.name), ddl::create_trigger(name, trigger));
            }
        }
        for policy in table.policies.iter().filter(|it| it.using.iter().chain(&it.with_check).any(|text| on(text))) {
            self.both(ddl::drop_policy(name, &policy.name), ddl::create_policy(name, policy));
        }
        for exclusion in table.exclusions.iter().filter(|it| named(&columns_of_exclusion(it), &all)) {
            let body = ddl::exclusion_body(exclusion);
            self.both(ddl::drop_constraint(name, &exclusion.name), ddl::add_constraint(name, &exclusion.name, &body));
        }
        for check in table.checks.iter().filter(|it| on(&it.expression)) {
            let body = ddl::check_body(&check.expression);
            self.both(ddl::drop_constraint(name, &check.name), ddl::add_constraint(name, &check.name, &body));
        }
        let (constraints, others): (Vec<_>, Vec<_>) =
            table.uniques.iter().partition(|unique| ddl::is_constraint(unique, dialect));
        for unique in constraints.into_iter().filter(|it| named(&it.columns, &gone)) {
            self.both(
                ddl::drop_constraint(name, &unique.name),
                ddl::add_constraint(name, &unique.name, &ddl::unique_body(unique)),
            );
        }
        let indexes = others.into_iter().map(ddl::unique_index).chain(table.indexes.iter().cloned());
        for index in indexes.filter(|it| is_read(it, changed) || named(&columns_of_index(it), &gone)) {
            self.both(ddl::drop_index(&index.name), ddl::create_index(name, &index));
        }
        for column in computed {
            let comment = column.comment.as_deref();
            let comment = comment.map(|_| ddl::comment_on_column(name, &column.name, comment));
            self.back.extend(comment);
            let add = ddl::add_column(name, column, dialect).unwrap_or_default();
            self.both(ddl::drop_column(name, &column.name), add);
        }
    }

    fn both(&mut self, away: String, back: String) {
        self.away.push(away);
        self.back.push(back);
    }
}

/// Whether an index holds an expression of the columns: the server reads it again with their new type, and finds constants of
/// the old one. Plain columns it builds again by itself.
fn is_read(index: &Index, columns: &[&str]) -> bool {
    let reads = |text: &str| columns_of(text).iter().any(|column| columns.contains(&column.as_str()));
    let expression = |key: &KeyColumn| matches!(&key.target, KeyTarget::Expression(text) if reads(text));
    index.key.iter().any(expression) || index.predicate.as_deref().is_some_and(reads)
}

/// A table as it is when columns change: under its new name, with what this plan has renamed by then, and without the checks
/// that it has dropped.
pub(super) fn when_columns_change(old: &Table, new: &Table) -> Table {
    let mut table = Table { name: new.name.clone(), ..old.clone() };
    table.checks.retain(|check| new.checks.contains(check) || is_there_for_columns(check, new));
    let renamed = |name: &mut String, taken: bool, same: Option<&String>| {
        if !taken && let Some(same) = same {
            name.clone_from(same);
        }
    };
    for check in &mut table.checks {
        let taken = new.checks.iter().any(|it| it.name == check.name);
        let same = new.checks.iter().find(|it| it.expression == check.expression);
        renamed(&mut check.name, taken, same.map(|it| &it.name));
    }
    for index in &mut table.indexes {
        let taken = new.indexes.iter().any(|it| it.name == index.name);
        let same = new.indexes.iter().find(|it| Index { name: index.name.clone(), ..(*it).clone() } == *index);
        renamed(&mut index.name, taken, same.map(|it| &it.name));
    }
    for unique in &mut table.uniques {
        let taken = new.uniques.iter().any(|it| it.name == unique.name);
        let same = new.uniques.iter().find(|it| Unique { name: unique.name.clone(), ..(*it).clone() } == *unique);
        renamed(&mut unique.name, taken, same.map(|it| &it.name));
    }
    table
}
