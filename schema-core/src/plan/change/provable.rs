//! Constraints that are added without reading the rows, and are proved by a file of their own.

use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{Planner, Rank, before, beside, exclusive, shared};
use crate::plan::{Look, Phase, Script};
use crate::schema::{Check, ForeignKey};
use crate::sql::Statement;
use crate::sql::{ddl, quote};

/// A constraint that can be added without looking at the rows, and proved later.
pub(super) struct Provable<'a> {
    table: &'a str,
    name: &'a str,
    body: String,
    what: String,
    locks: Locks,
    reads: Locks,
    /// What dropping it locks.
    drops: Locks,
    /// What recreating it locks, where nothing of it is left.
    recreating: Locks,
    /// The rows that break it, after WHERE.
    broken: String,
    /// The tables whose rows decide whether it holds.
    looks_at: Vec<&'a str>,
    /// Whether the server proves it by a query, from which policies hide rows, and not by reading the table.
    by_query: bool,
}

impl<'a> Provable<'a> {
    pub(super) fn check(table: &'a str, check: &'a Check) -> Self {
        Self {
            table,
            name: &check.name,
            body: ddl::check_body(&check.expression),
            what: format!("the check {} of {table}", check.name),
            locks: exclusive(table),
            reads: shared(table),
            drops: exclusive(table),
            recreating: exclusive(table),
            broken: format!("NOT ({})", check.expression),
            looks_at: vec![table],
            by_query: false,
        }
    }

    pub(super) fn foreign_key(table: &'a str, key: &'a ForeignKey) -> Self {
        let locks = match key.table.as_str() {
            target if target == table => Locks::on(LockMode::ShareRowExclusive, [table]),
            target => Locks::on(LockMode::ShareRowExclusive, [table, target]),
        };
        Self {
            table,
            name: &key.name,
            body: ddl::foreign_key_body(key),
            what: format!("the foreign key {} of {table}", key.name),
            locks,
            reads: shared(table).and(Locks::on(LockMode::RowShare, [&key.table])),
            drops: if key.table == table {
                exclusive(table)
            } else {
                Locks::on(LockMode::AccessExclusive, [table, &key.table])
            },
            recreating: if key.table == table {
                exclusive(table)
            } else {
                exclusive(table).and(Locks::on(LockMode::ShareRowExclusive, [&key.table]))
            },
            broken: orphans(table, key),
            looks_at: vec![table, &key.table],
            by_query: true,
        }
    }

    /// A look for the rows that break it.
    fn look(&self, planner: &Planner<'_>) -> Option<Look> {
        planner.look_for(self.table, &self.broken, &format!("some rows break {}", self.what), "change or delete them")
    }

    fn add(&self, name: &str) -> Statement {
        ddl::add_not_valid(self.table, name, &self.body)
    }

    fn validate(&self, name: &str) -> Statement {
        ddl::validate_constraint(self.table, name)
    }

    /// Adds it and proves it, as the way down of what drops it.
    pub(super) fn again(&self) -> Script {
        let mut groups = vec![self.unbroken()];
        groups.extend(proved_again(self.table, self.name, &self.body));
        let takes = "an instant, then as long as every row takes to be read";
        self.looking(Script::in_turn(format!("adds {} again", self.what), &self.recreating, takes, groups))
    }

    /// The script, which reads the rows.
    fn looking(&self, script: Script) -> Script {
        self.looks_at.iter().fold(script, |script, table| script.reads(*table))
    }

    /// The script that proves it.
    fn proving(&self, what: String, name: &str) -> Script {
        let script = Script::reading(what, &self.reads, vec![self.validate(name)]);
        if self.by_query { self.looking(script) } else { script }
    }

    /// Says what to do where rows came to break it, before anything is locked.
    fn unbroken(&self) -> Vec<Statement> {
        let message = format!("some rows break {}, which did not hold for a while", self.what);
        let hint = format!(
            "change or delete the rows of SELECT * FROM {} WHERE {}; and run this file again",
            quote(self.table),
            self.broken
        );
        vec![ddl::raise_where_rows(self.table, &self.broken, &message, &hint)]
    }
}

/// The transactions that add a constraint and prove it, where a part of it may be left.
pub(super) fn proved_again(table: &str, name: &str, body: &str) -> [Vec<Statement>; 2] {
    [
        vec![ddl::drop_constraint_if_exists(table, name), ddl::add_not_valid(table, name, body)],
        vec![ddl::validate_constraint(table, name)],
    ]
}

