//! The triggers that keep two columns alike while both releases write.

use super::alike::differs;
use super::filled::{TriggerStatements, trigger_scripts};
use super::firing::first_trigger_name;
use super::replace::Replacement;
use crate::plan::needs::has_word as names;
use crate::plan::planner::{Planner, Rank, exclusive, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Table, Trigger, TriggerEvent};
use crate::sql::template::{Fill as _, Name, Sql, Statements, template};
use crate::sql::{Statement, ddl};

template!(KeepAlike<'a> from "../templates/keep_alike.sql" {
    target: Sql<'a>,
    new: Name<'a>,
    first: Sql<'a>,
    default: Option<KeepDefaultAlike<'a>>,
    old: Name<'a>,
    back: Sql<'a>,
    target_changed: Sql<'a>,
    differs: Sql<'a>,
    source_changed: Sql<'a>,
    forward: Sql<'a>,
    refuses: Statements<'a>,
});
template!(KeepDefaultAlike<'a> from "../templates/keep_default_alike.sql" { source: Sql<'a>, old: Name<'a>, back: Sql<'a> });
template!(KeepRetiredAlike<'a> from "../templates/keep_retired_alike.sql" { retired: Name<'a>, back: Sql<'a> });

template!(KeepLastAlike<'a> from "../templates/keep_last_alike.sql" {
    odd: Sql<'a>,
    column: Name<'a>,
    value: Sql<'a>,
    refuses: Statements<'a>,
});

/// Which of two columns is right where a trigger of the user's own has written one of them: that of the release that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Right {
    Old,
    New,
}

