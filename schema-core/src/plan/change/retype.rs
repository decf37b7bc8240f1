//! How a column comes to another type: with no look at the rows, beside the running program, or by another column.

use super::super::planner::{HAZARD, Planner, Rank, path};
use super::super::step::{Phase, Script};
use super::constraints::columns_of_exclusion;
use super::indexes::columns_of_index;
use super::types::{casts, returns, widens};
use crate::place::Place;
use crate::schema::{Column, Generated, Index, Table};
use crate::sql::ddl;

/// How a column comes to another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is made anew for another reason, and has the new type then.
    Anew,
    /// It is generated, so every value is computed again.
    Computed,
    /// No row is looked at.
    Widened,
    /// The table is rewritten, as was acknowledged.
    Acknowledged,
    /// The database rewrites it while the program runs.
    InPlace,
    /// Another column takes its place.
    Replaced,
}

impl Planner<'_> {
    pub(super) fn way(&self, table: &Table, old: &Column, new: &Column) -> Way {
        if old.generated != new.generated && (is_stored(old) || is_stored(new)) {
            Way::Anew
        } else if is_stored(new) {
            Way::Computed
        } else if widens(&old.sql_type, &new.sql_type)
            && old.collation == new.collation
            && !rebuilt(&self.old_table_of(table), &old.name)
        {
            Way::Widened
        } else if self.allowed.acknowledged.contains(&format!("rewrites {}", table.name)) {
            Way::Acknowledged
        } else if self.dialect.changes_online {
            Way::InPlace
        } else {
            Way::Replaced
        }
    }

    pub(super) fn change_type(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) {
        let hazard = format!("rewrites {}", table.name);
        let way = self.way(table, old, new);
        match way {
            Way::Anew => return,
            Way::Computed => {
                let message = format!("a generated column becomes {} while the table is blocked", new.sql_type);
                if self.acknowledge(&hazard, Place::column(&table.name, &new.name), message, "") {
                    self.set_type(old_table, table, old, new, &[hazard]);
                }
                return;
            }
            Way::Widened => return self.set_type(old_table, table, old, new, &[]),
            Way::Acknowledged => return self.set_type(old_table, table, old, new, &[hazard]),
            Way::InPlace | Way::Replaced => {}
        }
        let named = old.enumeration.is_some() && new.enumeration.is_some();
        if !(named || casts(&old.sql_type, &new.sql_type)) || !returns(&new.sql_type, &old.sql_type) {
            let message =
                format!("not every {} is a {}, and the old release goes on writing", old.sql_type, new.sql_type);
            let help = format!(
                "a new column under another name with `backfill = \"…\"`; the old one is dropped later\nor: cargo schema migrate … \
                 --acknowledge \"{hazard}\""
            );
            return self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        }
        if way == Way::InPlace {
            let make = |to: &Column| {
                let to_column = Column { name: new.name.clone(), ..to.clone() };
                let using = self.cast_in_place(&to_column);
                let script = Script::rewriting(
                    format!("makes {} {}", path(table, &new.name), to.sql_type),
                    "none that anyone waits for",
                    vec![ddl::set_type(&table.name, &to_column, Some(&using), self.dialect)],
                );
                let takes = "as long as every row takes to be written, beside the running program".to_owned();
                // What stands on the column is taken away before and made behind, each by a statement of its own.
                self.around(table, Phase::Expand, Script { takes, ..script })
            };
            let (up, down) = (make(new), make(old));
            let why = "the database rewrites the column while the program runs";
            return self.step(
                (Phase::Expand, Rank::Columns),
                &format!("type_{}_{}", table.name, new.name),
                why,
                up,
                down,
            );
        }
        self.replace_column(old_table, table, old, new);
    }
}

/// Whether the server would build an index anew under its lock: it keeps none that has an expression or a predicate.
fn rebuilt(table: &Table, column: &str) -> bool {
    let names = |columns: Vec<String>| columns.iter().any(|name| name == column);
    let computed = |index: &Index| index.predicate.is_some() || index.key.iter().any(|key| key.name().is_none());
    let uniques = table.uniques.iter().map(ddl::unique_index);
    let mut exclusions = table.exclusions.iter().filter(|it| {
        it.predicate.is_some() || it.elements.iter().any(|element| table.column(&element.expression).is_none())
    });
    table.indexes.iter().cloned().chain(uniques).any(|index| computed(&index) && names(columns_of_index(&index)))
        || exclusions.any(|it| names(columns_of_exclusion(it)))
}

fn is_stored(column: &Column) -> bool {
    matches!(column.generated, Some(Generated::Stored(_)))
}