/// The rows of a table that reference none, after WHERE.
fn orphans(table: &str, key: &ForeignKey) -> String {
    let own = |column: &String| format!("{}.{}", quote(table), quote(column));
    let given = key.columns.iter().map(|column| format!("{} IS NOT NULL", own(column)));
    let equal = key
        .columns
        .iter()
        .zip(&key.target_columns)
        .map(|(column, target)| format!("target.{} = {}", quote(target), own(column)));
    format!(
        "{} AND NOT EXISTS (SELECT FROM {} AS target WHERE {})",
        given.collect::<Vec<_>>().join(" AND "),
        quote(&key.table),
        equal.collect::<Vec<_>>().join(" AND ")
    )
}

impl Planner<'_> {
    /// Adds a constraint that no row is checked against yet, then checks every row against it.
    pub(super) fn prove(&mut self, at: (Phase, Rank), it: &Provable<'_>) {
        let drop = ddl::drop_constraint_if_exists(it.table, it.name);
        self.step(
            at,
            &format!("add_{}", it.name),
            "new rows are held to it at once, the others by the next file, which blocks nobody",
            Script::quick(format!("adds {}, not valid yet", it.what), &it.locks, vec![it.add(it.name)])
                .look(it.look(self)),
            Script::quick(format!("drops {}", it.what), &it.drops, vec![drop]),
        );
        self.step(
            at,
            &format!("validate_{}", it.name),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            it.proving(format!("proves {}", it.what), it.name),
            Script::nothing(format!("leaves {} to the file before, which drops it", it.what)),
        );
    }

    pub(super) fn unprove(&mut self, at: (Phase, Rank), it: &Provable<'_>) {
        self.step(
            at,
            &format!("drop_{}", it.name),
            "the models do not have it any more",
            Script::quick(format!("drops {}", it.what), &it.drops, vec![ddl::drop_constraint(it.table, it.name)]),
            it.again(),
        );
    }

    /// The same of a partitioned table, which takes no foreign key that is proved later: the way back proves it at once.
    pub(super) fn unprove_of_partitions(&mut self, at: (Phase, Rank), it: &Provable<'_>, referenced: &str) {
        let add = ddl::add_constraint(it.table, it.name, &it.body);
        self.step(
            at,
            &format!("drop_{}", it.name),
            "the models do not have it any more",
            Script::quick(format!("drops {}", it.what), &it.drops, vec![ddl::drop_constraint(it.table, it.name)]),
            Script::reading(format!("adds {} again", it.what), &it.locks, vec![add]).reads(it.table).reads(referenced),
        );
    }

    /// Builds the new one next to the old one, and lets it take the old one's name.
    pub(super) fn swap(&mut self, at: (Phase, Rank), old: &Provable<'_>, new: &Provable<'_>) {
        let name = beside(new.name);
        self.step(
            at,
            &format!("add_{name}"),
            "the old one holds until the new one is proved",
            Script::quick(format!("adds {} as it is to be, not valid yet", new.what), &new.locks, vec![new.add(&name)])
                .look(new.look(self)),
            Script::quick(
                format!("drops what was built beside {}", new.what),
                &new.drops,
                vec![ddl::drop_constraint_if_exists(new.table, &name)],
            ),
        );
        self.step(
            at,
            &format!("validate_{name}"),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            new.proving(format!("proves {} as it is to be", new.what), &name),
            Script::nothing(format!("leaves {} to the files around it", new.what)),
        );
        let spare = before(old.name);
        let locks = if old.drops == new.drops { new.drops.clone() } else { old.drops.clone().and(&new.drops) };
        let up = vec![ddl::drop_constraint(new.table, old.name), ddl::rename_constraint(new.table, &name, new.name)];
        let back = vec![
            ddl::rename_constraint(new.table, new.name, &name),
            ddl::rename_constraint(old.table, &spare, old.name),
        ];
        let mut groups = vec![old.unbroken()];
        groups.extend(proved_again(old.table, &spare, &old.body));
        groups.push(back);
        self.step(
            at,
            &format!("switch_{}", new.name),
            "every row keeps to the new one",
            Script::quick(format!("puts {} in the place of the old one", new.what), &locks, up),
            old.looking(Script::in_turn(
                format!("puts {} back as it was", old.what),
                &old.recreating,
                "an instant, then as long as every row takes to be read, then an instant",
                groups,
            )),
        );
    }
}
