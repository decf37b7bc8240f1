//! Columns that the server fills: generated ones and identities.

use super::aside::Way;
use super::columns::comment;
use super::held::named_drop;
use crate::dialect::{Dialect, ONE_TARGET};
use crate::place::Place;
use crate::plan::locks::Remark;
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive, path};
use crate::plan::{Phase, Script};
use crate::schema::{Column, Generated, Index, KeyColumn, Table};
use crate::sql::{Statement, ddl, literal, quote};

fn is_stored(column: &Column) -> bool {
    matches!(column.generated, Some(Generated::Stored(_)))
}

impl Planner<'_> {
    /// Who gives a column its values: the program, the server by an expression, or the server by numbers.
    pub(super) fn generated(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) {
        if is_stored(old) || is_stored(new) {
            self.computed(old_table, table, old, new);
        } else {
            self.numbered(table, old, new);
        }
    }

    fn numbered(&mut self, table: &Table, old: &Column, new: &Column) {
        let label = format!("identity_{}_{}", table.name, new.name);
        let mut acknowledged = Vec::new();
        if !leads_an_index(table, &new.name) && old.generated.is_none() && !self.dialect.changes_online {
            let hazard = format!("blocks {}", table.name);
            let message = "no index leads with the column, so every row is read for the last number".to_owned();
            let instead = "an index on it, in a migration before";
            if !self.acknowledge(&hazard, Place::column(&table.name, &new.name), message, instead) {
                return;
            }
            acknowledged.push(hazard);
        }
        let why = "the models say who numbers it";
        let optional = Column { generated: Some(Generated::IdentityByDefault), ..new.clone() };
        let mut from = old;
        let at = match (&old.generated, &new.generated) {
            // What numbers a column wants it to be NOT NULL.
            (_, None) if new.nullable => (Phase::Contract, Rank::Names),
            (Some(Generated::IdentityAlways), None) => {
                // The old release gives no number and the new one does: the server takes both.
                let up = self.set_identity(table, &new.name, old, &optional);
                let down = self.set_identity(table, &new.name, &optional, old);
                self.step((Phase::Expand, Rank::Columns), &format!("optional_{label}"), why, up, down);
                from = &optional;
                (Phase::Contract, Rank::Relax)
            }
            // The old release leaves it to the server, or gives numbers, until it is gone.
            (Some(Generated::IdentityByDefault), _) => (Phase::Contract, Rank::Relax),
            // The old release gives numbers, which the server would refuse, or give again.
            (None, Some(_)) => (Phase::Contract, Rank::Objects),
            _ => (Phase::Expand, Rank::Columns),
        };
        let (mut up, down) =
            (self.set_identity(table, &new.name, from, new), self.set_identity(table, &new.name, new, from));
        if new.generated.is_none() {
            let name = path(table, &new.name);
            up.loses =
                Some(format!("how far {name} was numbered: the way back goes on after the last number that is there"));
        }
        if old.generated.is_none() {
            // It leaves the number to the server.
            self.starting_step(at, &label, why, &acknowledged, up, down);
        } else {
            self.acknowledged_step(at, &label, why, &acknowledged, up, down);
        }
    }

    /// The script that has a column numbered as `to` is, which is numbered as `from` is.
    fn set_identity(&self, table: &Table, column: &str, from: &Column, to: &Column) -> Script {
        let statement = match (&from.generated, &to.generated) {
            (Some(_), None) => Some(ddl::drop_identity(&table.name, column)),
            (None, Some(identity)) => ddl::add_identity(&table.name, column, identity),
            (_, Some(identity)) => ddl::set_identity(&table.name, column, identity),
            (None, None) => None,
        };
        let mut statements: Vec<Statement> = statement.into_iter().collect();
        let looks = from.generated.is_none();
        if looks {
            statements.extend(next_number(&table.name, column, self.dialect));
        }
        let name = path(table, column);
        let what = match (&from.generated, &to.generated) {
            (_, None) => format!("stops numbering {name}"),
            (None, Some(_)) => format!("numbers {name}"),
            (Some(_), Some(Generated::IdentityAlways)) => format!("takes no number for {name} but the server's"),
            (Some(_), Some(_)) => format!("takes a number for {name} where one is given"),
        };
        let lock = exclusive(&table.name);
        let script = if looks && !leads_an_index(table, column) {
            Script::reading(what, lock.remark(Remark::WhileReadForTheLastNumber), statements)
        } else {
            Script::quick(what, lock, statements)
        };
        if looks { script.reads(&table.name) } else { script }
    }

    fn computed(&mut self, old_table: &Table, table: &Table, old: &Column, new: &Column) {
        let Some(words) = self.may_compute(table, old, new) else { return };
        let name = path(table, &new.name);
        let help = "a new column with another name, and the old one dropped in a migration after";
        let way = if is_stored(new) { Way::Recreated } else { Way::RecreatedBack };
        let Some(aside) = self.aside((old_table, table), old, way, Phase::Contract, help) else { return };
        let make = |to: &Column| {
            let to = Column { name: new.name.clone(), ..to.clone() };
            let statements = if is_stored(&to) {
                let mut list = aside.away.clone();
                list.push(ddl::drop_column(&table.name, &new.name));
                list.extend(ddl::add_column(&table.name, &to, self.dialect));
                list.extend(comment(table, &to));
                list.extend(aside.back.clone());
                list
            } else {
                ddl::drop_expression(&table.name, &new.name, self.dialect).into_iter().collect()
            };
            Script::rewriting(
                format!("computes {name} as the models say"),
                exclusive(&table.name).remark(Remark::WhileWritten),
                statements,
            )
        };
        let label = format!("generated_{}_{}", table.name, new.name);
        let (mut up, mut down) = (make(new), make(old));
        if !is_stored(old) {
            up.loses =
                Some(format!("every value of {name}: the way back leaves what was computed, a backup has its values"));
        }
        if !is_stored(new) {
            down.loses = Some(format!("what was written into {name} since it is an ordinary column"));
        }
        let why = "who gives the column its values is another one for each release";
        let (up, down) = (self.around(table, Phase::Contract, up), self.around(table, Phase::Contract, down));
        self.starting_step((Phase::Contract, Rank::Columns), &label, why, &words, up, down);
    }

    /// The words that acknowledge that a column is computed, or no longer is; nothing where that is refused.
    fn may_compute(&mut self, table: &Table, old: &Column, new: &Column) -> Option<Vec<String>> {
        let place = Place::column(&table.name, &new.name);
        if self.dialect.drop_expression.is_none() {
            let message =
                "there is no statement on every target that makes a generated column an ordinary one".to_owned();
            self.refuse(HAZARD, place, message, ONE_TARGET.to_owned());
            return None;
        }
        if is_stored(old) != is_stored(new) && old.sql_type != new.sql_type {
            let message = "the source of its values and its type change at once".to_owned();
            let help = format!("the type {} in a migration before or after", new.sql_type);
            self.refuse(HAZARD, place, message, help);
            return None;
        }
        let message = if is_stored(new) {
            "the column would be computed for every row while the table is blocked"
        } else {
            "a generated column cannot be made one again without writing every row: there is no safe way back"
        };
        let instead = "a new column with `backfill = \"…\"`";
        let mut words = vec![format!("rewrites {}", table.name)];
        let mut good = self.acknowledge(&words[0], place.clone(), message.to_owned(), instead);
        if is_stored(new) && !is_stored(old) {
            let name = path(table, &new.name);
            let message = format!("the server would compute `{}`, and the values that it has would be lost", new.name);
            good &= self.dropped(&name, place, message, None);
            words.push(named_drop(&name));
        }
        good.then_some(words)
    }
}

/// The next number is after the existing ones. The index finds the last one, however small the table seems.
fn next_number(table: &str, column: &str, dialect: &Dialect) -> Vec<Statement> {
    let by_index = dialect.transactional_ddl.then(|| "SET LOCAL enable_seqscan = off;".to_owned());
    by_index
        .into_iter()
        .chain([format!(
            // Without a number the sequence stays as it is, which begins at 1.
            "SELECT setval(pg_get_serial_sequence({}, {}), nullif(greatest(max({}), 0), 0)) FROM {};",
            literal(&quote(table)),
            literal(column),
            quote(column),
            quote(table)
        )])
        .map(Statement::from)
        .collect()
}

/// Whether an index finds the last number of a column.
fn leads_an_index(table: &Table, column: &str) -> bool {
    let first = |index: &Index| index.key.first().and_then(KeyColumn::name) == Some(column);
    table.primary_key.columns.first().is_some_and(|first| first == column)
        || table.uniques.iter().any(|it| it.columns.first().is_some_and(|first| first == column))
        || table.indexes.iter().any(first)
}
