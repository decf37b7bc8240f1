//! A column is replaced by another: under another name, or of another type.
//!
//! The new column is filled next to the old one while both releases write: a trigger keeps the two alike. When the old
//! release is gone the new column takes the name, and the old one is dropped. Each step can be taken back while the program
//! runs.

use super::alike::differs;
use super::conversion::Conversion;
use super::convert::{Convert, both_settings};
use super::nulls::NullFor;
use crate::dialect::Dialect;
use crate::plan::backfill::{Backfill, Refusal};
use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{Planner, Rank, before, exclusive, path};
use crate::plan::{Look, Phase, Script};
use crate::schema::{Column, Table};
use crate::sql::ddl::{self, Setting};
use crate::sql::{Statement, quote};

/// One column that takes the place of another.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Replacement {
    /// The old column, under its old name.
    pub(super) old: Column,
    /// The new column, under its new name.
    pub(super) new: Column,
    /// The name that the new one has until it takes its own.
    pub(super) standing: String,
    /// How old values become new ones, and new ones old ones.
    pub(super) forward: Convert,
    pub(super) back: Convert,
    /// The words that acknowledge what happens to the old values, and what is lost of them.
    pub(super) words: Vec<String>,
    pub(super) lost: Option<String>,
}

impl Replacement {
    /// Whether the new column waits for its name.
    pub(super) fn waits(&self) -> bool {
        self.standing != self.new.name
    }

    /// The name of the old column once the new one has its name.
    pub(super) fn retired(&self) -> String {
        if self.waits() { before(&self.old.name) } else { self.old.name.clone() }
    }

    /// Whether a value of the new type may have no form in the old one that gives it back.
    fn is_lossy(&self) -> bool {
        !self.back.is_lossless()
    }

    /// What is the same in each session that casts their values.
    pub(super) fn settings(&self) -> Vec<Setting> {
        both_settings(&self.forward, &self.back)
    }

    /// What each transaction begins with that compares or casts their values.
    fn pins(&self) -> Vec<Statement> {
        self.forward.pins(&self.back)
    }

    /// The rows whose two values do not belong together: neither is what the other becomes. Where one of the two ways loses
    /// nothing the other way decides.
    pub(super) fn odd(&self, old: &str, new: &str, dialect: &Dialect) -> String {
        let by_old = differs(new, &self.forward.value(old, dialect), &self.new, dialect);
        let by_new = differs(old, &self.back.value(new, dialect), &self.old, dialect);
        match (self.forward.is_lossless(), self.is_lossy()) {
            (_, false) => by_old,
            (true, true) => by_new,
            (false, true) => format!("{by_old} AND {by_new}"),
        }
    }

    /// What the way back says of values in the new column that are others when they come out of the old one.
    fn refusal(&self, table: &Table, column: &str, old_value: &str, dialect: &Dialect) -> Option<Refusal> {
        let (name, was) = (path(table, column), &self.old.sql_type);
        Some(Refusal {
            rows: self.refused(&quote(column), old_value, dialect)?,
            message: format!("some rows have values in {name} that {was} does not take"),
            hint: format!("give these rows a value in {name} that {was} takes, and run this file again"),
        })
    }

    /// Whether a new value is another one when it comes out of the old one; nothing where that cannot be.
    pub(super) fn refused(&self, value: &str, old_value: &str, dialect: &Dialect) -> Option<String> {
        let differs = differs(value, &self.forward.value(old_value, dialect), &self.new, dialect);
        // What the author made of the old values is not expected to become them again. A row that was not filled yet has
        // lost nothing.
        (self.is_lossy() && !self.forward.is_by_author()).then(|| format!("{value} IS NOT NULL AND {differs}"))
    }
}

