//! Indexes, and how a unique key or a primary key changes.

use super::constraints::columns_of;
use super::keys::Key;
use crate::attribute::storage::{Of, in_place};
use crate::dialect::ONE_TARGET;
use crate::diff::Item;
use crate::place::Place;
use crate::plan::locks::{LockMode, Locked, Locks, Remark, TableLock};
use crate::plan::planner::{HAZARD, Planner, Rank, before, beside, exclusive, shared};
use crate::plan::{Phase, Script};
use crate::schema::{Index, KeyTarget, Method, PrimaryKey, Table, Unique};
use crate::sql::Statement;
use crate::sql::ddl;

const BUILDS: &str = "as long as every row takes to be read twice";
const WAITS: &str = "until every transaction that may use it has ended";

/// The script that builds an index while the program runs.
pub(super) fn create(table: &str, index: &Index) -> Script {
    Script::alone(
        format!("builds the index {} of {table}", index.name),
        shared(table),
        BUILDS,
        ddl::create_index_concurrently(table, index),
    )
}

fn drop(table: &str, name: &str) -> Script {
    Script::alone(
        format!("drops the index {name} of {table}"),
        shared(table),
        WAITS,
        ddl::drop_index_concurrently(name),
    )
}

fn under(index: &Index, name: &str) -> Index {
    Index { name: name.to_owned(), ..index.clone() }
}

/// Every column that an index names.
pub(super) fn columns_of_index(index: &Index) -> Vec<String> {
    let key = index.key.iter().flat_map(|key| match &key.target {
        KeyTarget::Column(name) => vec![name.clone()],
        KeyTarget::Expression(expression) => columns_of(expression),
    });
    let predicate = index.predicate.iter().flat_map(|predicate| columns_of(predicate));
    key.chain(index.include.iter().cloned()).chain(predicate).collect()
}

