//! Columns whose rows must be given a value: by a trigger while the old release runs, and in batches.

use super::columns::comment;
use crate::plan::backfill::Backfill;
use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{Planner, Rank, exclusive, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Table, Trigger, TriggerEvent, TriggerTiming, derived_name};
use crate::sql::template::{Fill as _, Name, Sql, template};
use crate::sql::{ddl, quote};

template!(FillNewRows<'a> from "../templates/fill_new_rows.sql" { given: Sql<'a>, column: Name<'a>, value: Sql<'a> });

impl Planner<'_> {
    /// Adds a column whose value each row must be given.
    pub(super) fn add_filled(&mut self, table: &Table, column: &Column, value: &str, stated: bool) {
        let name = path(table, &column.name);
        let bare = Column { nullable: true, default: None, ..column.clone() };
        let Some(statement) = ddl::add_column(&table.name, &bare, self.dialect) else { return };
        let mut up = vec![statement];
        up.extend(comment(table, column));
        let lock = exclusive(&table.name);
        let down = super::columns::drop_new(table, column);
        self.step(
            (Phase::Expand, Rank::Columns),
            &format!("add_{}_{}", table.name, column.name),
            "it takes NULL until its rows are filled; a value for each row at once would rewrite the table",
            Script::quick(format!("adds the column {name}, empty"), &lock, up),
            down,
        );
        if let Some(default) = &column.default {
            self.step(
                (Phase::Expand, Rank::Columns),
                &format!("default_{}_{}", table.name, column.name),
                "new rows get it from now on, also those of the old release",
                Script::quick(
                    format!("gives {name} its default"),
                    &lock,
                    vec![ddl::set_default(&table.name, &column.name, default)],
                ),
                Script::quick(
                    format!("takes the default of {name} away"),
                    lock,
                    vec![ddl::drop_default(&table.name, &column.name)],
                ),
            );
        } else if stated && !column.nullable {
            self.fill_while_the_old_release_runs(table, column, value);
        }
        self.fill(table, &column.name, value, &format!("{} IS NULL", quote(&column.name)));
        if !column.nullable {
            self.not_null(table, column, Phase::Backfill, &[]);
        }
    }

    /// The old release does not know the column, so its rows get their value from a trigger until it is gone.
    pub(super) fn fill_while_the_old_release_runs(&mut self, table: &Table, column: &Column, value: &str) {
        let name = derived_name(&[&table.name, &column.name, "fill"]);
        let (given, value) = (self.new_field(&column.name), self.over_new(value, &table.name));
        let body = FillNewRows { given: Sql(&given), column: Name(&column.name), value: Sql(&value) }.sql();
        self.temporary_trigger(table, &name, &body, "the rows that the old release writes may have no value there");
    }

    /// A trigger that exists from the first phase to the last.
    pub(super) fn temporary_trigger(&mut self, table: &Table, name: &str, body: &str, why: &str) {
        let (create, drop) = trigger_scripts(table, name, body);
        self.step((Phase::Expand, Rank::Triggers), &format!("create_{name}"), why, create.clone(), drop.clone());
        self.step((Phase::Contract, Rank::Switch), &format!("drop_{name}"), "the old release is gone", drop, create);
    }

    /// A field of the row that a trigger is given.
    pub(super) fn new_field(&self, column: &str) -> String {
        format!("{}.{}", self.dialect.new_row, quote(column))
    }

    /// An expression over the row that a trigger is given.
    pub(super) fn over_new(&self, expression: &str, table: &str) -> String {
        let columns = super::constraints::columns_of(expression);
        if columns.is_empty() {
            return expression.to_owned();
        }
        let fields: Vec<String> =
            columns.iter().map(|column| format!("{} AS {}", self.new_field(column), quote(column))).collect();
        format!("(SELECT {expression} FROM (SELECT {}) AS {})", fields.join(", "), quote(table))
    }

    /// A table while its rows are filled: with the columns of both sides, and the key of the old one. A column of the new key may
    /// be what is filled, and then no range of it holds a row.
    fn in_between(&self, table: &Table) -> Table {
        let old = self.old_table_of(table);
        let added = table.columns.iter().filter(|column| old.column(&column.name).is_none()).cloned();
        Table {
            columns: old.columns.iter().cloned().chain(added).collect(),
            primary_key: old.primary_key.clone(),
            ..table.clone()
        }
    }

    /// Fills a column in batches.
    pub(super) fn fill(&mut self, table: &Table, column: &str, value: &str, missing: &str) {
        let guard = self.sees_rows(&table.name);
        let table = &self.in_between(table);
        let scripts = Backfill { table, column, value, missing, refuses: None, guard }.scripts(self.dialect);
        let several = scripts.len() > 1;
        for (index, (up, down)) in scripts.into_iter().enumerate() {
            let part = if several { format!("_{}", index + 1) } else { String::new() };
            self.step(
                (Phase::Backfill, Rank::Fill),
                &format!("fill_{}_{column}{part}", table.name),
                "one UPDATE over the table would lock every row until it ends",
                up,
                down,
            );
        }
    }
}

/// The statements that create a trigger and its function, and those that drop them.
pub(super) fn trigger_statements(table: &str, name: &str, body: &str) -> (Vec<String>, Vec<String>) {
    let trigger = Trigger {
        name: name.to_owned(),
        timing: TriggerTiming::Before,
        events: vec![TriggerEvent::Insert, TriggerEvent::Update(Vec::new())],
        for_each_row: true,
        condition: None,
        function: name.to_owned(),
        body: Some(body.to_owned()),
    };
    (
        vec![ddl::create_function(name, body), ddl::create_trigger(table, &trigger)],
        vec![ddl::drop_trigger(table, name), ddl::drop_function(name)],
    )
}

/// The scripts that create a trigger for each inserted or updated row, and that drop it.
pub(super) fn trigger_scripts(table: &Table, name: &str, body: &str) -> (Script, Script) {
    let (up, down) = trigger_statements(&table.name, name, body);
    (
        Script::quick(
            format!("creates the trigger {name} of {}", table.name),
            Locks::on(LockMode::ShareRowExclusive, [&table.name]),
            up,
        ),
        Script::quick(format!("drops the trigger {name} of {}", table.name), exclusive(&table.name), down),
    )
}
