//! A column changes its type in place, with what depends on it.

use std::collections::BTreeSet;

use super::aside::Way;
use super::constraints::is_there_for_columns;
use super::conversion::{Conversion, Family, family};
use super::convert::Convert;
use super::substitute::{Standing, fires_on};
use crate::dialect::ONE_TARGET;
use crate::place::Place;
use crate::plan::locks::Remark;
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive, path, shared};
use crate::plan::{Look, Phase, Script};
use crate::schema::{Check, Column, SqlType, Table};
use crate::sql::{Statement, ddl, fields, quote};

/// What is dropped before the type changes, and recreated after it in the same transaction.
struct Beside {
    away: Vec<Statement>,
    back: Vec<Statement>,
    checks: Vec<Check>,
}

/// The default of a column that changes its type. The server keeps one as a value of the old type that is cast, which is
/// not the one that the models have, and refuses the change where it knows no such cast.
#[derive(Default)]
struct Defaults {
    /// Before the type changes, in either direction.
    away: Option<Statement>,
    up: Option<Statement>,
    down: Option<Statement>,
}

impl Defaults {
    fn of(table: &Table, old: &Column, new: &Column, widening: bool) -> Self {
        if old.sql_type == new.sql_type {
            return Self::default();
        }
        let set = |default: &Option<String>| {
            default.as_ref().map(|default| ddl::set_default(&table.name, &new.name, default))
        };
        let together = comes_with_type(old, new) && !widening;
        let after = if together { new } else { old };
        let assigned = is_assigned(&old.sql_type, &new.sql_type) && is_assigned(&new.sql_type, &old.sql_type);
        let stays = !together && assigned && !is_native(old) && !is_native(new);
        let has_one = old.default.is_some() || after.default.is_some();
        Self {
            away: (has_one && !stays).then(|| ddl::drop_default(&table.name, &new.name)),
            up: set(&after.default),
            down: set(&old.default),
        }
    }

    fn around(&self, statement: Statement, up: bool) -> Vec<Statement> {
        let after = if up { &self.up } else { &self.down };
        self.away.clone().into_iter().chain([statement]).chain(after.clone()).collect()
    }
}

/// Whether a column that is rewritten gets its new default with the type: the old one may be none of its values.
pub(super) fn comes_with_type(old: &Column, new: &Column) -> bool {
    old.sql_type != new.sql_type && old.default != new.default && new.default.is_some()
}

/// Whether the server takes a value of one type for one of the other where it is only assigned, as it does with a default.
pub(super) fn is_assigned(from: &SqlType, to: &SqlType) -> bool {
    use Family::{Boolean, Document, Float, Integer, Moment, Numeric, Text};
    match (family(from), family(to)) {
        (Family::Array(from), Family::Array(to)) => is_assigned(from, to),
        (one, other) => matches!(
            (one, other),
            (_, Text { .. })
                | (Integer(_) | Float(_) | Numeric(_), Integer(_) | Float(_) | Numeric(_))
                | (Moment(_), Moment(_))
                | (Document { .. }, Document { .. })
                | (Boolean, Boolean)
        ),
    }
}

