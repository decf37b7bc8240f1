//! Columns that the server fills, where another column would have to be kept like them, and `SERIAL`, which is no type.

use crate::place::Place;
use crate::plan::planner::{HAZARD, Planner, path};
use crate::schema::{Column, Table};

/// Whether it is an integer with a sequence of its own.
pub(super) fn is_serial(column: &Column) -> bool {
    column.sql_type.numbered().is_some()
}

/// Whether the server gives it the value of a new row that has none, and no expression of the models does.
pub(super) fn is_filled(column: &Column) -> bool {
    column.generated.is_some() || is_serial(column)
}

impl Planner<'_> {
    /// Refuses to keep a column that the server fills like another one.
    pub(super) fn refuse_filled(&mut self, table: &Table, old: &Column, new: &Column) {
        if old.sql_type != new.sql_type && (is_serial(old) || is_serial(new)) {
            return self.refuse_serial(table, old, new);
        }
        let message = format!("the server fills `{}`, so it cannot be kept like another column", new.name);
        let help = if old.sql_type == new.sql_type {
            self.offline_line()
        } else {
            // The name changes while no program runs, and the type with it.
            let first = if old.name == new.name { "" } else { " --offline-rename" };
            format!("{}{first} --acknowledge \"rewrites {}\"", self.command(), table.name)
        };
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
    }

    pub(super) fn refuse_serial(&mut self, table: &Table, old: &Column, new: &Column) {
        let serial = if is_serial(old) { &old.sql_type } else { &new.sql_type };
        let message = format!(
            "{serial} is an integer with a sequence of its own, and no type: {} cannot become {}",
            path(table, &old.name),
            new.sql_type
        );
        let help = "by hand: the type, the default and the sequence, in a file of cargo schema migrate … --empty";
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help.to_owned());
    }
}
