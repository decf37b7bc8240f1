//! Whether a column can take the place of another while both releases write.

use super::constraints::columns_of;
use super::convert::{Convert, Loss, own_cast};
use super::replace::Replacement;
use super::serial::is_filled;
use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, beside, path};
use crate::schema::{Column, Table};

impl Planner<'_> {
    /// The replacement of one column by another, with what was acknowledged for it; nothing where it is refused.
    pub(super) fn replacement(
        &mut self,
        old_table: &Table,
        table: &Table,
        old: &Column,
        new: &Column,
    ) -> Option<Replacement> {
        if old.name != new.name && old_table.column(&new.name).is_some() {
            let message = format!(
                "`{}` is the name of another column in the old release, which would read the wrong one",
                new.name
            );
            let help = self.offline_line();
            self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
            return None;
        }
        if self.divides_rows(old_table, table, old, new) {
            return None;
        }
        if is_filled(old) || is_filled(new) {
            self.refuse_filled(table, old, new);
            return None;
        }
        let standing = if old_table.column(&new.name).is_some() { beside(&new.name) } else { new.name.clone() };
        let (mut forward, back) = self.conversions(old, new);
        let Loss { mut words, accepted: lost } = self.loss_beside_the_old_release(table, old, new)?;
        if old.name != new.name && !self.tells_apart(table, &forward, old, new) {
            return None;
        }
        let told = new.backfill.as_ref().filter(|_| old.name != new.name && old.backfill != new.backfill);
        if let Some(by) = told.filter(|_| own_cast(old, new).is_none()) {
            if !self.stands_for_null(table, old, new, by) {
                return None;
            }
            forward.give(by);
        } else if old.nullable && !new.nullable {
            let hazard = format!("no NULL in {}", path(table, &new.name));
            let place = Place::column(&table.name, &new.name);
            let message = "the old release may write NULL, which the new column does not take".to_owned();
            let instead = format!("forbid NULL in `{}` in a migration before this one", old.name);
            if !self.acknowledge(&hazard, place, message, &instead) {
                return None;
            }
            words.push(hazard);
        }
        let it = Replacement { old: old.clone(), new: new.clone(), standing, forward, back, words, lost };
        if it.waits() && !self.dialect.transactional_ddl {
            self.refuse_to_wait(table, old, new);
            return None;
        }
        Some(it)
    }

    /// Refuses what would have to take the name of another column.
    fn refuse_to_wait(&mut self, table: &Table, old: &Column, new: &Column) {
        let message = "a column cannot take the name of another in one step on this database".to_owned();
        let help = if old.name == new.name && old.sql_type == new.sql_type {
            self.offline_line()
        } else if old.name == new.name {
            format!(
                "another name, and {}\nor: {} --acknowledge \"rewrites {}\"",
                crate::attribute::column::text("renamed_from", &old.name),
                self.command(),
                table.name
            )
        } else {
            format!("rename it to a new name, and later to the wanted one\nor: {} --offline-rename", self.command())
        };
        let place = Place::column(&table.name, &new.name);
        self.refuse(HAZARD, place, message, help);
    }

    /// Whether a value can stand for NULL in the new column, as its `backfill` says.
    fn stands_for_null(&mut self, table: &Table, old: &Column, new: &Column, by: &str) -> bool {
        let message = if !old.nullable || new.nullable {
            format!("`{}` has the values of `{}`, and `backfill` has no row to fill", new.name, old.name)
        } else if !columns_of(by).is_empty() {
            format!("`backfill` reads the row, and only a value can stand for NULL while `{}` is written", old.name)
        } else {
            return true;
        };
        let help = "take `backfill` off, or do one of the two in a migration before".to_owned();
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        false
    }

    /// Whether what each release leaves out, and the NULL that it gives, are told apart while both write.
    fn tells_apart(&mut self, table: &Table, forward: &Convert, old: &Column, new: &Column) -> bool {
        let (was, is) = (&old.default, &new.default);
        let nobody_knows = match (was, is) {
            (Some(was), Some(is)) if !forward.is_same_default(was, is) => {
                format!("`{}` has the default {was}, and `{}` has {is}", old.name, new.name)
            }
            (Some(_), _) if new.nullable => {
                format!("`{}` has a default, and `{}` takes NULL", old.name, new.name)
            }
            (_, Some(_)) if old.nullable => {
                format!("`{}` takes NULL, and `{}` has a default", old.name, new.name)
            }
            _ => return true,
        };
        let message = format!(
            "{nobody_knows}: nothing shows whether a row without a value is of the one release or of the other"
        );
        let help =
            format!("the name in this migration, and the default in one before or after\nor: {}", self.offline_line());
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        false
    }

    /// Whether the column divides the rows of a partitioned table, which refuses any change of it but its name.
    pub(super) fn divides_rows(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) -> bool {
        let keyed = |key: &String| columns_of(key).contains(&old.name);
        if !old_table.partitioning.as_ref().is_some_and(|it| it.key.iter().any(keyed)) {
            return false;
        }
        let (message, help) = if old.sql_type == new.sql_type && old.collation == new.collation {
            let message = format!("`{}` is in the partition key, whose place no other column can take", old.name);
            (message, self.offline_line())
        } else {
            let message = format!("`{}` is in the partition key, which the server keeps as it is", old.name);
            (message, "create a table that is partitioned that way, move the rows, and drop the old one".to_owned())
        };
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        true
    }
}
