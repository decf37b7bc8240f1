//! NOT NULL, and NULL again.

use super::provable::proved_again;
use crate::plan::planner::{Planner, Rank, exclusive, path, shared};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Table, derived_name};
use crate::sql::Statement;
use crate::sql::{ddl, quote};

/// Who wants NULL in a column that took none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NullFor {
    /// The new release writes it.
    NewRelease,
    /// The column goes with its values: the new release leaves it out.
    Dropped,
    /// Another column has its place and its values.
    Retired,
}

impl Planner<'_> {
    /// Forbids NULL without reading the table under a lock: a check proves what SET NOT NULL would have to look for.
    pub(super) fn not_null(&mut self, table: &Table, column: &Column, phase: Phase, words: &[String]) {
        let at = (phase, Rank::NotNull);
        let (name, lock) = (path(table, &column.name), exclusive(&table.name));
        let (set, unset) =
            (ddl::set_not_null(&table.name, &column.name), ddl::drop_not_null(&table.name, &column.name));
        let label = format!("{}_{}", table.name, column.name);
        if self.dialect.changes_online {
            // It proves it by itself while the program runs.
            return self.acknowledged_step(
                at,
                &format!("not_null_{label}"),
                "the models have no NULL there",
                words,
                Script::quick(format!("forbids NULL in {name}"), &lock, vec![set]),
                Script::quick(format!("lets {name} take NULL"), lock, vec![unset]),
            );
        }
        let check = not_null_check(&table.name, &column.name);
        let condition = ddl::check_body(&format!("{} IS NOT NULL", quote(&column.name)));
        // Where one file alone was taken back, the check is gone before its file comes again.
        let if_exists = ddl::drop_constraint_if_exists(&table.name, &check);
        let found = format!("some rows have NULL in {name}, which is to have none");
        let look = self.look_for(&table.name, &format!("{} IS NULL", quote(&column.name)), &found, "give them a value");
        self.acknowledged_step(
            at,
            &format!("check_{label}"),
            "a check that is proved lets SET NOT NULL skip its look at every row",
            words,
            Script::quick(
                format!("forbids NULL in {name} by a check that is not proved yet"),
                &lock,
                vec![ddl::add_not_valid(&table.name, &check, &condition)],
            )
            .look(look),
            Script::quick(format!("drops the check {check}, where it is left"), &lock, vec![if_exists.clone()]),
        );
        self.acknowledged_step(
            at,
            &format!("validate_{label}"),
            "in a file of its own, since the lock of the file before would be held while every row is read",
            words,
            Script::reading(
                format!("proves that no row has NULL in {name}"),
                shared(&table.name),
                vec![ddl::validate_constraint(&table.name, &check)],
            ),
            Script::nothing(format!("leaves the check {check} to the file before")),
        );
        self.step(
            at,
            &format!("not_null_{label}"),
            "the check proves it, so no row is read",
            Script::quick(format!("forbids NULL in {name}"), &lock, vec![set]),
            Script::quick(format!("lets {name} take NULL"), &lock, vec![unset]),
        );
        self.step(
            at,
            &format!("uncheck_{label}"),
            "NOT NULL says the same",
            Script::quick(format!("drops the check {check}"), &lock, vec![if_exists]),
            Script::in_turn(
                format!(
                    "adds the check {check} again, so that the file before can be run again without a look at the rows"
                ),
                lock,
                "an instant, then as long as every row takes to be read",
                proved_again(&table.name, &check, &condition).into(),
            ),
        );
    }

    /// Lets a column take NULL; the way back proves first that no row has it.
    pub(super) fn take_null(&mut self, table: &Table, column: &Column, wanted: NullFor) {
        let (name, lock) = (path(table, &column.name), exclusive(&table.name));
        let check = not_null_check(&table.name, &column.name);
        let condition = ddl::check_body(&format!("{} IS NOT NULL", quote(&column.name)));
        let what = format!("forbids NULL in {name} again; where rows have it, give them a value first");
        let down = if self.dialect.changes_online {
            Script::quick(what, &lock, vec![ddl::set_not_null(&table.name, &column.name)])
        } else {
            let mut groups = vec![vec![no_nulls(&table.name, &column.name, wanted == NullFor::Dropped)]];
            groups.extend(proved_again(&table.name, &check, &condition));
            groups.push(vec![ddl::set_not_null(&table.name, &column.name), ddl::drop_constraint(&table.name, &check)]);
            Script::in_turn(
                what,
                &lock,
                "an instant, then as long as every row takes to be read, then an instant",
                groups,
            )
            .reads(&table.name)
        };
        let up =
            Script::quick(format!("lets {name} take NULL"), lock, vec![ddl::drop_not_null(&table.name, &column.name)]);
        let label = format!("null_{}_{}", table.name, column.name);
        let relaxed = (Phase::Contract, Rank::Relax);
        match wanted {
            NullFor::NewRelease => {
                let why = "the new release writes NULL there, which the old one cannot read";
                self.starting_step(relaxed, &label, why, &[], up, down);
            }
            NullFor::Dropped => {
                let why = "the new release does not know the column, and the old one reads no NULL there; with a default both run at once";
                self.starting_step(relaxed, &label, why, &[], up, down);
            }
            NullFor::Retired => {
                let why = "it goes in a moment; until then the trigger gives it its values";
                self.step((Phase::Contract, Rank::Compare), &label, why, up, down);
            }
        }
    }
}

/// Says what to do where the way back of a column finds NULL, before anything is locked.
fn no_nulls(table: &str, column: &str, lost: bool) -> Statement {
    let name = format!("{table}.{column}");
    let message = if lost {
        format!("{name} was dropped, and its values with it: some rows have none")
    } else {
        format!("some rows have NULL in {name}, which took none before")
    };
    let hint = if lost {
        format!("fill {name} from a backup, or with what the program can bear, and run this file again")
    } else {
        format!("give these rows a value in {name}, and run this file again")
    };
    ddl::raise_where_rows(table, &format!("{} IS NULL", quote(column)), &message, &hint)
}

/// The check that stands in for NOT NULL while it is proved.
fn not_null_check(table: &str, column: &str) -> String {
    derived_name(&[table, column, "not_null"])
}
