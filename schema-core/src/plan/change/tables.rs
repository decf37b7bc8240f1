//! Tables: new ones, those that go, and those under another name.

use std::collections::BTreeSet;

use super::held::named_drop;
use super::provable::Provable;
use super::types::NO_LOCKS;
use crate::place::Place;
use crate::plan::locks::{LockMode, Locks, Remark};
use crate::plan::needs::referenced;
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive, shared};
use crate::plan::{OFFLINE_RENAME, Phase, Policies, Script};
use crate::schema::{ForeignKey, Table};
use crate::sql::Statement;
use crate::sql::ddl::NewTable;
use crate::sql::template::{Fill as _, NameLiteral, template};
use crate::sql::{ddl, quote, quote_list};

impl Planner<'_> {
    /// The new tables, each after those that it references. Two databases are compared without marks where references
    /// form a cycle: then nothing is `ordered`.
    pub(super) fn add_tables(&mut self, tables: &[&Table], ordered: bool) {
        let all = tables.iter().flat_map(|table| &table.foreign_keys);
        let waiting: BTreeSet<&str> = all.filter(|key| self.references_new(key)).map(|key| key.name.as_str()).collect();
        let unordered = |key: &ForeignKey| !ordered && tables.iter().any(|table| table.name == key.table);
        let later = |key: &ForeignKey| unordered(key) || waiting.contains(key.name.as_str());
        for table in tables {
            let marked = |key: &ForeignKey| ForeignKey { cycle: key.cycle || later(key), ..key.clone() };
            let foreign_keys = table.foreign_keys.iter().map(marked).collect();
            let bare = Table { foreign_keys, ..(*table).clone() };
            let Some(up) = NewTable::new(&bare, self.dialect).statements() else { continue };
            let mut targets: Vec<&str> = table
                .foreign_keys
                .iter()
                .filter(|key| !key.cycle && !later(key) && key.table != table.name)
                .map(|key| key.table.as_str())
                .collect();
            targets.sort_unstable();
            targets.dedup();
            let locks = Locks::on(LockMode::ShareRowExclusive, targets.iter().copied()).remark(Remark::Referenced);
            let drops = exclusive_on([table.name.as_str()].into_iter().chain(targets));
            self.step(
                (Phase::Expand, Rank::Tables),
                &format!("create_{}", table.name),
                "the models have it",
                forced(Script::quick(format!("creates the table {}", table.name), locks, up), table),
                Script::quick(format!("drops the table {}", table.name), drops, vec![ddl::drop_table(&table.name)])
                    .loses(format!("every row of {}", table.name)),
            );
        }
        let circular: Vec<(&Table, &ForeignKey)> = tables
            .iter()
            .flat_map(|table| table.foreign_keys.iter().filter(|key| key.cycle || later(key)).map(|key| (*table, key)))
            .collect();
        for (table, key) in circular {
            let add = ddl::add_constraint(&table.name, &key.name, &ddl::foreign_key_body(key));
            self.step(
                (Phase::Expand, Rank::Tables),
                &format!("add_{}", key.name),
                if waiting.contains(key.name.as_str()) {
                    "the key that it references comes first"
                } else {
                    "the two tables reference each other, so both come first"
                },
                Script::quick(
                    format!("adds the foreign key {} of {}", key.name, table.name),
                    Locks::on(LockMode::ShareRowExclusive, [&table.name, &key.table]),
                    vec![add],
                ),
                Script::quick(
                    format!("drops the foreign key {} of {}", key.name, table.name),
                    exclusive_on([&table.name, &key.table]),
                    vec![ddl::drop_constraint(&table.name, &key.name)],
                ),
            );
        }
    }

    /// Whether a foreign key references columns or a key that this plan makes on a table that stays.
    fn references_new(&self, key: &ForeignKey) -> bool {
        let Some(new) = self.new_schema().tables.get(&key.table) else { return false };
        let old = self.old_table_of(new);
        if old.columns.is_empty() {
            return false;
        }
        let made =
            |set: &BTreeSet<(String, String)>, column: &String| set.contains(&(key.table.clone(), column.clone()));
        let new_column = |column: &String| made(&self.added, column) || made(&self.filled, column);
        let columns = |table: &Table| referenced(table, &key.target_columns);
        key.target_columns.iter().any(new_column) || columns(&old).is_empty()
    }

    /// The tables that go, each before those that it references.
    pub(super) fn drop_tables(&mut self, tables: &[&Table]) {
        let mut good = true;
        for table in tables {
            let alike = self.new_schema().tables.values().find(|new| {
                !self.old().tables.contains_key(&new.name) && new.renamed_from.is_none() && alike(table, new)
            });
            let (place, rename) = match alike {
                Some(new) => (
                    Place::table(&new.name),
                    Some(format!(
                        "{}    on `{}`,",
                        crate::attribute::table::text("renamed_from", &table.name),
                        new.name
                    )),
                ),
                None => (Place::table(&table.name), None),
            };
            let message =
                format!("the table `{}` no longer has a model, and its rows would be lost with it", table.name);
            good &= self.dropped(&table.name, place, message, rename);
        }
        if !good {
            return;
        }
        for table in tables {
            for key in table.foreign_keys.iter().filter(|key| key.table != table.name) {
                let key = &self.as_moved(key);
                // The two tables of a key are locked together, so each key is dropped by itself.
                let both = exclusive_on([&table.name, &key.table]);
                self.step(
                    (Phase::Contract, Rank::Unbuild),
                    &format!("drop_{}", key.name),
                    "dropping the table would lock the other one for as long as that takes",
                    Script::quick(
                        format!("drops the foreign key {} of {}", key.name, table.name),
                        both,
                        vec![ddl::drop_constraint(&table.name, &key.name)],
                    ),
                    // The table was recreated by the file before, and has no rows.
                    Script { reads: Vec::new(), ..Provable::foreign_key(&table.name, key).again() },
                );
            }
        }
        for table in tables {
            let bare = Table {
                foreign_keys: table.foreign_keys.iter().filter(|key| key.table == table.name).cloned().collect(),
                ..(*table).clone()
            };
            let Some(down) = NewTable::new(&bare, self.dialect).statements() else { continue };
            self.acknowledged_step(
                (Phase::Contract, Rank::DropTables),
                &format!("drop_{}", table.name),
                "no release uses it any more",
                &[named_drop(&table.name)],
                Script::quick(
                    format!("drops the table {}", table.name),
                    exclusive(&table.name),
                    vec![ddl::drop_table(&table.name)],
                )
                .loses(format!("every row of {}: the way back makes the table, a backup has its rows", table.name)),
                forced(
                    Script::quick(format!("makes the table {} again, without its rows", table.name), NO_LOCKS, down),
                    table,
                ),
            );
        }
    }

    /// Storage parameters, which affect only later writes and change no row.
    pub(super) fn storage(&mut self, old: &Table, new: &Table) {
        let table = &new.name;
        let set = |what: &str, old: &Table, new: &Table| {
            Script::quick(
                format!("sets the storage parameters of {table}{what}"),
                shared(table),
                ddl::set_storage("TABLE", table, &old.storage, &new.storage),
            )
        };
        self.step(
            (Phase::Expand, Rank::Objects),
            &format!("storage_{table}"),
            "the models have other storage parameters",
            set("", old, new),
            set(" back", new, old),
        );
    }

    /// Whether changes are logged: every row is written for that, either way.
    pub(super) fn logged(&mut self, old: &Table, new: &Table) {
        let table = &new.name;
        let hazard = format!("rewrites {table}");
        let message = if new.unlogged {
            "every row is written while the table is blocked, and a crash of the server empties it from then on"
        } else {
            "every row is written while the table is blocked"
        };
        if !self.acknowledge(&hazard, Place::table(table), message.to_owned(), "") {
            return;
        }
        let set = |unlogged: bool| {
            Script::rewriting(
                format!("makes the table {table} {}", if unlogged { "unlogged" } else { "logged" }),
                exclusive(table).remark(Remark::WhileWritten),
                vec![ddl::set_logged(table, unlogged)],
            )
        };
        self.acknowledged_step(
            (Phase::Expand, Rank::Objects),
            &format!("logged_{table}"),
            "it was acknowledged that the table is blocked meanwhile",
            &[hazard],
            set(new.unlogged),
            set(old.unlogged),
        );
    }

    /// The table gets its new name at once, and a view has the old one until the old release is gone.
    pub(super) fn rename_table(&mut self, old: &Table, new: &Table) {
        if self.old().tables.contains_key(&new.name) {
            let message = format!("`{}` is still the name of another table", new.name);
            let help = self.offline_line();
            return self.refuse(HAZARD, Place::table(&new.name), message, help);
        }
        if !self.dialect.writable_views {
            let message = format!("`{}` cannot have two names for a while on this database", old.name);
            let help = self.offline_line();
            return self.refuse(HAZARD, Place::table(&new.name), message, help);
        }
        let (drop_view, views) = view_of_old_name(old, new);
        let up = [ddl::rename_table(&old.name, &new.name)].into_iter().chain(views.clone()).collect();
        let up = Script::quick(
            format!(
                "renames the table {} to {}, with a view of the old name: no COPY writes through it, and no MERGE before \
                 version 17",
                old.name, new.name
            ),
            exclusive_on([&old.name, &new.name]),
            up,
        );
        let down = Script::quick(
            format!("renames the table {} to {} in the place of the view", new.name, old.name),
            exclusive_on([&new.name, &old.name]),
            vec![drop_view.clone(), ddl::rename_table(&new.name, &old.name)],
        );
        let (up, down) = self.with_other_names(up, down);
        self.step(
            (Phase::Expand, Rank::Names),
            &format!("rename_{}", old.name),
            "the old release reads and writes the table through a view of its old name",
            up,
            down,
        );
        self.step(
            (Phase::Contract, Rank::Relax),
            &format!("drop_view_{}", old.name),
            "no release uses the old name any more",
            Script::quick(format!("drops the view {}", old.name), exclusive(&old.name), vec![drop_view]),
            Script::quick(
                format!("creates the view {} of {} again", old.name, new.name),
                Locks::on(LockMode::AccessShare, [&new.name]),
                views.into(),
            ),
        );
    }

    /// The view of a table's old name, where it has one for a while: the table as it was.
    pub(super) fn standing_view(&self, table: &Table) -> Option<&Table> {
        let (old, _) = self.moved.iter().find(|(_, new)| **new == table.name)?;
        self.old().tables.get(old)
    }

    /// Renames while no program runs: one transaction.
    pub(super) fn offline(&mut self, up: Vec<Statement>, down: Vec<Statement>, names: &[String]) {
        let hazard = OFFLINE_RENAME.to_owned();
        let locks = exclusive_on(names);
        self.acknowledged_step(
            (Phase::Expand, Rank::Types),
            "offline_rename",
            "it was acknowledged that no program runs meanwhile",
            &[hazard],
            Script::quick(format!("renames what the models name otherwise in {}", names.join(" and ")), &locks, up),
            Script::quick(format!("renames {} back", names.join(" and ")), &locks, down),
        );
    }
}

