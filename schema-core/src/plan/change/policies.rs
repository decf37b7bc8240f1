//! Policies: all of a table's change at one moment, and none hides a row from a release that still runs.

use super::constraints::columns_of;
use super::substitute::{Names, expression};
use crate::diff::Item;
use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{Planner, Rank};
use crate::plan::{Phase, Policies, Script};
use crate::schema::{Policy, Table};
use crate::sql::Statement;
use crate::sql::ddl;

impl Planner<'_> {
    pub(super) fn policies(&mut self, old_table: &Table, table: &Table, items: &[Item<'_, Policy>]) {
        if items.is_empty() {
            return;
        }
        let create = |it: &Policy| ddl::create_policy(&table.name, it);
        let drop = |it: &Policy| ddl::drop_policy(&table.name, &it.name);
        let one_way = |items: &[(Option<&Policy>, Option<&Policy>)]| -> Vec<Statement> {
            let mut list: Vec<Statement> = items.iter().filter_map(|(old, _)| old.map(drop)).collect();
            list.extend(items.iter().filter_map(|(_, new)| new.map(create)));
            list
        };
        let there: Vec<_> = items.iter().map(|item| (item.was(), item.now())).collect();
        let back: Vec<_> = items.iter().map(|item| (item.now(), item.was())).collect();
        let (mut up, mut down) = (one_way(&there), one_way(&back));
        let (mut holds, mut closes) = ((None, None), false);
        match (old_table.policies.is_empty(), table.policies.is_empty()) {
            (true, false) => {
                up.extend(ddl::enable_row_security(table));
                down.splice(0..0, ddl::disable_row_security(table));
                holds = (Some(Policies::Forced), Some(Policies::Gone));
                closes = true;
            }
            (false, true) => {
                // Those that are gone from the model are still there then.
                let open = Table { partitioning: old_table.partitioning.clone(), ..table.clone() };
                up.splice(0..0, ddl::disable_row_security(&open));
                down.extend(ddl::enable_row_security(&open));
                holds = (Some(Policies::Gone), Some(Policies::Forced));
            }
            _ => {}
        }
        // The header names the partitions that are there before the plan, with their table.
        let partitions = |table: &'_ Table| table.partitioning.clone().map(|it| it.partitions).unwrap_or_default();
        let (was, is) = (partitions(old_table), partitions(table));
        let new = is.iter().filter(|it| closes && !was.iter().any(|other| other.name == it.name)).map(|it| &it.name);
        let locks = Locks::on(LockMode::AccessExclusive, std::iter::once(&table.name).chain(new));
        let script = |what: &str, statements: Vec<Statement>, holds: Option<Policies>| {
            let what = format!("changes the policies of {}{what}", table.name);
            let script = Script::quick(what, locks.clone(), statements);
            match holds {
                Some(holds) => script.policies(&table.name, holds),
                None => script,
            }
        };
        let phase = self.policies_change(old_table, table);
        let why = match phase {
            Phase::Contract => {
                "they may hide rows from the old release, which is gone; all of a table change at one moment, so that no \
                 row is seen by whom it should not"
            }
            Phase::Backfill => {
                "each row has its value in the new column now; before, they would hide the rows that had none"
            }
            Phase::Expand => {
                "all policies of a table change at one moment, so that no row is seen by whom it should not"
            }
        };
        self.step(
            (phase, Rank::Objects),
            &format!("policies_{}", table.name),
            why,
            script("", up, holds.0),
            script(" back", down, holds.1),
        );
    }

    /// When the policies of a table that stays change. The old release does not know those that are new: they may hide from
    /// it what it reads, or refuse what it writes.
    fn policies_change(&self, old: &Table, new: &Table) -> Phase {
        if old.policies.is_empty() && !new.policies.is_empty() {
            return Phase::Contract;
        }
        if new.policies.is_empty() {
            return Phase::Expand;
        }
        let renamed = new.columns.iter().filter_map(|column| {
            let was = column.renamed_from.as_ref().filter(|was| old.column(was).is_some())?;
            Some((was.clone(), column.name.clone()))
        });
        let names: Vec<(String, String)> = renamed.collect();
        let stays =
            |policy: &Policy| new.policies.iter().any(|it| same(it, policy) || same(it, &under(policy, &names)));
        let was_there =
            |policy: &Policy| old.policies.iter().any(|it| same(it, policy) || same(&under(it, &names), policy));
        let narrower = old.policies.iter().any(|it| it.permissive && !stays(it))
            || new.policies.iter().any(|it| !it.permissive && !was_there(it));
        let waits = new.policies.iter().filter(|it| !old.policies.iter().any(|other| same(other, it))).any(|it| {
            let conditions = it.using.iter().chain(&it.with_check);
            conditions.flat_map(|text| columns_of(text)).any(|column| self.filled.contains(&(new.name.clone(), column)))
        });
        match (narrower, waits) {
            (true, _) => Phase::Contract,
            (false, true) => Phase::Backfill,
            (false, false) => Phase::Expand,
        }
    }
}

/// Whether two policies say the same, whatever they are called.
fn same(one: &Policy, other: &Policy) -> bool {
    Policy { name: String::new(), ..one.clone() } == Policy { name: String::new(), ..other.clone() }
}

/// A policy over columns under other names.
fn under(policy: &Policy, names: &Names) -> Policy {
    let renamed = |text: &Option<String>| text.as_deref().map(|text| expression(text, names));
    Policy { using: renamed(&policy.using), with_check: renamed(&policy.with_check), ..policy.clone() }
}
