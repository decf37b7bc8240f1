//! What belongs to a table and holds no rows: triggers, partitions, comments; and extensions.

use super::held::named_drop;
use super::types::NO_LOCKS;
use crate::diff::{Change, Clause, Item, TableChange};
use crate::place::Place;
use crate::plan::locks::{LockMode, Locks, Remark, TableLock};
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{Partition, Partitioning, Table, Trigger};
use crate::sql::ddl;

impl Planner<'_> {
    pub(super) fn extension(&mut self, name: &str) {
        self.step(
            (Phase::Expand, Rank::Types),
            &format!("extension_{name}"),
            "the models use what it brings",
            Script::quick(
                format!("makes sure that the extension {name} is there"),
                NO_LOCKS,
                vec![ddl::create_extension(name)],
            ),
            Script::nothing(format!("leaves the extension {name}, which may have been there before")),
        );
    }

    fn add_function(&mut self, name: &str, body: &str) {
        self.step(
            (Phase::Expand, Rank::Types),
            &format!("function_{name}"),
            "the triggers of the models call it",
            Script::quick(format!("creates the function {name}"), NO_LOCKS, vec![ddl::create_function(name, body)]),
            Script::quick(format!("drops the function {name}"), NO_LOCKS, vec![ddl::drop_function(name)]),
        );
    }

    /// The functions that no trigger calls now, and those with another body.
    pub(super) fn functions(&mut self) {
        let (old, new) = (ddl::functions(self.old()), ddl::functions(self.new_schema()));
        for (name, body) in &new {
            match old.get(name) {
                None => self.add_function(name, body),
                Some(before) if before != body && self.turns_later(name, before, body) => {}
                Some(before) if before != body => {
                    // What it names is there, and what the old release has by it is kept until that is gone.
                    let phase = if self.names_what_goes(name, before) { Phase::Contract } else { Phase::Expand };
                    self.step(
                        (phase, Rank::Objects),
                        &format!("function_{name}"),
                        "its triggers go on, with the new body",
                        Script::quick(
                            format!("changes the function {name}"),
                            NO_LOCKS,
                            vec![ddl::replace_function(name, body)],
                        ),
                        Script::quick(
                            format!("changes the function {name} back"),
                            NO_LOCKS,
                            vec![ddl::replace_function(name, before)],
                        ),
                    );
                }
                Some(_) => {}
            }
        }
        for (name, body) in old {
            if !new.contains_key(name) {
                self.step(
                    (Phase::Contract, Rank::DropTypes),
                    &format!("drop_function_{name}"),
                    "no trigger calls it any more",
                    Script::quick(format!("drops the function {name}"), NO_LOCKS, vec![ddl::drop_function(name)]),
                    Script::quick(
                        format!("creates the function {name} again"),
                        NO_LOCKS,
                        vec![ddl::create_function(name, body)],
                    ),
                );
            }
        }
    }

    pub(super) fn trigger(&mut self, table: &Table, item: Item<'_, Trigger>) {
        let (old, new) = (item.was(), item.now());
        if let Item::Change { old, new } = item
            && (Trigger { body: None, ..old.clone() }) == (Trigger { body: None, ..new.clone() })
        {
            // The body is that of the function, which is replaced.
            return;
        }
        if let (Some(_), Some(new)) = (old, new) {
            let both = self.of_both_columns(table, new);
            if both != *new {
                // Both releases fire it, each by its own column, and the fill does not.
                self.trigger_step((Phase::Backfill, Rank::Objects), "trigger", table, (old, Some(&both)));
                let at = (Phase::Contract, Rank::Objects);
                return self.trigger_step(at, "trigger_of_the_new", table, (Some(&both), Some(new)));
            }
        }
        let at = match item {
            Item::Drop(_) => (Phase::Contract, Rank::Unbuild),
            _ => (Phase::Expand, Rank::Objects),
        };
        self.trigger_step(at, "trigger", table, (old, new));
    }

    fn trigger_step(
        &mut self,
        at: (Phase, Rank),
        label: &str,
        table: &Table,
        (old, new): (Option<&Trigger>, Option<&Trigger>),
    ) {
        let create = |it: &Trigger| ddl::create_trigger(&table.name, it);
        let drop = |it: &Trigger| ddl::drop_trigger(&table.name, &it.name);
        let locks = |drops: bool| {
            if drops { exclusive(&table.name) } else { Locks::on(LockMode::ShareRowExclusive, [&table.name]) }
        };
        let name = new.or(old).map_or("", |it| &it.name);
        let renamed = |old: &Trigger, new: &Trigger| {
            self.dialect.rename_triggers && (Trigger { name: new.name.clone(), ..old.clone() }) == *new
        };
        let (up, down) = match (old, new) {
            (Some(old), Some(new)) if renamed(old, new) => (
                vec![ddl::rename_trigger(&table.name, &old.name, &new.name)],
                vec![ddl::rename_trigger(&table.name, &new.name, &old.name)],
            ),
            _ => (
                old.map(drop).into_iter().chain(new.map(create)).collect(),
                new.map(drop).into_iter().chain(old.map(create)).collect(),
            ),
        };
        self.step(
            at,
            &format!("{label}_{name}"),
            "a trigger comes in a file of its own",
            Script::quick(
                format!("{} the trigger {name} of {}", word(old.is_some(), new.is_some()), table.name),
                locks(old.is_some()),
                up,
            ),
            Script::quick(
                format!("{} the trigger {name} of {}", word(new.is_some(), old.is_some()), table.name),
                locks(new.is_some()),
                down,
            ),
        );
    }

    pub(super) fn partitioning(&mut self, old_table: &Table, table: &Table) {
        let (Some(old), Some(new)) = (&old_table.partitioning, &table.partitioning) else {
            return self.not_partitioned(table);
        };
        if old.strategy != new.strategy || old.key != new.key {
            return self.not_partitioned(table);
        }
        let find = |list: &'_ Partitioning, it: &Partition| list.partitions.contains(it);
        let is_default = |it: &Partition| it.bound.trim().eq_ignore_ascii_case("default");
        let beside_default = |it: &Partition| old.partitions.iter().any(|other| is_default(other) && other != it);
        // Where the policies come or go in this plan, the partitions are opened and closed with them.
        let closed = !old_table.policies.is_empty() && !table.policies.is_empty();
        let create = |it: &Partition| {
            let mut statements = vec![ddl::create_partition_detached(&table.name, it)];
            if closed {
                statements.extend(ddl::close_partition(&it.name));
            }
            statements
        };
        let has_default = old.partitions.iter().chain(&new.partitions).any(is_default);
        for it in new.partitions.iter().filter(|it| !find(old, it)) {
            let mut acknowledged = Vec::new();
            if beside_default(it) {
                let hazard = format!("blocks {}", table.name);
                let message =
                    format!("the default partition is read for rows of `{}` while no one can use it", it.name);
                let instead = "move those rows out of the default partition, and drop that one, in a migration before";
                if !self.acknowledge(&hazard, Place::table(&table.name), message, instead) {
                    continue;
                }
                acknowledged.push(hazard);
            }
            self.step(
                (Phase::Expand, Rank::Objects),
                &format!("create_{}", it.name),
                "a table by itself first: made as a partition at once it would block the whole table",
                Script::quick(
                    format!("creates {}, to be a partition of {}", it.name, table.name),
                    Locks::on(LockMode::AccessShare, [&table.name]),
                    create(it),
                ),
                Script::quick(format!("drops {}", it.name), exclusive(&it.name), vec![ddl::drop_partition(&it.name)])
                    .loses(format!("every row of {}", it.name)),
            );
            self.acknowledged_step(
                (Phase::Expand, Rank::Objects),
                &format!("attach_{}", it.name),
                "it is empty, so nothing of it is read",
                &acknowledged,
                Script::quick(
                    format!("makes {} a partition of {}", it.name, table.name),
                    attaching(table, it),
                    vec![ddl::attach_partition(&table.name, it), ddl::drop_detached_check(&it.name)],
                ),
                detach(table, it, has_default),
            );
        }
        for it in old.partitions.iter().filter(|it| !find(new, it)) {
            let message =
                format!("the partition `{}` is gone from the model, and its rows would be lost with it", it.name);
            if !self.dropped(&it.name, Place::table(&table.name), message, None) {
                continue;
            }
            self.step(
                (Phase::Contract, Rank::Unbuild),
                &format!("detach_{}", it.name),
                "concurrently, so that the other partitions can be used meanwhile",
                detach(table, it, has_default),
                Script::quick(
                    format!("makes {} a partition of {} again", it.name, table.name),
                    attaching(table, it),
                    vec![ddl::attach_partition(&table.name, it), ddl::drop_detached_check(&it.name)],
                ),
            );
            // On the way back it is made like the table, and becomes a part of it before that changes any more.
            self.acknowledged_step(
                (Phase::Contract, Rank::Unbuild),
                &format!("drop_{}", it.name),
                "no release uses its rows any more",
                &[named_drop(&it.name)],
                Script::quick(format!("drops {}", it.name), exclusive(&it.name), vec![ddl::drop_partition(&it.name)])
                    .loses(format!("every row of {}", it.name)),
                Script::quick(
                    format!("creates {} again, without its rows", it.name),
                    Locks::on(LockMode::AccessShare, [&table.name]),
                    create(it),
                ),
            );
        }
    }

    fn not_partitioned(&mut self, table: &Table) {
        let message = format!("a table with rows cannot be partitioned differently in place: `{}`", table.name);
        let help = "create a table that is partitioned that way, move the rows, and drop the old one".to_owned();
        self.refuse(HAZARD, Place::table(&table.name), message, help);
    }

    /// All comments that changed, in one file: they block nothing.
    pub(super) fn comments(&mut self, changes: &[Change<'_>]) {
        let (mut up, mut down, mut tables) = (Vec::new(), Vec::new(), Vec::new());
        for change in changes {
            let Change::Table { old, new, change } = change else { continue };
            match change {
                TableChange::Comment => {
                    up.push(ddl::comment_on_table(&new.name, new.comment.as_deref()));
                    down.push(ddl::comment_on_table(&new.name, old.comment.as_deref()));
                }
                TableChange::ColumnClause { old, new: column, clause: Clause::Comment }
                    if !self.filled.contains(&(new.name.clone(), column.name.clone())) =>
                {
                    up.push(ddl::comment_on_column(&new.name, &column.name, column.comment.as_deref()));
                    down.push(ddl::comment_on_column(&new.name, &column.name, old.comment.as_deref()));
                }
                _ => continue,
            }
            if tables.last() != Some(&new.name) {
                tables.push(new.name.clone());
            }
        }
        if !up.is_empty() {
            let locks = Locks::on(LockMode::ShareUpdateExclusive, &tables).remark(Remark::ReadAndWritten);
            let tables = tables.join(" and ");
            down.reverse();
            self.step(
                (Phase::Expand, Rank::Objects),
                "comments",
                "the models say something else",
                Script::quick(format!("changes comments of {tables}"), &locks, up),
                Script::quick(format!("changes comments of {tables} back"), locks, down),
            );
        }
    }
}

/// The table stays in use while a partition is added or removed.
fn attaching(table: &Table, it: &Partition) -> Locks {
    Locks::of(vec![
        TableLock::new(LockMode::ShareUpdateExclusive, &table.name),
        TableLock::new(LockMode::AccessExclusive, &it.name),
    ])
}

/// No partition leaves a table concurrently that has a default one, not even that one.
fn detach(table: &Table, it: &Partition, has_default: bool) -> Script {
    let what = format!("takes {} out of {}", it.name, table.name);
    if has_default {
        return Script::quick(
            what,
            Locks::on(LockMode::AccessExclusive, [&table.name, &it.name]),
            vec![ddl::detach_partition(&table.name, &it.name)],
        );
    }
    Script::alone(
        what,
        attaching(table, it),
        "until every transaction that may use it has ended",
        ddl::detach_partition_concurrently(&table.name, &it.name),
    )
}

fn word(was: bool, is: bool) -> &'static str {
    match (was, is) {
        (false, _) => "creates",
        (true, false) => "drops",
        (true, true) => "changes",
    }
}