/// Everyone waits for each of these tables.
fn exclusive_on<T: Into<String>>(tables: impl IntoIterator<Item = T>) -> Locks {
    Locks::on(LockMode::AccessExclusive, tables)
}

/// The script that creates a table, with the state of its policies.
fn forced(script: Script, table: &Table) -> Script {
    if table.policies.is_empty() { script } else { script.policies(&table.name, Policies::Forced) }
}

/// The statement that drops the view of a table's old name, and those that make it.
pub(super) fn view_of_old_name(old: &Table, new: &Table) -> (Statement, [Statement; 2]) {
    let columns: Vec<String> = old.columns.iter().map(|column| column.name.clone()).collect();
    // Whoever reads it is held to the policies of the table.
    let with = if old.policies.is_empty() && new.policies.is_empty() { "" } else { " WITH (security_invoker = true)" };
    let view = format!(
        "CREATE VIEW {}{with} AS\n    SELECT {}\n    FROM {};",
        quote(&old.name),
        quote_list(&columns),
        quote(&new.name)
    );
    (format!("DROP VIEW {};", quote(&old.name)).into(), [view.into(), copy_privileges(&new.name, &old.name)])
}

/// Whether two tables hold nearly the same: half of the columns of both have the same name and type.
fn alike(old: &Table, new: &Table) -> bool {
    let plain = |name: &str| !matches!(name, "id" | "created_at" | "updated_at" | "deleted_at");
    let own = |table: &Table| table.columns.iter().filter(|column| plain(&column.name)).count();
    let shared = old
        .columns
        .iter()
        .filter(|column| plain(&column.name))
        .filter(|column| new.column(&column.name).is_some_and(|other| other.sql_type == column.sql_type))
        .count();
    shared > 0 && shared * 2 >= own(old).max(own(new))
}

template!(CopyPrivileges<'a> from "../templates/copy_privileges.sql" { table: NameLiteral<'a>, view: NameLiteral<'a> });

/// Who may use a table may use the view of its old name.
fn copy_privileges(table: &str, view: &str) -> Statement {
    CopyPrivileges { table: NameLiteral(table), view: NameLiteral(view) }.sql().into()
}