impl Planner<'_> {
    pub(super) fn replace_column(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) {
        let Some(it) = self.replacement(old_table, table, old, new) else { return };
        let source = quote(&it.old.name);
        let value = it.forward.value(&source, self.dialect);
        let column =
            Column { name: it.standing.clone(), nullable: true, default: None, generated: None, ..new.clone() };
        let Some(add) = ddl::add_column(&table.name, &column, self.dialect) else { return };
        let mut up = vec![add];
        if let Some(comment) = &new.comment {
            up.push(ddl::comment_on_column(&table.name, &it.standing, Some(comment)));
        }
        let what = path(table, &it.standing);
        self.acknowledged_step(
            (Phase::Expand, Rank::Columns),
            &format!("add_{}_{}", table.name, it.standing),
            &format!("it takes the place of {}, which the old release goes on using", path(table, &it.old.name)),
            &it.words,
            Script::quick(format!("adds the column {what}, empty"), exclusive(&table.name), up)
                .look(self.look_ahead(table, &it)),
            Script::quick(
                format!("drops the column {what}"),
                exclusive(&table.name),
                vec![ddl::drop_column(&table.name, &it.standing)],
            ),
        );
        let (create, drop) = self.sync_scripts(table, &it);
        let drop = self.stop_sync(table, &it, drop);
        let why = "each release writes its own column, and reads what the other wrote";
        let name = format!("sync_{}_{}", table.name, it.standing);
        self.acknowledged_step((Phase::Expand, Rank::Triggers), &name, why, &it.words, create, drop);
        let missing = it.odd(&source, &quote(&it.standing), self.dialect);
        let Some(fired) = self.fires_beside(table, &it.standing) else { return };
        let fill = Backfill {
            table,
            column: &it.standing,
            value: &value,
            missing: &missing,
            refuses: self.stops(table, &it),
            guard: self.casts_alike(table, &it),
        };
        self.fill_by(fill, &fired);
        if !new.nullable {
            let standing = Column { name: it.standing.clone(), ..new.clone() };
            self.not_null(table, &standing, Phase::Backfill, &[]);
        }
        self.replacements.entry(table.name.clone()).or_default().push(it);
    }

    /// What each transaction begins with that fills one of the two columns.
    fn casts_alike(&self, table: &Table, it: &Replacement) -> Vec<Statement> {
        let pins = it.settings().into_iter().map(Setting::perform);
        self.fills_rows(&table.name).into_iter().chain(pins).collect()
    }

    /// What stops a fill where no value may be lost.
    fn stops(&self, table: &Table, it: &Replacement) -> Option<Refusal> {
        if it.lost.is_some() {
            return None;
        }
        let (name, to) = (path(table, &it.old.name), &it.new.sql_type);
        Some(Refusal {
            rows: it.forward.unfit(&quote(&it.old.name), &it.back, self.dialect)?,
            message: format!("some rows have values in {name} that {to} does not take"),
            hint: format!("give these rows a value in {name} that {to} takes, and run this file again"),
        })
    }

    /// Finds what would stop the fill, before there is anything to fill.
    fn look_ahead(&self, table: &Table, it: &Replacement) -> Option<Look> {
        let refusal = self.stops(table, it)?;
        self.look_for(&table.name, &refusal.rows, &refusal.message, "give them values that it takes")
    }

    /// The old release may have written such a value after the fill: the old column has it still, and keeps it.
    fn look_again(&mut self, table: &Table, it: &Replacement) {
        // The trigger itself refuses what has no form in the new column.
        if !matches!(it.forward.conversion, Conversion::Loses { .. }) {
            return;
        }
        let Some(refusal) = self.stops(table, it) else { return };
        let look = [it.pins(), vec![refusal.before(&table.name)]].concat();
        let what = format!("makes sure that {} takes every value of {}", it.new.sql_type, path(table, &it.old.name));
        self.acknowledged_step(
            (Phase::Contract, Rank::Relax),
            &format!("fits_{}_{}", table.name, it.old.name),
            "the old release wrote until now, and its values are in the old column alone",
            &it.words,
            Script::reading(what, Locks::on(LockMode::AccessShare, [&table.name]), look).reads(&table.name),
            Script::nothing("looks at nothing: the way back keeps the old column"),
        );
    }

    /// The way back from both columns to the old one, which from then on is written alone: its values must be those of the
    /// new one before, not after. After the last look no value comes that it does not take.
    fn stop_sync(&self, table: &Table, it: &Replacement, drop: Script) -> Script {
        let Some(refusal) = it.refusal(table, &it.standing, &quote(&it.old.name), self.dialect) else { return drop };
        let look = [it.pins(), vec![refusal.before(&table.name)]].concat();
        let drops = drop.statements().cloned().collect();
        let refusing = self.refusing(table, it).filter(|_| self.dialect.transactional_ddl);
        let groups = match refusing {
            Some(refusing) => {
                vec![look.clone(), vec![ddl::wait_for_writers(&table.name), refusing], look, drops]
            }
            None => vec![look, drops],
        };
        Script::in_turn(
            format!("{}, where {} has all of {}", drop.what, path(table, &it.old.name), path(table, &it.standing)),
            drop.locks.clone(),
            "as long as every row takes to be read, then an instant",
            groups,
        )
        .reads(&table.name)
    }

    /// What comes when the old release is gone.
    pub(super) fn contract_replacements(&mut self) {
        for (name, list) in self.replacements.clone() {
            let Some(table) = self.new_schema().tables.get(&name) else { continue };
            let old_table = self.old_table_of(table);
            for it in &list {
                self.look_again(table, it);
            }
            self.switch(&old_table, table, &list);
            self.turn_functions(table, &list);
            for it in &list {
                self.retire(table, it);
            }
        }
    }

    fn retire(&mut self, table: &Table, it: &Replacement) {
        let retired = it.retired();
        let old = Column { name: retired.clone(), comment: None, ..it.old.clone() };
        if !it.old.nullable {
            self.take_null(table, &old, NullFor::Retired);
        }
        let back = it.back.value(&quote(&it.new.name), self.dialect);
        let odd = it.odd(&quote(&retired), &quote(&it.new.name), self.dialect);
        let fill = Backfill {
            table,
            column: &retired,
            value: &back,
            missing: &differs(&quote(&retired), &back, &it.old, self.dialect),
            refuses: it.refusal(table, &it.new.name, &back, self.dialect),
            guard: self.casts_alike(table, it),
        };
        let Some(words) = self.fires_beside(table, &retired) else { return };
        let name = format!("compare_{}_{}", table.name, it.new.name);
        let why = "a column is dropped only when its values are known to be in the other one";
        let leaves = || Script::nothing(format!("leaves {} to the next file", path(table, &retired)));
        // The last one of the way back comes first here.
        for (index, (down, _)) in fill.scripts(self.dialect).into_iter().rev().enumerate() {
            let up = if index == 0 && self.dialect.anonymous_loops {
                let what =
                    format!("makes sure that {} holds what {} held", path(table, &it.new.name), path(table, &retired));
                let compare = [it.pins(), vec![compare(table, it, &odd)]].concat();
                Script::reading(what, Locks::on(LockMode::AccessShare, [&table.name]), compare).reads(&table.name)
            } else {
                leaves()
            };
            let name = if index == 0 { name.clone() } else { format!("{name}_{}", index + 1) };
            self.acknowledged_step((Phase::Contract, Rank::Compare), &name, why, &words, up, down);
        }
        let refusal = it.refusal(table, &it.new.name, &back, self.dialect).filter(|_| !self.dialect.anonymous_loops);
        if let Some(refusal) = refusal {
            // A procedure cannot look before each batch: on the way back this comes before it.
            self.step(
                (Phase::Contract, Rank::Compare),
                &format!("fits_{}_{}", table.name, it.new.name),
                "what the old type does not take would be lost on the way back",
                leaves(),
                Script::reading(
                    format!("makes sure that {} takes every value", path(table, &retired)),
                    Locks::on(LockMode::AccessShare, [&table.name]),
                    vec![refusal.before(&table.name)],
                )
                .reads(&table.name),
            );
        }
        self.drop_retired(table, it, &old);
    }

    fn drop_retired(&mut self, table: &Table, it: &Replacement, old: &Column) {
        let lock = exclusive(&table.name);
        let keeping = self.standing_triggers(table, it);
        let mut up = keeping.drop;
        if let (false, Some(default)) = (it.waits(), &it.new.default) {
            up.push(ddl::set_default(&table.name, &it.new.name, default));
        }
        up.push(ddl::drop_column(&table.name, &old.name));
        // With its default at once each row would get that value, which may break what is unique.
        let empty = Column { nullable: true, default: None, ..old.clone() };
        let mut down: Vec<Statement> = ddl::add_column(&table.name, &empty, self.dialect).into_iter().collect();
        down.extend(old.default.as_ref().map(|default| ddl::set_default(&table.name, &old.name, default)));
        if let Some(comment) = &it.old.comment {
            down.push(ddl::comment_on_column(&table.name, &old.name, Some(comment)));
        }
        if let (false, Some(_)) = (it.waits(), &it.new.default) {
            down.push(ddl::drop_default(&table.name, &it.new.name));
        }
        down.extend(keeping.create);
        let what = format!("drops the column {} and what kept it alike", path(table, &old.name));
        let mut drops = if self.dialect.anonymous_loops {
            // Between the file before and this one anything may have happened, and nothing brings the column back.
            let was = quote(&old.name);
            let odd = it.odd(&was, &quote(&it.new.name), self.dialect);
            // The way back makes it without values: where it has none, none is lost.
            let odd = format!("{was} IS NOT NULL AND {odd}");
            let look = [it.pins(), vec![compare(table, it, &odd)]].concat();
            let takes = "as long as every row takes to be read, then an instant";
            Script::in_turn(what, &lock, takes, vec![look, up]).reads(&table.name)
        } else {
            Script::quick(what, &lock, up)
        };
        let nulls = it.forward.gives().then(|| format!("which rows had NULL in {}", path(table, &old.name)));
        let lost: Vec<String> = it.lost.iter().cloned().chain(nulls).collect();
        drops.loses = (!lost.is_empty()).then(|| lost.join("; "));
        self.acknowledged_step(
            (Phase::Contract, Rank::DropColumns),
            &format!("drop_{}_{}", table.name, old.name),
            &format!("its values are in {}", path(table, &it.new.name)),
            &it.words,
            drops,
            Script::quick(
                format!("makes the column {} again; the next file fills it", path(table, &old.name)),
                lock,
                down,
            ),
        );
    }
}

fn compare(table: &Table, it: &Replacement, odd: &str) -> Statement {
    let message = format!("{} does not hold what {} held", path(table, &it.new.name), path(table, &it.retired()));
    let hint = "run the file that fills it again, and look whether the trigger that keeps the two alike is there";
    ddl::raise_where_rows(&table.name, odd, &message, hint)
}
