//! What depends on columns that are retyped or recreated: it is dropped first and recreated afterwards, in the same transaction.

use crate::dialect::{Dialect, ONE_TARGET};
use crate::diff::Named;
use crate::place::Place;
use crate::plan::Phase;
use crate::plan::planner::{HAZARD, Planner};
use crate::schema::{Check, Column, Index, KeyColumn, KeyTarget, Schema, Table};
use crate::sql::Statement;
use crate::sql::ddl;

use super::constraints::{columns_of, is_there_for_columns};
use super::indexes::columns_of_index;
use super::substitute::{Standing, fires_on};

/// What happens to the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They get another type.
    Retyped,
    /// They are dropped and added again.
    Recreated,
    /// On the way back they are, where more depends on them.
    RecreatedBack,
}

/// Statements around a change of columns.
#[derive(Default)]
pub(super) struct Aside {
    pub(super) away: Vec<Statement>,
    pub(super) back: Vec<Statement>,
    /// What has no way back: `the partitions of orders`.
    pub(super) fixed: Vec<String>,
}

impl Aside {
    /// What depends on the columns of a type that is recreated.
    pub(super) fn of_type(schema: &Schema, columns: &[(&Table, &Column)], dialect: &Dialect) -> Self {
        Self::around(schema.tables.values(), columns, Way::Retyped, dialect)
    }

    /// What depends on one column of a table, which is `table` when columns change.
    fn of_column(schema: &Schema, table: &Table, column: &Column, way: Way, dialect: &Dialect) -> Self {
        let others = schema.tables.values().filter(|it| it.name != table.name);
        Self::around(others.chain([table]), &[(table, column)], way, dialect)
    }

    fn around<'a>(
        tables: impl Iterator<Item = &'a Table>,
        columns: &[(&'a Table, &'a Column)],
        way: Way,
        dialect: &Dialect,
    ) -> Self {
        let mut aside = Self::default();
        let is_one = |table: &str, list: &[String]| {
            columns.iter().any(|(it, column)| it.name == table && list.contains(&column.name))
        };
        let keys = tables.flat_map(|table| table.foreign_keys.iter().map(move |key| (table, key)));
        for (table, key) in keys {
            match (is_one(&table.name, &key.columns), is_one(&key.table, &key.target_columns)) {
                (false, false) => {}
                // Both sides of a key have one type, also in between.
                (true, true) if way == Way::Retyped => aside.both(
                    ddl::drop_constraint(&table.name, &key.name),
                    ddl::add_constraint(&table.name, &key.name, &ddl::foreign_key_body(key)),
                ),
                _ => aside.fixed.push(format!("the foreign key {} of {}", key.name, table.name)),
            }
        }
        for of_table in columns.chunk_by(|(one, _), (next, _)| one.name == next.name) {
            let names: Vec<&str> = of_table.iter().map(|(_, column)| column.name.as_str()).collect();
            aside.of_table(of_table[0].0, &names, way, dialect);
        }
        aside.back.reverse();
        aside
    }

    /// `back` is put together in the order in which things went: it is reversed at the end.
    fn of_table(&mut self, table: &Table, columns: &[&str], way: Way, dialect: &Dialect) {
        let name = &table.name;
        let named = |list: &[String], of: &[&str]| list.iter().any(|column| of.contains(&column.as_str()));
        let computed = if way == Way::Retyped { Standing::on(table, columns).computed } else { Vec::new() };
        let mut gone: Vec<&str> = computed.iter().map(|column| column.name.as_str()).collect();
        if way != Way::Retyped {
            gone.extend(columns);
        }
        let all: Vec<&str> = columns.iter().chain(&gone).copied().collect();
        if table.partitioning.as_ref().is_some_and(|it| it.key.iter().any(|key| named(&columns_of(key), &all))) {
            self.fixed.push(format!("the partitions of {name}"));
        }
        if named(&table.primary_key.columns, &gone) {
            self.fixed.push(format!("the primary key of {name}"));
        }
        let on = Standing::on(table, &all);
        for trigger in on.triggers.into_iter().filter(|it| fires_on(it, &all)) {
            self.both(ddl::drop_trigger(name, &trigger.name), ddl::create_trigger(name, trigger));
        }
        for policy in on.policies {
            self.both(ddl::drop_policy(name, &policy.name), ddl::create_policy(name, policy));
        }
        for exclusion in on.exclusions {
            self.constraint(name, &exclusion.name, &ddl::exclusion_body(table, exclusion));
        }
        for check in on.checks {
            self.constraint(name, &check.name, &ddl::check_body(&check.expression));
        }
        let (constraints, others): (Vec<_>, Vec<_>) =
            table.uniques.iter().partition(|unique| ddl::is_constraint(unique, dialect));
        for unique in constraints.into_iter().filter(|it| named(&it.columns, &gone)) {
            self.constraint(name, &unique.name, &ddl::unique_body(unique));
        }
        let indexes = others.into_iter().map(ddl::unique_index).chain(table.indexes.iter().cloned());
        for index in indexes.filter(|it| is_read(it, columns) || named(&columns_of_index(it), &gone)) {
            self.both(ddl::drop_index(&index.name), ddl::create_index(name, &index));
        }
        for column in computed {
            let comment = column.comment.as_deref();
            self.back.extend(comment.map(|_| ddl::comment_on_column(name, &column.name, comment)));
            let add = ddl::add_column(name, column, dialect).unwrap_or_default();
            self.both(ddl::drop_column(name, &column.name), add);
        }
    }

    fn constraint(&mut self, table: &str, name: &str, body: &str) {
        self.both(ddl::drop_constraint(table, name), ddl::add_constraint(table, name, body));
    }

    fn both(&mut self, away: Statement, back: Statement) {
        self.away.push(away);
        self.back.push(back);
    }
}