impl Planner<'_> {
    /// Keeps the two columns alike while both releases write.
    fn sync(&self, it: &Replacement, refuses: &[Statement]) -> String {
        let (source, target) = (self.new_field(&it.old.name), self.new_field(&it.standing));
        let forward = it.forward.value(&source, self.dialect);
        let mut first = forward.clone();
        let back = it.back.value(&target, self.dialect);
        let changed = differs(&target, &self.old_field(&it.standing), &it.new, self.dialect);
        let other = differs(&target, &forward, &it.new, self.dialect);
        let mut source_changed = differs(&source, &self.old_field(&it.old.name), &it.old, self.dialect);
        if !it.forward.is_lossless() {
            // The way back gives the old column what the new one becomes, which is not to become another value again.
            let is_other = differs(&source, &back, &it.old, self.dialect);
            source_changed = format!("{source_changed} AND {is_other}");
        }
        let (new, old) = (Name(&it.standing), Name(&it.old.name));
        let mut default = None;
        if let (None, Some(value)) = (&it.old.default, &it.new.default) {
            first = format!("coalesce({forward}, {value})");
            default = Some(KeepDefaultAlike { source: Sql(&source), old, back: Sql(&back) });
        }
        KeepAlike {
            target: Sql(&target),
            new,
            first: Sql(&first),
            default,
            old,
            back: Sql(&back),
            target_changed: Sql(&changed),
            differs: Sql(&other),
            source_changed: Sql(&source_changed),
            forward: Sql(&forward),
            refuses: Statements(refuses),
        }
        .sql()
    }

    /// After the triggers of the user's own, which know one of the two columns: what they made of it is in the other one too.
    fn sync_again(&self, it: &Replacement, right: Right, refuses: &[Statement]) -> String {
        let (source, target) = (self.new_field(&it.old.name), self.new_field(&it.standing));
        let odd = it.odd(&source, &target, self.dialect);
        let (column, value) = match right {
            Right::Old => (&it.standing, it.forward.value(&source, self.dialect)),
            Right::New => (&it.old.name, it.back.value(&target, self.dialect)),
        };
        KeepLastAlike { odd: Sql(&odd), column: Name(column), value: Sql(&value), refuses: Statements(refuses) }.sql()
    }

    /// Keeps the retired column alike, so that the way back loses nothing.
    fn sync_back(&self, it: &Replacement) -> String {
        let target = self.new_field(&it.new.name);
        let back = it.back.value(&target, self.dialect);
        KeepRetiredAlike { retired: Name(&it.retired()), back: Sql(&back) }.sql()
    }

    /// Whether a second trigger follows the user's own: only where both releases write, each its own column.
    fn is_twofold(&self, table: &Table, it: &Replacement) -> bool {
        !it.waits() && !self.before_each_row(table).is_empty()
    }

    fn sync_name(&self, table: &Table, it: &Replacement) -> String {
        if self.is_twofold(table, it) {
            first_trigger_name(&table.name, &it.new.name, "sync")
        } else {
            self.trigger_name(&table.name, &it.new.name, &it.standing, "sync")
        }
    }

    fn again_name(&self, table: &Table, it: &Replacement) -> String {
        self.trigger_name(&table.name, &it.new.name, &it.standing, "alike")
    }

    fn synced(&self, table: &Table, it: &Replacement, right: Right) -> TriggerStatements {
        let (name, settings) = (self.sync_name(table, it), it.settings());
        let mut made = self.trigger_statements(&table.name, &name, &self.sync(it, &[]), &settings);
        if self.is_twofold(table, it) {
            let name = self.again_name(table, it);
            let again = self.trigger_statements(&table.name, &name, &self.sync_again(it, right, &[]), &settings);
            made.create.extend(again.create);
            made.drop.extend(again.drop);
        }
        made
    }

    /// The scripts that begin to keep the two alike, and that stop it.
    pub(super) fn sync_scripts(&self, table: &Table, it: &Replacement) -> (Script, Script) {
        trigger_scripts(table, &self.sync_name(table, it), self.synced(table, it, Right::Old))
    }

    /// From here on the last of them refuses what the old column does not take.
    pub(super) fn refusing(&self, table: &Table, it: &Replacement) -> Option<Statement> {
        let (new, old) = (self.new_field(&it.standing), self.new_field(&it.old.name));
        let rows = it.refused(&new, &old, self.dialect)?;
        let (name, was) = (path(table, &it.standing), &it.old.sql_type);
        let message = format!("{name} takes no value any more that {was} does not take: the old release comes back");
        let refuses =
            [ddl::raise_if(&rows, &message, Some("stop the new release, or give it a value that the old one reads"))];
        Some(if self.is_twofold(table, it) {
            let body = self.sync_again(it, Right::Old, &refuses);
            ddl::replace_pinned_function(&self.again_name(table, it), &body, &it.settings())
        } else {
            ddl::replace_pinned_function(&self.sync_name(table, it), &self.sync(it, &refuses), &it.settings())
        })
    }

    /// What keeps the two alike until the old one is dropped.
    pub(super) fn standing_triggers(&self, table: &Table, it: &Replacement) -> TriggerStatements {
        if it.waits() { self.switch_triggers(table, it).1 } else { self.synced(table, it, Right::New) }
    }

    /// The triggers before a switch, and those that it leaves.
    pub(super) fn switch_triggers(&self, table: &Table, it: &Replacement) -> (TriggerStatements, TriggerStatements) {
        let name = self.trigger_name(&table.name, &it.new.name, &it.retired(), "sync");
        let back = self.trigger_statements(&table.name, &name, &self.sync_back(it), &it.settings());
        (self.synced(table, it, Right::Old), back)
    }

    /// From here on the functions of triggers name the new columns, and what they write there is right.
    pub(super) fn turn_functions(&mut self, table: &Table, list: &[Replacement]) {
        let functions = self.turned.get(&table.name).cloned().unwrap_or_default();
        let twofold: Vec<&Replacement> = list.iter().filter(|it| self.is_twofold(table, it)).collect();
        if functions.is_empty() && twofold.is_empty() {
            return;
        }
        let (mut up, mut down) = (Vec::new(), Vec::new());
        for it in twofold {
            let (name, settings) = (self.again_name(table, it), it.settings());
            let body = |right| ddl::replace_pinned_function(&name, &self.sync_again(it, right, &[]), &settings);
            up.push(body(Right::New));
            down.push(body(Right::Old));
        }
        for (name, old, new) in &functions {
            up.push(ddl::replace_function(name, new));
            down.push(ddl::replace_function(name, old));
        }
        let what = format!("lets the triggers of {} write the new columns", table.name);
        let back = format!("lets the triggers of {} write the old columns again", table.name);
        self.step(
            (Phase::Contract, Rank::Switch),
            &format!("functions_{}", table.name),
            "their functions name the columns of one release, and the columns of the other follow",
            Script::quick(what, exclusive(&table.name), up),
            Script::quick(back, exclusive(&table.name), down),
        );
    }

    /// Whether the function of a trigger names a column that another one replaces, and is kept for the old release.
    pub(super) fn turns_later(&mut self, name: &str, old: &str, new: &str) -> bool {
        let schema = self.new_schema();
        let calls = |table: &&Table| table.triggers.iter().any(|it| it.function == name);
        for table in schema.tables.values().filter(calls) {
            let was = self.old_table_of(table);
            let renamed = |it: &&Column| {
                let from = it.renamed_from.as_deref().filter(|from| was.column(from).is_some());
                let is_filled = self.filled.contains(&(table.name.clone(), it.name.clone()));
                is_filled && from.is_some_and(|from| names(old, from) || names(new, &it.name))
            };
            if table.columns.iter().any(|it| renamed(&it)) {
                let bodies = (name.to_owned(), old.to_owned(), new.to_owned());
                self.turned.entry(table.name.clone()).or_default().push(bodies);
                return true;
            }
        }
        false
    }

    /// Whether the body of a trigger's function names a column that goes with the old release.
    pub(super) fn names_what_goes(&self, function: &str, body: &str) -> bool {
        let calls = |table: &&Table| table.triggers.iter().any(|it| it.function == function);
        self.new_schema().tables.values().filter(calls).any(|table| {
            let stays =
                |name: &str| table.columns.iter().any(|it| it.name == name || it.renamed_from.as_deref() == Some(name));
            self.old_table_of(table).columns.iter().any(|it| !stays(&it.name) && names(body, &it.name))
        })
    }

    /// A trigger that the columns of both releases fire.
    pub(super) fn of_both_columns(&self, table: &Table, trigger: &Trigger) -> Trigger {
        let mut both = trigger.clone();
        let list = self.replacements.get(&table.name).into_iter().flatten().filter(|it| !it.waits());
        for it in list {
            for event in &mut both.events {
                if let TriggerEvent::Update(columns) = event
                    && columns.contains(&it.new.name)
                    && !columns.contains(&it.old.name)
                {
                    columns.push(it.old.name.clone());
                }
            }
        }
        both
    }
}
