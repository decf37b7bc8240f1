//! Columns whose rows must be given a value: by a trigger while the old release runs, and in batches.

use std::collections::{BTreeMap, BTreeSet};

use super::alike::differs;
use super::columns::comment;
use crate::diff::{Change, Clause, Item, TableChange};
use crate::plan::backfill::Backfill;
use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{Planner, Rank, exclusive, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Table, Trigger, TriggerEvent, TriggerTiming};
use crate::sql::ddl::{self, Setting};
use crate::sql::template::{Fill as _, Name, Sql, template};
use crate::sql::{Statement, quote};

template!(FillNewRows<'a> from "../templates/fill_new_rows.sql" { wants: Sql<'a>, column: Name<'a>, value: Sql<'a> });

/// The statements that make triggers with their functions, and those that drop them.
pub(super) struct TriggerStatements {
    pub(super) create: Vec<Statement>,
    pub(super) drop: Vec<Statement>,
}

/// The filled columns of each table, each after those whose values it is computed from; nothing of a table where none is
/// computed from another.
pub(super) fn chains(changes: &[Change<'_>], filled: &BTreeSet<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut open: BTreeMap<&str, Vec<(&str, Vec<String>)>> = BTreeMap::new();
    for change in changes {
        let Change::Table { new, change, .. } = *change else { continue };
        let (column, value) = match change {
            TableChange::Column(Item::Add(column)) => (column, column.backfill.as_deref()),
            TableChange::Column(Item::Rename { new: column, .. })
            | TableChange::ColumnClause { new: column, clause: Clause::Type, .. } => (column, None),
            TableChange::ColumnClause { new: column, clause: Clause::Nullable, .. } => {
                (column, column.backfill.as_deref())
            }
            _ => continue,
        };
        let is_filled = |name: &String| filled.contains(&(new.name.clone(), name.clone()));
        if value.is_some() || is_filled(&column.name) {
            let read = value.map(super::constraints::columns_of).unwrap_or_default();
            let read = read.into_iter().filter(|it| is_filled(it) && *it != column.name).collect();
            open.entry(&new.name).or_default().push((&column.name, read));
        }
    }
    open.retain(|_, columns| columns.iter().any(|(_, read)| !read.is_empty()));
    let ordered = |mut left: Vec<(&str, Vec<String>)>| {
        let mut done: Vec<String> = Vec::new();
        while !left.is_empty() {
            // Two that are computed from each other have no order: then the first one comes first.
            let next = left.iter().position(|(_, read)| read.iter().all(|it| done.contains(it))).unwrap_or_default();
            done.push(left.remove(next).0.to_owned());
        }
        done
    };
    open.into_iter().map(|(table, columns)| (table.to_owned(), ordered(columns))).collect()
}

impl Planner<'_> {
    /// Where a change is among those of a chain: the others come first.
    pub(super) fn link(&self, change: &Change<'_>) -> usize {
        let Change::Table { new, change, .. } = change else { return 0 };
        let column = match change {
            TableChange::Column(item) => item.now(),
            TableChange::ColumnClause { new: column, .. } => Some(*column),
            _ => None,
        };
        column.and_then(|column| self.place_in_chain(&new.name, &column.name)).map_or(0, |place| place + 1)
    }

    pub(super) fn place_in_chain(&self, table: &str, column: &str) -> Option<usize> {
        self.chains.get(table)?.iter().position(|name| name == column)
    }

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
        } else if stated {
            self.fill_while_the_old_release_runs(table, column, value, true);
        }
        self.fill(table, &column.name, value, &format!("{} IS NULL", quote(&column.name)));
        if !column.nullable {
            self.not_null(table, column, Phase::Backfill, &[]);
        }
    }

    /// The old release does not give the column its values, so its rows get them from a trigger until it is gone. Where the column
    /// is new, so does a row whose value is computed from something else by then.
    pub(super) fn fill_while_the_old_release_runs(
        &mut self,
        table: &Table,
        column: &Column,
        value: &str,
        is_new: bool,
    ) {
        let name = self.trigger_name(&table.name, &column.name, &column.name, "fill");
        let wants = self.wants_value(table, column, value, is_new);
        let value = self.over_new(value, &table.name);
        let body = FillNewRows { wants: Sql(&wants), column: Name(&column.name), value: Sql(&value) }.sql();
        let why = if !is_new {
            "the rows that the old release writes may have no value there"
        } else if column.nullable {
            "the rows that the old release writes have no value there; until it is gone, a new row that is given NULL has one too"
        } else {
            "the rows that the old release writes have no value there, or one that its columns had before"
        };
        self.temporary_trigger(table, &name, &body, why);
    }

    /// The rows that the trigger gives a value, as a condition of its function.
    fn wants_value(&self, table: &Table, column: &Column, value: &str, is_new: bool) -> String {
        let given = self.new_field(&column.name);
        if !is_new {
            return format!("{given} IS NULL");
        }
        let between = self.in_between(table);
        let changed = |name: &String| {
            Some(differs(&self.new_field(name), &self.old_field(name), between.column(name)?, self.dialect))
        };
        let read = super::constraints::columns_of(value).into_iter().filter(|name| *name != column.name);
        let mut changes: Vec<String> = read.filter_map(|name| changed(&name)).collect();
        let mut wants = format!("{given} IS NULL");
        if column.nullable {
            wants = format!("TG_OP = 'INSERT' AND {wants}");
            // Behind the place that a fill has reached, a row that had none is not found again.
            let moved: Vec<String> = between.primary_key.columns.iter().filter_map(changed).collect();
            changes.extend((!moved.is_empty()).then(|| format!("{given} IS NULL AND ({})", moved.join(" OR "))));
        }
        if !changes.is_empty() {
            let same = differs(&given, &self.old_field(&column.name), column, self.dialect);
            wants.push_str(&format!("\n        OR TG_OP = 'UPDATE' AND NOT ({same}) AND ({})", changes.join(" OR ")));
        }
        wants
    }

    /// A trigger that exists from the first phase to the last.
    pub(super) fn temporary_trigger(&mut self, table: &Table, name: &str, body: &str, why: &str) {
        let statements = self.trigger_statements(&table.name, name, body, &[]);
        let (create, drop) = trigger_scripts(table, name, statements);
        self.step((Phase::Expand, Rank::Triggers), &format!("create_{name}"), why, create.clone(), drop.clone());
        self.step((Phase::Contract, Rank::Switch), &format!("drop_{name}"), "the old release is gone", drop, create);
    }

    /// A field of the row that a trigger is given.
    pub(super) fn new_field(&self, column: &str) -> String {
        format!("{}.{}", self.dialect.new_row, quote(column))
    }

    /// A field of that row as it was.
    pub(super) fn old_field(&self, column: &str) -> String {
        format!("{}.{}", self.dialect.old_row, quote(column))
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
        let guard = self.fills_rows(&table.name);
        let Some(words) = self.fires(table, column) else { return };
        self.fill_by(Backfill { table, column, value, missing, refuses: None, guard }, &words);
    }

    /// What each transaction of a fill begins with.
    pub(super) fn fills_rows(&self, table: &str) -> Vec<Statement> {
        let says = self.dialect.anonymous_loops.then(ddl::says_that_it_fills);
        self.sees_rows(table).into_iter().chain(says).collect()
    }

    pub(super) fn fill_by(&mut self, fill: Backfill<'_>, words: &[String]) {
        let (table, column) = (&self.in_between(fill.table), fill.column);
        let mut scripts = Backfill { table, ..fill }.scripts(self.dialect);
        if self.old_table_of(table).column(column).is_some() {
            for (up, _) in &mut scripts {
                up.changes.push(table.name.clone());
            }
        }
        let several = scripts.len() > 1;
        for (index, (up, down)) in scripts.into_iter().enumerate() {
            let part = if several { format!("_{}", index + 1) } else { String::new() };
            self.acknowledged_step(
                (Phase::Backfill, Rank::Fill),
                &format!("fill_{}_{column}{part}", table.name),
                "one UPDATE over the table would lock every row until it ends",
                words,
                up,
                down,
            );
        }
    }

    /// The statements that create a trigger and its function, and those that drop them.
    pub(super) fn trigger_statements(
        &self,
        table: &str,
        name: &str,
        body: &str,
        settings: &[Setting],
    ) -> TriggerStatements {
        let trigger = Trigger {
            name: name.to_owned(),
            timing: TriggerTiming::Before,
            events: vec![TriggerEvent::Insert, TriggerEvent::Update(Vec::new())],
            for_each_row: true,
            condition: None,
            function: name.to_owned(),
            body: Some(body.to_owned()),
        };
        let mut create = vec![ddl::create_pinned_function(name, body, settings), ddl::create_trigger(table, &trigger)];
        create.extend(self.dialect.always_triggers.then(|| ddl::always_fires(table, name)));
        TriggerStatements { create, drop: vec![ddl::drop_trigger(table, name), ddl::drop_function(name)] }
    }
}

/// The scripts that create a trigger for each inserted or updated row, and that drop it.
pub(super) fn trigger_scripts(table: &Table, name: &str, statements: TriggerStatements) -> (Script, Script) {
    (
        Script::quick(
            format!("creates the trigger {name} of {}", table.name),
            Locks::on(LockMode::ShareRowExclusive, [&table.name]),
            statements.create,
        ),
        Script::quick(format!("drops the trigger {name} of {}", table.name), exclusive(&table.name), statements.drop),
    )
}