impl Planner<'_> {
    pub(super) fn index(&mut self, table: &Table, item: Item<'_, Index>) {
        if table.partitioning.is_some() && !matches!(item, Item::Rename { .. }) {
            return self.partitioned_index(table, item);
        }
        match item {
            Item::Add(new) if self.index_of_constraint(table, new) => {}
            Item::Add(new) => self.build(self.filled_at(table, &columns_of_index(new)), table, new),
            // The key's own change makes it the key.
            Item::Drop(old) if self.becomes_constraint(table, old) => {}
            Item::Drop(old) => self.unbuild(self.unbuilt_at(table, old), table, old),
            Item::Change { old, new } if only_parameters(old, new) => self.index_parameters(table, old, new),
            Item::Change { old, new } => {
                self.swap_index(self.filled_at(table, &columns_of_index(new)), table, old, new);
            }
            Item::Rename { old, new } => self.rename_index(table, &old.name, &new.name),
        }
    }

    pub(super) fn unique(&mut self, table: &Table, item: Item<'_, Unique>) {
        let constraint = |unique: &Unique| ddl::is_constraint(unique, self.dialect);
        if let Item::Rename { old, new } = item {
            return if constraint(new) {
                self.rename_constraint(table, &old.name, &new.name);
            } else {
                self.rename_index(table, &old.name, &new.name);
            };
        }
        let is = (item.was().map(constraint), item.now().map(constraint));
        if is.0 != Some(true) && is.1 != Some(true) {
            let (old, new) = (item.was().map(ddl::unique_index), item.now().map(ddl::unique_index));
            return match (&old, &new) {
                (Some(old), Some(new)) => self.index(table, Item::Change { old, new }),
                (None, Some(new)) => self.index(table, Item::Add(new)),
                (Some(old), None) => self.index(table, Item::Drop(old)),
                (None, None) => {}
            };
        }
        if table.partitioning.is_some() {
            return self.partitioned_unique(table, item);
        }
        let key = |unique: &Unique| Key::unique(unique, self.dialect);
        match item {
            Item::Add(new) if self.constraint_of_index(table, new) => {}
            Item::Add(new) => self.add_key(self.filled_at(table, &new.columns), table, &key(new)),
            Item::Drop(old) if self.becomes_index(table, old) => {}
            Item::Drop(old) => self.drop_key(self.unbuilt_at(table, &ddl::unique_index(old)), table, &key(old)),
            Item::Change { old, new } => {
                let at = self.filled_at(table, &new.columns);
                self.swap_key((at, at), table, (&key(old), &key(old)), &key(new));
            }
            Item::Rename { .. } => {}
        }
    }

    /// When an index goes: the old release runs its queries until it is gone. One that takes a single NULL is built again, on the way back, after the column that comes back is
    /// filled.
    fn unbuilt_at(&self, table: &Table, old: &Index) -> (Phase, Rank) {
        let columns = columns_of_index(old);
        let mut list = self.replacements.get(&table.name).into_iter().flatten();
        let comes_back_empty = old.unique && old.nulls_not_distinct && list.any(|it| columns.contains(&it.retired()));
        (Phase::Contract, if comes_back_empty { Rank::Unkey } else { Rank::Unbuild })
    }

    pub(super) fn unique_at(&mut self, at: (Phase, Rank), table: &Table, new: &Unique) {
        if ddl::is_constraint(new, self.dialect) {
            self.add_key(at, table, &Key::unique(new, self.dialect));
        } else {
            self.build(at, table, &ddl::unique_index(new));
        }
    }

    /// Looks for rows that a unique index would refuse, in a file of its own: the next one has a single statement.
    pub(super) fn twins(&mut self, at: (Phase, Rank), table: &Table, index: &Index) {
        let Some(look) = self.look_for_twins(table, index) else { return };
        let what = format!("makes sure that no two rows of {} are the same in {}", table.name, index.name);
        self.step(
            at,
            &format!("look_{}", index.name),
            "a unique index that cannot be built is found out when it is nearly done, and holds up writers until it is dropped",
            Script::quick(what, Locks::NONE, Vec::new()).look(Some(look)),
            Script::nothing("looks at nothing: the way back makes nothing unique"),
        );
    }

    /// Builds an index and makes sure that it can be used.
    pub(super) fn build(&mut self, at: (Phase, Rank), table: &Table, index: &Index) {
        self.twins(at, table, index);
        self.step(
            at,
            &format!("build_{}", index.name),
            "an index on a table with rows is built while the program runs",
            create(&table.name, index),
            drop(&table.name, &index.name),
        );
        self.assert_valid(at, table, &index.name);
    }

    fn assert_valid(&mut self, at: (Phase, Rank), table: &Table, name: &str) {
        if self.dialect.invalid_indexes {
            self.step(
                at,
                &format!("assert_{name}"),
                "a build that was interrupted leaves an index that no query uses",
                Script::quick(
                    format!("makes sure that the index {name} of {} is valid", table.name),
                    Locks::NONE,
                    vec![ddl::assert_index_is_valid(name)],
                ),
                Script::nothing(format!("leaves the index {name} to the file before, which drops it")),
            );
        }
    }

    fn unbuild(&mut self, at: (Phase, Rank), table: &Table, index: &Index) {
        self.step(
            at,
            &format!("drop_{}", index.name),
            "the models do not have it any more",
            drop(&table.name, &index.name),
            create(&table.name, index),
        );
    }

    /// Builds the new one next to the old one, and lets it take the old one's name.
    fn swap_index(&mut self, at: (Phase, Rank), table: &Table, old: &Index, new: &Index) {
        let aside = beside(&new.name);
        self.build(at, table, &under(new, &aside));
        self.unbuild(at, table, old);
        self.step(
            at,
            &format!("rename_{aside}"),
            "the old index is gone, so its name is free",
            rename(table, &aside, &new.name),
            rename(table, &new.name, &aside),
        );
    }

    /// What the access method takes up without building anything.
    fn index_parameters(&mut self, table: &Table, old: &Index, new: &Index) {
        let name = &new.name;
        let mode = match new.method {
            // For a moment, since nothing is built.
            Method::Gin | Method::Brin => LockMode::AccessExclusive,
            _ => LockMode::ShareUpdateExclusive,
        };
        let lock = of_index(mode, name);
        self.step(
            (Phase::Expand, Rank::Indexes),
            &format!("storage_{name}"),
            "the models have other storage parameters",
            Script::quick(
                format!("sets the storage parameters of the index {name} of {}", table.name),
                &lock,
                ddl::set_storage("INDEX", name, &old.with, &new.with),
            ),
            Script::quick(
                format!("sets the storage parameters of the index {name} of {} back", table.name),
                &lock,
                ddl::set_storage("INDEX", name, &new.with, &old.with),
            ),
        );
    }

    fn rename_index(&mut self, table: &Table, from: &str, to: &str) {
        self.renamed(table, from, to, ddl::rename_index);
    }

    /// Collects a rename: those of one table come in one file.
    pub(super) fn renamed(&mut self, table: &Table, from: &str, to: &str, rename: impl Fn(&str, &str) -> Statement) {
        let pair = |from: &str, to: &str| (rename(from, to), rename(to, from));
        let taken = self.pair.old.tables.values().any(|table| has_name(table, to));
        let phase = if self.gives_its_name(from) { Phase::Expand } else { Phase::Contract };
        let names = self.renames.entry((table.name.clone(), phase)).or_default();
        if taken {
            // The name is free when every rename of this plan is half done.
            names.0.push(pair(from, &before(from)));
            names.1.push(pair(&before(from), to));
        } else {
            names.0.push(pair(from, to));
        }
    }

    /// Whether a constraint or an index gets another name before something else takes the one that it has. Otherwise the
    /// errors of the old release name it until that is gone.
    pub(super) fn gives_its_name(&self, name: &str) -> bool {
        self.pair.new.tables.values().any(|table| has_name(table, name))
    }

    /// The renames that were collected.
    pub(super) fn rename_all(&mut self) {
        for ((table, phase), (first, second)) in std::mem::take(&mut self.renames) {
            for (rank, list) in [(Rank::Names, first), (Rank::Relax, second)] {
                if list.is_empty() {
                    continue;
                }
                let (up, mut down): (Vec<Statement>, Vec<Statement>) = list.into_iter().unzip();
                down.reverse();
                let what = format!("renames the constraints and indexes of {table}");
                self.step(
                    (phase, rank),
                    &format!("names_{table}"),
                    "their names follow from the names of the table and its columns",
                    Script::quick(what.as_str(), exclusive(&table), up),
                    Script::quick(format!("{what} back"), exclusive(&table), down),
                );
            }
        }
    }

    pub(super) fn primary_key(&mut self, old_table: &Table, table: &Table) {
        let (old, new) = (&old_table.primary_key, &table.primary_key);
        if old.columns == new.columns {
            return self.rename_constraint(table, &old.name, &new.name);
        }
        if table.partitioning.is_some()
            || (!self.dialect.using_index && old.columns.is_empty() != new.columns.is_empty())
        {
            let place = Place::of_primary_key(table);
            let message = format!(
                "there is no safe way from the key ({}) to ({})",
                old.columns.join(", "),
                new.columns.join(", ")
            );
            let help = "create a table with the new key, move the rows, and drop the old table".to_owned();
            return self.refuse(HAZARD, place, message, help);
        }
        if !self.dialect.using_index && !self.dialect.alter_primary_key {
            let message = "there is no statement on every target that changes the primary key".to_owned();
            let place = Place::of_primary_key(table);
            return self.refuse(HAZARD, place, message, ONE_TARGET.to_owned());
        }
        if !self.dialect.using_index {
            let alter = |key: &PrimaryKey| {
                Script::alone(
                    format!("makes ({}) the primary key of {}", key.columns.join(", "), table.name),
                    Locks::NONE,
                    "as long as every row takes to be written",
                    ddl::alter_primary_key(&table.name, &key.columns),
                )
            };
            return self.step(
                (Phase::Contract, Rank::Keys),
                &format!("key_{}", table.name),
                "the models have another key",
                alter(new),
                alter(old),
            );
        }
        let at = (Phase::Contract, Rank::Keys);
        match (old.columns.is_empty(), new.columns.is_empty()) {
            (true, _) if self.primary_key_of_index(table, new) => {}
            (true, _) => self.add_key(at, table, &Key::primary(new)),
            (_, true) => self.drop_key(at, table, &Key::primary(old)),
            _ => {
                let was = Key::primary(old);
                self.swap_key((at, at), table, (&was, &was), &Key::primary(new));
            }
        }
    }

    /// When an index may be built: after the rows that it holds.
    pub(super) fn filled_at(&self, table: &Table, columns: &[String]) -> (Phase, Rank) {
        let filled = columns.iter().any(|column| self.filled.contains(&(table.name.clone(), column.clone())));
        (if filled { Phase::Backfill } else { Phase::Expand }, Rank::Indexes)
    }

    /// An index of a partitioned table cannot be built in one statement while the program runs.
    fn partitioned_index(&mut self, table: &Table, item: Item<'_, Index>) {
        let create = |index: &Index| ddl::create_index(&table.name, index);
        let drop = |index: &Index| ddl::drop_index(&index.name);
        let (old, new) = (item.was(), item.now());
        let up = old.map(drop).into_iter().chain(new.map(create)).collect();
        let down = new.map(drop).into_iter().chain(old.map(create)).collect();
        let name = new.or(old).map_or("", |index| &index.name);
        self.partitioned(table, "index", name, (up, down), (old.is_some(), new.is_some()));
    }

    fn partitioned_unique(&mut self, table: &Table, item: Item<'_, Unique>) {
        let add = |it: &Unique| ddl::add_constraint(&table.name, &it.name, &ddl::unique_body(it));
        let drop = |it: &Unique| ddl::drop_constraint(&table.name, &it.name);
        let (old, new) = (item.was(), item.now());
        let up = old.map(drop).into_iter().chain(new.map(add)).collect();
        let down = new.map(drop).into_iter().chain(old.map(add)).collect();
        let name = new.or(old).map_or("", |it| &it.name);
        self.partitioned(table, "unique key", name, (up, down), (old.is_some(), new.is_some()));
    }

    fn partitioned(
        &mut self,
        table: &Table,
        what: &str,
        name: &str,
        (up, down): (Vec<Statement>, Vec<Statement>),
        (drops, builds): (bool, bool),
    ) {
        let hazard = format!("blocks {}", table.name);
        let message = format!("the {what} {name} of a partitioned table is built while no row can be written");
        if builds && !self.acknowledge(&hazard, Place::table(&table.name), message, "") {
            return;
        }
        let acknowledged: &[String] = if builds { &[hazard] } else { &[] };
        let phase = if builds { Phase::Expand } else { Phase::Contract };
        let script = |what: String, builds: bool, drops: bool, statements| {
            let mode = if drops { LockMode::AccessExclusive } else { LockMode::Share };
            let locks = Locks::of(vec![TableLock { mode, table: Locked::WithPartitions(table.name.clone()) }]);
            match builds {
                true if drops => Script::reading(what, locks.remark(Remark::WhileRead), statements),
                true => Script::reading(what, locks.remark(Remark::WhileReadByOthers), statements),
                false => Script::quick(what, locks, statements),
            }
        };
        let up = script(format!("changes the {what} {name} of {}", table.name), builds, drops, up);
        let down = script(format!("changes the {what} {name} of {} back", table.name), drops, builds, down);
        self.acknowledged_step(
            (phase, if builds { Rank::Indexes } else { Rank::Unbuild }),
            &format!("{}_{name}", if builds { "build" } else { "drop" }),
            "PostgreSQL builds the indexes of all partitions at once",
            acknowledged,
            up,
            down,
        );
    }
}

fn only_parameters(old: &Index, new: &Index) -> bool {
    Index { with: new.with.clone(), ..old.clone() } == *new && in_place(Of::Index(new.method), &old.with, &new.with)
}

/// Whether an index or a constraint of the table has that name; names of indexes are those of the whole schema.
fn has_name(table: &Table, name: &str) -> bool {
    table.primary_key.name == name
        || table.indexes.iter().any(|it| it.name == name)
        || table.uniques.iter().any(|it| it.name == name)
        || table.foreign_keys.iter().any(|it| it.name == name)
        || table.checks.iter().any(|it| it.name == name)
        || table.exclusions.iter().any(|it| it.name == name)
}

fn of_index(mode: LockMode, name: &str) -> Locks {
    Locks::of(vec![TableLock { mode, table: Locked::Index(name.to_owned()) }])
}

fn rename(table: &Table, from: &str, to: &str) -> Script {
    Script::quick(
        format!("renames the index {from} of {} to {to}", table.name),
        of_index(LockMode::ShareUpdateExclusive, from),
        vec![ddl::rename_index(from, to)],
    )
}