impl Planner<'_> {
    /// A change of type in place.
    pub(super) fn set_type(
        &mut self,
        old_table: &Table,
        table: &Table,
        old: &Column,
        new: &Column,
        acknowledged: &[String],
        lost: Option<String>,
    ) {
        // A program reads a column as one type or the other: the old release has ended, and the new one starts with it.
        let ends = !acknowledged.is_empty() && old.sql_type != new.sql_type;
        let Some(beside) = self.beside((old_table, table), (old, new), ends) else { return };
        let (name, lock) = (path(table, &new.name), exclusive(&table.name));
        let (forward, back) = self.conversions(old, new);
        let pins = forward.pins(&back);
        let with = |to: &Column, convert: &Convert, plain: bool| {
            let column = Column { name: new.name.clone(), ..to.clone() };
            let using = (convert.is_needed() && !plain).then(|| convert.using(&quote(&new.name), self.dialect));
            ddl::set_type(&table.name, &column, using.as_deref(), self.dialect)
        };
        let what = |column: &Column| format!("makes {name} {}", column.sql_type);
        let widening = acknowledged.is_empty();
        let proved = |check: &Check| ddl::add_constraint(&table.name, &check.name, &ddl::check_body(&check.expression));
        let unproved =
            |check: &Check| ddl::add_not_valid(&table.name, &check.name, &ddl::check_body(&check.expression));
        let defaults = Defaults::of(table, old, new, widening);
        let again = if old.sql_type == new.sql_type { Vec::new() } else { self.read_again(old_table, &[old]) };
        let around = |statement: Statement, to: &Column, add: &dyn Fn(&Check) -> Statement| -> Vec<Statement> {
            let checks = beside.checks.iter().map(add);
            let done = defaults.around(statement, to == new);
            let back = beside.back.iter().cloned().chain(checks).chain(again.clone());
            beside.away.iter().cloned().chain(done).chain(back).collect()
        };
        // The server computes what is generated, and holds no value to be lost.
        let looks = |convert: &Convert, other: &Convert| {
            if new.generated.is_some() { Vec::new() } else { self.looks(table, &new.name, convert, other) }
        };
        let up = if widening {
            Script::quick(what(new), &lock, around(with(new, &forward, true), new, &unproved))
        } else {
            let locks = lock.clone().remark(Remark::WhileWritten);
            let look = if lost.is_some() { Vec::new() } else { looks(&forward, &back) };
            let reads = !look.is_empty();
            let mut statements = [pins.clone(), look].concat();
            statements.extend(around(with(new, &forward, false), new, &proved));
            let ahead = reads.then(|| self.unfit_ahead(table, &new.name, &forward, &back)).flatten();
            let script = Script { loses: lost, ..Script::rewriting(what(new), locks, statements) }.look(ahead);
            if reads { script.reads(&table.name) } else { script }
        };
        let look = looks(&back, &forward);
        let reads = !look.is_empty();
        let down = Script::rewriting(
            format!("{} again", what(old)),
            lock.remark(Remark::WhileReadOrWritten),
            pins.into_iter().chain(look).chain(around(with(old, &back, false), old, &proved)).collect(),
        );
        let down = if reads { down.reads(&table.name) } else { down };
        let retypes =
            |script: Script| if old.sql_type == new.sql_type { script } else { script.retypes(&table.name, &new.name) };
        let (up, down) = (retypes(up), retypes(down));
        let why = if widening {
            "PostgreSQL does this without a look at the rows"
        } else {
            "it was acknowledged that the table is blocked meanwhile"
        };
        let phase = if ends { Phase::Contract } else { Phase::Expand };
        let (at, label) = ((phase, Rank::Columns), format!("type_{}_{}", table.name, new.name));
        let (up, down) = (self.around(table, phase, up), self.around(table, phase, down));
        if ends {
            self.starting_step(at, &label, why, acknowledged, up, down);
        } else {
            self.acknowledged_step(at, &label, why, acknowledged, up, down);
        }
        for check in beside.checks.iter().filter(|_| widening) {
            self.prove_again(table, check);
        }
    }

    /// A check that came back unproved with a change of type.
    fn prove_again(&mut self, table: &Table, check: &Check) {
        self.step(
            (Phase::Expand, Rank::Columns),
            &format!("validate_{}", check.name),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            Script::reading(
                format!("proves the check {} of {} again", check.name, table.name),
                shared(&table.name),
                vec![ddl::validate_constraint(&table.name, &check.name)],
            ),
            Script::nothing(format!("leaves the check {} as it is", check.name)),
        );
    }

    /// The functions of triggers that read columns which get another type.
    pub(super) fn read_again(&self, table: &Table, columns: &[&Column]) -> Vec<Statement> {
        if !self.dialect.transactional_ddl {
            return Vec::new();
        }
        let reads = |body: &str| fields(body).iter().any(|field| columns.iter().any(|column| column.name == *field));
        let reading = table.triggers.iter().filter(|it| it.body.as_deref().is_some_and(reads));
        let names: BTreeSet<&str> = reading.map(|it| it.function.as_str()).collect();
        names.into_iter().map(ddl::read_again).collect()
    }

    /// Stops a change of type where a value would differ or be lost. The table is locked before, since a row that comes
    /// in after the check would be changed silently.
    pub(super) fn looks(&self, table: &Table, column: &str, convert: &Convert, back: &Convert) -> Vec<Statement> {
        let field = quote(column);
        // A number that is too large is refused by the server itself: no file of its own for that.
        let integer = matches!(family(convert.target()), Family::Integer(_));
        if integer && convert.conversion == Conversion::Refuses && !self.dialect.transactional_ddl {
            return Vec::new();
        }
        let Some(rows) = convert.unfit(&field, back, self.dialect) else { return Vec::new() };
        let name = path(table, column);
        let message = format!("some rows have values in {name} that {} does not take", convert.target());
        let hint =
            format!("change the rows of SELECT * FROM {} WHERE {rows}; and run this file again", quote(&table.name));
        if !self.dialect.anonymous_loops {
            return vec![ddl::raise_where_rows(&table.name, &rows, &message, &hint)];
        }
        let mut looks = vec![ddl::lock_exclusively(&table.name)];
        looks.push(ddl::raise_where_unfit(&table.name, &rows, &message, &hint));
        looks
    }

    /// The same before the table is locked: it finds what is there by then, and nobody waits for it.
    fn unfit_ahead(&self, table: &Table, column: &str, convert: &Convert, back: &Convert) -> Option<Look> {
        let rows = convert.unfit(&quote(column), back, self.dialect)?;
        let found = format!("some rows have values in {} that {} does not take", path(table, column), convert.target());
        self.look_for(&table.name, &rows, &found, "change or delete them")
    }

    /// What the server cannot change a type under, or would check every row against; nothing where it is refused.
    fn beside(
        &mut self,
        (old_table, table): (&Table, &Table),
        (old, new): (&Column, &Column),
        ends: bool,
    ) -> Option<Beside> {
        let name = &table.name;
        let place = Place::column(&table.name, &new.name);
        // Everything that names the column: an expression that compares it has a constant of the old type.
        if old.name == new.name && (is_native(old) || is_native(new)) {
            let help = "a new column, filled from this one";
            let phase = if ends { Phase::Contract } else { Phase::Expand };
            let aside = self.aside((old_table, table), old, Way::Retyped, phase, help)?;
            return Some(Beside { away: aside.away, back: aside.back, checks: Vec::new() });
        }
        let on = Standing::on(old_table, &[&old.name]);
        if let Some(computed) = on.computed.first() {
            let message = format!(
                "the generated column `{}` depends on it, and the server cannot change a type under one",
                computed.name
            );
            let help = format!("drop `{}` in a migration before, and add it again afterwards", computed.name);
            self.refuse(HAZARD, place, message, help);
            return None;
        }
        let policies = on.policies;
        let mut triggers: Vec<_> = on.triggers.into_iter().filter(|it| fires_on(it, &[&old.name])).collect();
        if ends {
            // In contract those of the models are there, beside those that go.
            triggers.retain(|it| table.triggers.iter().all(|new| new.name != it.name));
            triggers.extend(table.triggers.iter().filter(|it| fires_on(it, &[&new.name])));
        }
        let apart = !self.dialect.transactional_ddl;
        if apart && (!policies.is_empty() || !triggers.is_empty()) {
            let message = "a policy or a trigger depends on it, which would be missing for a while".to_owned();
            self.refuse(HAZARD, place, message, ONE_TARGET.to_owned());
            return None;
        }
        let mut checks = Vec::new();
        if !self.dialect.changes_online {
            for check in on.checks {
                // Its name may have followed that of the table.
                let same = table.checks.iter().find(|it| it.expression == check.expression);
                let is_renamed = ends || self.gives_its_name(&check.name);
                let there = same.is_some() || is_there_for_columns(check, table);
                checks.extend(same.filter(|_| is_renamed).or(there.then_some(check)).cloned());
            }
        }
        let mut away: Vec<Statement> = policies.iter().map(|it| ddl::drop_policy(name, &it.name)).collect();
        away.extend(triggers.iter().map(|it| ddl::drop_trigger(name, &it.name)));
        away.extend(checks.iter().map(|it| ddl::drop_constraint(name, &it.name)));
        let mut back: Vec<Statement> = triggers.iter().map(|it| ddl::create_trigger(name, it)).collect();
        back.extend(policies.iter().map(|it| ddl::create_policy(name, it)));
        Some(Beside { away, back, checks })
    }
}

/// Whether it has the type of a native enumeration.
fn is_native(column: &Column) -> bool {
    let element = if let SqlType::Array(element) = &column.sql_type { element } else { &column.sql_type };
    column.enumeration.is_some() && matches!(element, SqlType::Other(_))
}
