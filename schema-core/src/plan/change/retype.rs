//! How a column comes to another type: without reading the rows, while the program runs, or by another column.

use super::constraints::{columns_of, columns_of_exclusion};
use super::conversion::Conversion;
use super::convert::{Convert, Loss, own_cast};
use super::indexes::columns_of_index;
use super::serial::is_serial;
use super::types::widens;
use crate::place::Place;
use crate::plan::locks::Locks;
use crate::plan::planner::{HAZARD, Planner, Rank, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Generated, Index, Table};
use crate::sql::{ddl, quote};

/// How a column comes to another type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// It is recreated for another reason, and has the new type then.
    Recreated,
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
            Way::Recreated
        } else if is_stored(new) {
            Way::Computed
        } else if widens(&old.sql_type, &new.sql_type)
            && old.collation == new.collation
            && own_cast(old, new).is_none()
            && !rebuilt(&self.old_table_of(table), &old.name)
        {
            Way::Widened
        } else if self.allowed.everything || self.allowed.acknowledged.contains(&format!("rewrites {}", table.name)) {
            Way::Acknowledged
        } else if self.dialect.changes_online {
            Way::InPlace
        } else {
            Way::Replaced
        }
    }

    pub(super) fn change_type(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) {
        let hazard = format!("rewrites {}", table.name);
        let place = Place::column(&table.name, &new.name);
        let (forward, back) = self.conversions(old, new);
        if old.name == new.name && self.divides_rows(old_table, table, old, new) {
            return;
        }
        let missing = [&forward, &back].iter().any(|it| it.conversion == Conversion::Missing);
        match self.way(table, old, new) {
            Way::Recreated => {}
            Way::Computed => {
                let message = format!("a generated column becomes {} while the table is blocked", new.sql_type);
                if self.acknowledge(&hazard, place, message, "") {
                    self.set_type(old_table, table, old, new, &[hazard], None);
                }
            }
            Way::Widened => self.set_type(old_table, table, old, new, &[], None),
            Way::Acknowledged if missing => self.no_cast(table, old, new),
            Way::Acknowledged => {
                let other = [A_NEW_COLUMN.to_owned()];
                if let Some(loss) = self.loss(table, &forward, std::slice::from_ref(&hazard), true, &other) {
                    let words = std::iter::once(hazard).chain(loss.words).collect::<Vec<_>>();
                    self.set_type(old_table, table, old, new, &words, loss.accepted);
                }
            }
            Way::Replaced => self.replace_column(old_table, table, old, new),
            Way::InPlace => {
                if let Some(loss) = self.loss_beside_the_old_release(table, old, new) {
                    self.set_type_online(table, old, new, loss);
                }
            }
        }
    }

    /// What is lost of the values that the old release still writes; nothing where it is refused.
    pub(super) fn loss_beside_the_old_release(&mut self, table: &Table, old: &Column, new: &Column) -> Option<Loss> {
        let (forward, back) = self.conversions(old, new);
        if !self.same_values(table, old, new) {
            return None;
        }
        if own_cast(old, new).is_some_and(|by| columns_of(&by).iter().any(|name| *name != new.name)) {
            let message = "its `backfill` is the cast of its values, and reads other columns too".to_owned();
            self.refuse(HAZARD, Place::column(&table.name, &new.name), message, A_NEW_COLUMN.to_owned());
            return None;
        }
        if forward.conversion == Conversion::Missing || back.conversion == Conversion::Missing {
            self.no_cast(table, old, new);
            return None;
        }
        let hazard = format!("rewrites {}", table.name);
        // A column under another name gets its type in place only when it has the name.
        let first = if old.name == new.name { "" } else { " --offline-rename" };
        let words = |word: &str| format!("{}{first} --acknowledge \"{hazard}\"{word}", self.command());
        let fits = format!("{} fits {}", path(table, &new.name), new.sql_type);
        let said = forward.conversion.refuses() && self.allowed.acknowledged.contains(&fits);
        if said || !forward.conversion.refuses() {
            // Beside the old column every value is there until the last look at it.
            let stops = !self.dialect.changes_online && forward.unfit(&quote(&old.name), &back, self.dialect).is_some();
            let words: Vec<String> = said.then_some(fits).into_iter().collect();
            let loss = self.loss(table, &forward, &words, stops, &[A_NEW_COLUMN.to_owned()])?;
            return Some(Loss { words: [words, loss.words].concat(), ..loss });
        }
        let message = format!("not every {} fits {}, and the old release still writes", old.sql_type, new.sql_type);
        let stops = match &forward.conversion {
            Conversion::Loses { .. } => format!(" --acknowledge \"no loss in {}\"", path(table, &new.name)),
            _ => String::new(),
        };
        let help = format!(
            "{A_NEW_COLUMN}\n\
             or: {} --acknowledge \"{fits}\"{stops}    a write of the old release that does not fit fails\n\
             or: {}    it stops where a value does not fit",
            self.command(),
            words(&stops)
        );
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        None
    }

    fn no_cast(&mut self, table: &Table, old: &Column, new: &Column) {
        if is_serial(old) || is_serial(new) {
            return self.refuse_serial(table, old, new);
        }
        let (forward, back) = self.conversions(old, new);
        let (message, help) = if forward.conversion == Conversion::Missing && back.conversion == Conversion::Missing {
            let message = format!("the server has no cast to {} from {}", new.sql_type, old.sql_type);
            (message, A_NEW_COLUMN.to_owned())
        } else if back.conversion == Conversion::Missing {
            let message =
                format!("the server has no cast to {} from {}, so there is no way back", old.sql_type, new.sql_type);
            (message, A_NEW_COLUMN.to_owned())
        } else {
            let own = crate::attribute::column::text("backfill", "…");
            let help = format!("{own}    SQL over the column, which becomes the cast\nor: {A_NEW_COLUMN}");
            (format!("the server has no cast to {} from {}", new.sql_type, old.sql_type), help)
        };
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
    }

    /// A change of type that the database makes while the program runs.
    fn set_type_online(&mut self, table: &Table, old: &Column, new: &Column, loss: Loss) {
        let (forward, back) = self.conversions(old, new);
        let name = path(table, &new.name);
        let make = |to: &Column, convert: &Convert| {
            let to_column = Column { name: new.name.clone(), ..to.clone() };
            let using = convert.using(&quote(&new.name), self.dialect);
            let script = Script::rewriting(
                format!("makes {name} {}", to.sql_type),
                Locks::NONE,
                vec![ddl::set_type(&table.name, &to_column, Some(&using), self.dialect)],
            );
            let takes = "as long as every row takes to be written, beside the running program".to_owned();
            Script { takes, ..script }
        };
        let (mut up, mut down) = (make(new, &forward), make(old, &back));
        up.loses = loss.accepted;
        let looks = self.looks(table, &new.name, &back, &forward);
        if !looks.is_empty() {
            down.groups.insert(0, looks);
            down = down.reads(&table.name);
        }
        // What depends on the column is dropped before and recreated afterwards, each by a statement of its own.
        let (up, down) = (self.around(table, Phase::Expand, up), self.around(table, Phase::Expand, down));
        self.acknowledged_step(
            (Phase::Expand, Rank::Columns),
            &format!("type_{}_{}", table.name, new.name),
            "the database rewrites the column while the program runs",
            &loss.words,
            up,
            down,
        );
    }
}

const A_NEW_COLUMN: &str = "a new column under another name with `backfill = \"…\"`; the old one is dropped later";

/// Whether the server would rebuild an index under its lock: it keeps none that has an expression or a predicate.
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