impl Planner<'_> {
    /// What goes before a column changes and comes back after it; nothing where that is refused, with `help`.
    pub(super) fn aside(
        &mut self,
        (old, new): (&Table, &Table),
        column: &Column,
        way: Way,
        phase: Phase,
        help: &str,
    ) -> Option<Aside> {
        let table = self.when_columns_change(old, new, (way, phase));
        let aside = Aside::of_column(self.old(), &table, column, way, self.dialect);
        let place = Place::column(&new.name, &column.name);
        let computed = Standing::on(old, &[&column.name]).computed;
        let changes = |it: &&&Column| new.column(&it.name).is_some_and(|now| now.generated != it.generated);
        if let Some(other) = computed.iter().find(changes) {
            let message = format!("`{}`, which is computed from it, changes as well", other.name);
            let help = format!("drop `{}` in a migration before, and add it again in one after", other.name);
            self.refuse(HAZARD, place, message, help);
            return None;
        }
        if !aside.fixed.is_empty() {
            let message = format!("{} cannot be dropped and recreated around it", aside.fixed.join(" and "));
            self.refuse(HAZARD, place, message, help.to_owned());
            return None;
        }
        if !self.dialect.transactional_ddl && !aside.away.is_empty() {
            let message = "what depends on it would be gone for a while".to_owned();
            self.refuse(HAZARD, place, message, ONE_TARGET.to_owned());
            return None;
        }
        Some(aside)
    }

    /// A table as it is when columns change: under its new name, with what this plan has renamed by then, and without the
    /// checks that it has dropped. In contract what expand builds is there as well, beside what goes after it; but what names
    /// a column that is made anew comes after that.
    fn when_columns_change(&self, old: &Table, new: &Table, (way, phase): (Way, Phase)) -> Table {
        let mut table = Table { name: new.name.clone(), ..old.clone() };
        table.checks.retain(|check| {
            new.checks.iter().any(|it| it.expression == check.expression) || is_there_for_columns(check, new)
        });
        let is_renamed = |name: &str| phase == Phase::Contract || self.gives_its_name(name);
        rename(&mut table.checks, &new.checks, is_renamed);
        rename(&mut table.indexes, &new.indexes, is_renamed);
        rename(&mut table.uniques, &new.uniques, is_renamed);
        if phase == Phase::Contract && way != Way::Recreated {
            take_the_place(&mut table.indexes, &new.indexes);
            take_the_place(&mut table.uniques, &new.uniques);
            take_the_place(&mut table.triggers, &new.triggers);
            let early = |check: &&Check| columns_of(&check.expression).iter().any(|name| old.column(name).is_none());
            table.checks.extend(new.checks.iter().filter(early).filter(|it| !old.checks.contains(it)).cloned());
        }
        table
    }
}

/// Whether an index holds an expression of the columns: the server reads it again with their new type, and finds constants of
/// the old one. Plain columns it builds again by itself.
fn is_read(index: &Index, columns: &[&str]) -> bool {
    let reads = |text: &str| columns_of(text).iter().any(|column| columns.contains(&column.as_str()));
    let expression = |key: &KeyColumn| matches!(&key.target, KeyTarget::Expression(text) if reads(text));
    index.key.iter().any(expression) || index.predicate.as_deref().is_some_and(reads)
}

/// Puts the new ones in the place of the old ones of their names.
fn take_the_place<T: Named + Clone>(list: &mut Vec<T>, new: &[T]) {
    list.retain(|it| new.iter().all(|other| other.name() != it.name()));
    list.extend(new.iter().cloned());
}

/// Gives each the name that it has in the new list, where it is the same under another one.
fn rename<T: Named + PartialEq>(list: &mut [T], new: &[T], is_renamed: impl Fn(&str) -> bool) {
    for it in list.iter_mut().filter(|it| is_renamed(it.name())) {
        let is_taken = new.iter().any(|other| other.name() == it.name());
        let same = new.iter().find(|other| !is_taken && other.under(it.name()) == *it);
        if let Some(same) = same {
            *it = it.under(same.name());
        }
    }
}
