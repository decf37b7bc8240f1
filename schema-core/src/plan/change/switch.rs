//! A column that waited next to another takes its name, with everything that depends on it, in one transaction.

use super::keys::Key;
use super::replace::Replacement;
use super::substitute::{self, Standing};
use crate::diff::Item;
use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, Rank, before, beside, exclusive};
use crate::plan::{Phase, Script};
use crate::schema::{PrimaryKey, Table};
use crate::sql::Statement;
use crate::sql::ddl;

/// A rename of an object, both ways.
struct Renamed {
    up: Statement,
    down: Statement,
}

impl Planner<'_> {
    /// Whether what depends on these columns of the table is built by a switch.
    pub(super) fn is_switched(&self, table: &str, columns: &[String]) -> bool {
        self.replacements.get(table).is_some_and(|list| {
            list.iter().any(|it| it.waits() && columns.iter().any(|name| *name == it.new.name || *name == it.old.name))
        })
    }

    pub(super) fn switch(&mut self, old_table: &Table, table: &Table, all: &[Replacement]) {
        let list: Vec<&Replacement> = all.iter().filter(|it| it.waits()).collect();
        if list.is_empty() {
            return;
        }
        let olds: Vec<&str> = list.iter().map(|it| it.old.name.as_str()).collect();
        let news: Vec<&str> = list.iter().map(|it| it.new.name.as_str()).collect();
        let was = Standing::on(old_table, &olds);
        let is = Standing::on(table, &news);
        for fixed in was.fixed().into_iter().chain(is.fixed()) {
            let message = format!(
                "{fixed} depends on a column that another one replaces, and a second one cannot be built next to it"
            );
            let help = if list.iter().all(|it| it.old.sql_type == it.new.sql_type) {
                self.offline_line()
            } else {
                format!("{} --acknowledge \"rewrites {}\"", self.command(), table.name)
            };
            self.refuse(HAZARD, Place::table(&table.name), message, help);
        }
        let standing = waiting(&list);
        let retired = leaving(&list);
        let mut renames = Vec::new();
        self.build_standing(table, &is, &standing, &mut renames);
        self.retire_standing(table, &was, &retired, &mut renames);
        if was.primary_key || is.primary_key {
            // On the columns as they are called until the switch.
            let waits = PrimaryKey {
                name: table.primary_key.name.clone(),
                columns: substitute::key(&table.primary_key, &standing),
            };
            let old = &old_table.primary_key;
            let left = PrimaryKey { name: old.name.clone(), columns: substitute::key(old, &retired) };
            self.swap_key(
                ((Phase::Backfill, Rank::Indexes), (Phase::Contract, Rank::Keys)),
                table,
                (&Key::primary(old), &Key::primary(&left)),
                &Key::primary(&waits),
            );
        }
        self.switch_step(old_table, table, &list, renames);
    }

    /// Builds what the models have on the columns, on those that wait.
    fn build_standing(
        &mut self,
        table: &Table,
        is: &Standing<'_>,
        names: &substitute::Names,
        renames: &mut Vec<Renamed>,
    ) {
        let at = (Phase::Backfill, Rank::Indexes);
        for index in &is.indexes {
            let built = substitute::index(index, &beside(&index.name), names);
            self.build(at, table, &built);
            renames.push(index_renamed(&built.name, &index.name));
        }
        for unique in &is.uniques {
            let built = substitute::unique(unique, &beside(&unique.name), names);
            self.unique_at(at, table, &built);
            renames.push(if ddl::is_constraint(unique, self.dialect) {
                constraint_renamed(&table.name, &built.name, &unique.name)
            } else {
                index_renamed(&built.name, &unique.name)
            });
        }
        for check in &is.checks {
            let built = substitute::check(check, &beside(&check.name), names);
            self.check_at((Phase::Backfill, Rank::Constraints), &table.name, &built);
            renames.push(constraint_renamed(&table.name, &built.name, &check.name));
        }
        for key in &is.foreign_keys {
            let target = self.replacements.get(&key.table).into_iter().flatten().filter(|it| it.waits());
            let targets = waiting(&target.collect::<Vec<_>>());
            let built = substitute::foreign_key(key, &beside(&key.name), names, &targets);
            self.foreign_key_at((Phase::Backfill, Rank::Constraints), &table.name, &built);
            renames.push(constraint_renamed(&table.name, &built.name, &key.name));
        }
    }

    /// Takes away what the old schema has on the columns, from those that are retired.
    fn retire_standing(
        &mut self,
        table: &Table,
        was: &Standing<'_>,
        names: &substitute::Names,
        renames: &mut Vec<Renamed>,
    ) {
        for index in &was.indexes {
            let left = substitute::index(index, &before(&index.name), names);
            renames.insert(0, index_renamed(&index.name, &left.name));
            self.index(table, Item::Drop(&left));
        }
        for unique in &was.uniques {
            let left = substitute::unique(unique, &before(&unique.name), names);
            if ddl::is_constraint(unique, self.dialect) {
                renames.insert(0, constraint_renamed(&table.name, &unique.name, &left.name));
            } else {
                renames.insert(0, index_renamed(&unique.name, &left.name));
            }
            self.unique(table, Item::Drop(&left));
        }
        for check in &was.checks {
            let left = substitute::check(check, &before(&check.name), names);
            renames.insert(0, constraint_renamed(&table.name, &check.name, &left.name));
            self.check_gone_at((Phase::Contract, Rank::Unbuild), &table.name, &left);
        }
        // A foreign key depends on the key that it references, so it is dropped before that key.
        for key in &was.foreign_keys {
            self.foreign_key_gone_at((Phase::Contract, Rank::Objects), &table.name, key);
        }
    }

    fn switch_step(&mut self, old_table: &Table, table: &Table, list: &[&Replacement], renames: Vec<Renamed>) {
        let name = &table.name;
        let (mut up, mut down) = (Vec::new(), Vec::new());
        let triggers: Vec<_> = list.iter().map(|it| self.switch_triggers(table, it)).collect();
        for (before, behind) in &triggers {
            up.extend(before.drop.clone());
            down.extend(behind.drop.clone());
        }
        for it in list {
            up.push(ddl::rename_column(name, &it.old.name, &it.retired()));
        }
        for it in list {
            up.push(ddl::rename_column(name, &it.standing, &it.new.name));
            down.push(ddl::rename_column(name, &it.new.name, &it.standing));
        }
        for it in list {
            down.push(ddl::rename_column(name, &it.retired(), &it.old.name));
        }
        for it in list {
            if let Some(default) = &it.new.default {
                up.push(ddl::set_default(name, &it.new.name, default));
                down.push(ddl::drop_default(name, &it.standing));
            }
        }
        down.extend(renames.iter().rev().map(|it| it.down.clone()));
        up.extend(renames.into_iter().map(|it| it.up));
        for (before, behind) in triggers {
            up.extend(behind.create);
            down.extend(before.create);
        }
        let again = self.read_again(old_table, &list.iter().map(|it| &it.old).collect::<Vec<_>>());
        up.extend(again.iter().cloned());
        down.extend(again);
        let columns: Vec<String> = list.iter().map(|it| format!("{name}.{}", it.new.name)).collect();
        let columns = columns.join(" and ");
        let up = Script::quick(format!("gives {columns} the place that was kept for it"), exclusive(name), up);
        let down = Script::quick(format!("gives {columns} back its old place"), exclusive(name), down);
        self.starting_step(
            (Phase::Contract, Rank::Switch),
            &format!("switch_{name}"),
            "a program reads the column as one type or the other",
            &[],
            self.around(table, Phase::Contract, up),
            self.around(table, Phase::Contract, down),
        );
    }
}

fn index_renamed(from: &str, to: &str) -> Renamed {
    Renamed { up: ddl::rename_index(from, to), down: ddl::rename_index(to, from) }
}

fn constraint_renamed(table: &str, from: &str, to: &str) -> Renamed {
    Renamed { up: ddl::rename_constraint(table, from, to), down: ddl::rename_constraint(table, to, from) }
}

/// The new columns under the names that they have until the switch.
fn waiting(list: &[&Replacement]) -> Vec<(String, String)> {
    list.iter().map(|it| (it.new.name.clone(), it.standing.clone())).collect()
}

/// The old columns under the names that they have from the switch on.
fn leaving(list: &[&Replacement]) -> Vec<(String, String)> {
    list.iter().map(|it| (it.old.name.clone(), it.retired())).collect()
}
