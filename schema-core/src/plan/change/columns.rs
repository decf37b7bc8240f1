//! Columns: new ones, other clauses, and those that go.

use super::convert::own_cast;
use super::held::named_drop;
use super::in_place::{comes_with_type, is_assigned};
use super::nulls::NullFor;
use super::retype::Way;
use super::serial::{is_filled, is_serial};
use crate::attribute::column;
use crate::diff::{Clause, Item};
use crate::expression::{Fragment, Volatility};
use crate::place::Place;
use crate::plan::locks::{Locks, Remark};
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Table};
use crate::sql::Statement;
use crate::sql::{ddl, quote};

impl Planner<'_> {
    pub(super) fn column(&mut self, old_table: &Table, table: &Table, item: Item<'_, Column>) {
        match item {
            Item::Add(new) if self.takes_from_what_stays(old_table, table, new) => {}
            Item::Add(new) => self.add_column(table, new),
            Item::Drop(old) => self.drop_column(old_table, table, old),
            Item::Rename { old, new } => self.replace_column(old_table, table, old, new),
            Item::Change { .. } => {}
        }
    }

    /// Refuses a new column that says it was another one, which the models have still.
    fn takes_from_what_stays(&mut self, old_table: &Table, table: &Table, column: &Column) -> bool {
        let stays = |from: &&str| old_table.column(from).is_some() && table.column(from).is_some();
        let Some(from) = column.renamed_from.as_deref().filter(stays) else { return false };
        let message = format!(
            "`{}` says that it was `{from}`, and `{from}` is still a column: no value would come along",
            column.name
        );
        let help = format!(
            "{}    in place of `renamed_from`, for a copy\nor: drop the field `{from}`\n\
             or: rename it in a migration before this one, if `{from}` is another column now",
            column::text("backfill", from)
        );
        self.refuse(HAZARD, Place::column(&table.name, &column.name), message, help);
        true
    }

    fn add_column(&mut self, table: &Table, column: &Column) {
        let place = Place::column(&table.name, &column.name);
        let mut acknowledged = Vec::new();
        if is_serial(column) && column.backfill.is_some() {
            let message = "the server numbers every row, and leaves none for `backfill`".to_owned();
            return self.refuse(HAZARD, place, message, "drop the `backfill`".to_owned());
        }
        if is_filled(column) && !self.dialect.changes_online {
            let hazard = format!("rewrites {}", table.name);
            let message = "a generated or numbered column is filled while the table is blocked".to_owned();
            let instead = "an ordinary column with `backfill = \"…\"`, kept by the program or a trigger";
            if !self.acknowledge(&hazard, place, message, instead) {
                return;
            }
            acknowledged.push(hazard);
        } else if is_filled(column) {
            // The database computes it for the existing rows while the program runs.
        } else if let Some(value) = column.backfill.clone() {
            return self.add_filled(table, column, &value, true);
        } else if let Some(default) = &column.default {
            let volatility =
                Fragment::parse(default).map_or(Volatility::Volatile, |fragment| fragment.volatility(table));
            if volatility == Volatility::Volatile && !self.dialect.changes_online {
                return self.add_filled(table, column, &default.clone(), false);
            }
        } else if !column.nullable {
            let hazard = format!("no NULL in {}", path(table, &column.name));
            let message = "the existing rows have no value for a column that is NOT NULL".to_owned();
            let instead =
                format!("{}\nor: {}\nor: Option<…>, which is nullable", backfill_line(), column::text("default", "…"));
            if !self.acknowledge(&hazard, place, message, &instead) {
                return;
            }
            // A person fills it before the contract, which proves it.
            let words = [hazard];
            self.add_at_once(table, &Column { nullable: true, ..column.clone() }, &words, Script::quick);
            return self.not_null(table, column, Phase::Contract, &words);
        }
        let rewrites = |what, locks: Locks, up| Script::rewriting(what, locks.remark(Remark::WhileWritten), up);
        if acknowledged.is_empty() {
            self.add_at_once(table, column, &acknowledged, Script::quick);
        } else {
            self.add_at_once(table, column, &acknowledged, rewrites);
        }
    }

    /// Adds a column as it is.
    fn add_at_once(
        &mut self,
        table: &Table,
        column: &Column,
        acknowledged: &[String],
        script: impl FnOnce(String, Locks, Vec<Statement>) -> Script,
    ) {
        let Some(statement) = ddl::add_column(&table.name, column, self.dialect) else { return };
        let mut up = vec![statement];
        up.extend(comment(table, column));
        let what = format!("adds the column {}", path(table, &column.name));
        self.acknowledged_step(
            (Phase::Expand, Rank::Columns),
            &format!("add_{}_{}", table.name, column.name),
            "the models have it; the rows that are there are not touched",
            acknowledged,
            script(what, exclusive(&table.name), up),
            drop_new(table, column),
        );
    }

    fn drop_column(&mut self, old_table: &Table, table: &Table, column: &Column) {
        let name = path(old_table, &column.name);
        let alike = table.columns.iter().find(|new| {
            new.sql_type == column.sql_type && old_table.column(&new.name).is_none() && new.renamed_from.is_none()
        });
        let (place, rename) = match alike {
            Some(new) => (
                Place::column(&table.name, &new.name),
                Some(format!("{}    on `{}`,", column::text("renamed_from", &column.name), new.name)),
            ),
            None => (Place::table(&table.name), None),
        };
        let message =
            format!("the column `{}` is gone from the model, and its values would be lost with it", column.name);
        if !self.dropped(&name, place, message, rename) {
            return;
        }
        let left = Column { nullable: true, ..column.clone() };
        let stays_empty = !column.nullable && !column.has_default();
        let in_key = table.primary_key.columns.contains(&column.name);
        if stays_empty && !in_key {
            self.take_null(table, column, NullFor::Dropped);
        }
        self.acknowledged_step(
            (Phase::Contract, Rank::DropColumns),
            &format!("drop_{}_{}", table.name, column.name),
            "no release uses it any more",
            &[named_drop(&name)],
            Script::quick(
                format!("drops the column {name}"),
                exclusive(&table.name),
                vec![ddl::drop_column(&table.name, &column.name)],
            )
            .loses(format!("every value of {name}: the way back makes the column, a backup has its values")),
            self.make_again(table, if stays_empty { &left } else { column }),
        );
    }

    /// The way back from a column that is dropped: the column without its values.
    pub(super) fn make_again(&self, table: &Table, column: &Column) -> Script {
        let mut statements: Vec<Statement> = ddl::add_column(&table.name, column, self.dialect).into_iter().collect();
        statements.extend(comment(table, column));
        let name = path(table, &column.name);
        if is_filled(column) && !self.dialect.changes_online {
            let what = format!("makes the column {name} again, and fills it");
            return Script::rewriting(what, exclusive(&table.name).remark(Remark::WhileWritten), statements);
        }
        Script::quick(
            format!("makes the column {name} again, without the values that it had"),
            exclusive(&table.name),
            statements,
        )
    }

    /// Whether rows get a value before the column has the type that takes it.
    fn fills_before_the_type(&self, table: &Table, old: &Column, new: &Column) -> bool {
        (new.backfill.is_some() || new.default.is_some())
            && old.sql_type != new.sql_type
            && own_cast(old, new).is_none()
            && !is_assigned(&new.sql_type, &old.sql_type)
            && self.way(table, old, new) == Way::Acknowledged
    }

    pub(super) fn clause(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column, clause: Clause) {
        // A column that is replaced by another is made as it is to be.
        let replaced = self.filled.contains(&(table.name.clone(), new.name.clone()));
        if replaced && (clause != Clause::Type || old.name != new.name) {
            return;
        }
        let at = (Phase::Expand, Rank::Columns);
        let (name, lock) = (path(table, &new.name), exclusive(&table.name));
        match clause {
            Clause::Type => self.change_type(old_table, table, old, new),
            Clause::Nullable if new.nullable => self.take_null(table, new, NullFor::NewRelease),
            Clause::Nullable if self.fills_before_the_type(table, old, new) => {
                let message = format!(
                    "the rows that have NULL there get a value of {}, and the column is {} until the old release is gone",
                    new.sql_type, old.sql_type
                );
                let help = "change the type in a migration before, and leave NULL out in the next".to_owned();
                self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
            }
            Clause::Nullable => {
                let mut words = Vec::new();
                let keyed = |table: &Table| table.primary_key.columns.contains(&new.name);
                let rewritten = self.way(table, old, new) == Way::Acknowledged;
                match new.backfill.as_ref().or(new.default.as_ref()).cloned() {
                    // The author's cast reads NULL too, when the column has its type.
                    Some(_) if rewritten && own_cast(old, new).is_some() => {}
                    Some(value) => {
                        self.fill_while_the_old_release_runs(table, new, &value, false);
                        self.fill(table, &new.name, &value, &format!("{} IS NULL", quote(&new.name)));
                        return self.not_null(table, new, Phase::Backfill, &[]);
                    }
                    // A key is NOT NULL, whatever else is said of its columns.
                    None if keyed(old_table) || keyed(table) || new.generated.is_some() => {}
                    None => {
                        let hazard = format!("no NULL in {name}");
                        let message = "the rows that have NULL there would have no value".to_owned();
                        let instead = backfill_line();
                        let place = Place::column(&table.name, &new.name);
                        if !self.acknowledge(&hazard, place, message, &instead) {
                            return;
                        }
                        words.push(hazard);
                    }
                }
                self.not_null(table, new, Phase::Contract, &words);
            }
            Clause::Default if comes_with_type(old, new) && self.way(table, old, new) == Way::Acknowledged => {}
            Clause::Default => {
                let set = |column: &Column| {
                    let statement = match &column.default {
                        Some(default) => ddl::set_default(&table.name, &new.name, default),
                        None => ddl::drop_default(&table.name, &new.name),
                    };
                    let what = match &column.default {
                        Some(default) => format!("gives {name} the default {default}"),
                        None => format!("takes the default of {name} away"),
                    };
                    Script::quick(what, &lock, vec![statement])
                };
                let label = format!("default_{}_{}", table.name, new.name);
                // The old release leaves the column out for what it has always got, until it is gone.
                let relies = old.default.is_some() || old.nullable;
                let phase = if relies { Phase::Contract } else { at.0 };
                self.step((phase, at.1), &label, "rows that are there keep their values", set(new), set(old));
            }
            Clause::Generated => self.generated(old_table, table, old, new),
            // With another type it changes by that.
            Clause::Collation if old.sql_type != new.sql_type => {}
            Clause::Collation if self.divides_rows(old_table, table, old, new) => {}
            Clause::Collation => {
                let hazard = format!("rewrites {}", table.name);
                let message = "another collation rebuilds the column's indexes while the table is blocked".to_owned();
                let place = Place::column(&table.name, &new.name);
                let instead = "a new column with that collation and `backfill = \"…\"`";
                if self.acknowledge(&hazard, place, message, instead) {
                    self.set_type(old_table, table, old, new, &[hazard], None);
                }
            }
            // All comments come in one file.
            Clause::Comment => {}
        }
    }
}

pub(super) fn comment(table: &Table, column: &Column) -> Option<Statement> {
    let comment = column.comment.as_deref()?;
    Some(ddl::comment_on_column(&table.name, &column.name, Some(comment)))
}

/// The way back from a column that is new.
pub(super) fn drop_new(table: &Table, column: &Column) -> Script {
    Script::quick(
        format!("drops the column {}", path(table, &column.name)),
        exclusive(&table.name),
        vec![ddl::drop_column(&table.name, &column.name)],
    )
    .loses(format!("what was written into {} since it is there", path(table, &column.name)))
}

fn backfill_line() -> String {
    format!("{}    SQL over the row that gives them one", column::text("backfill", "…"))
}
