//! Columns that the server fills: generated ones and identities.

use super::columns::comment;
use super::held::named_drop;
use super::switch::next_number;
use crate::dialect::ONE_TARGET;
use crate::place::Place;
use crate::plan::locks::Remark;
use crate::plan::planner::{HAZARD, Planner, Rank, exclusive, path};
use crate::plan::step::{Phase, Script};
use crate::schema::{Column, Generated, Table};
use crate::sql::ddl;

impl Planner<'_> {
    pub(super) fn generated(&mut self, table: &Table, old: &Column, new: &Column) {
        let stored = |column: &Column| matches!(column.generated, Some(Generated::Stored(_)));
        let name = path(table, &new.name);
        let lock = exclusive(&table.name);
        if !stored(old) && !stored(new) {
            let label = format!("identity_{}_{}", table.name, new.name);
            let first = |index: &crate::schema::Index| index.key.first().and_then(|key| key.name()) == Some(&new.name);
            let found = table.primary_key.columns.first() == Some(&new.name)
                || table.uniques.iter().any(|it| it.columns.first() == Some(&new.name))
                || table.indexes.iter().any(first);
            let set = |from: &Column, to: &Column| {
                let statement = match (&from.generated, &to.generated) {
                    (Some(_), None) => Some(ddl::drop_identity(&table.name, &new.name)),
                    (None, Some(identity)) => ddl::add_identity(&table.name, &new.name, identity),
                    (_, Some(identity)) => ddl::set_identity(&table.name, &new.name, identity),
                    (None, None) => None,
                };
                let mut statements: Vec<String> = statement.into_iter().collect();
                let looks = from.generated.is_none();
                if looks {
                    statements.extend(next_number(&table.name, &new.name, self.dialect));
                }
                let what = if to.generated.is_some() { "numbers" } else { "stops numbering" };
                let script = if looks && !found {
                    let locks = lock.clone().remark(Remark::WhileReadForTheLastNumber);
                    Script::reading(format!("{what} {name}"), locks, statements)
                } else {
                    Script::quick(format!("{what} {name}"), &lock, statements)
                };
                if looks { script.reads(&table.name) } else { script }
            };
            let mut acknowledged = Vec::new();
            if !found && old.generated.is_none() && !self.dialect.changes_online {
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
                (_, None) if new.nullable => (Phase::Expand, Rank::Names),
                (Some(Generated::IdentityAlways), None) => {
                    // The old release gives no number and the new one does: the server takes both.
                    let (up, down) = (set(old, &optional), set(&optional, old));
                    self.step((Phase::Expand, Rank::Columns), &format!("optional_{label}"), why, up, down);
                    from = &optional;
                    (Phase::Contract, Rank::Relax)
                }
                // The old release leaves it to the server, or gives numbers, until it is gone.
                (Some(Generated::IdentityByDefault), _) => (Phase::Contract, Rank::Relax),
                _ if old.nullable && !new.nullable => (Phase::Contract, Rank::Objects),
                _ => (Phase::Expand, Rank::Columns),
            };
            return self.acknowledged_step(at, &label, why, &acknowledged, set(from, new), set(new, from));
        }
        let place = Place::column(&table.name, &new.name);
        if self.dialect.drop_expression.is_none() {
            let message =
                "a generated column becomes an ordinary one by no statement that every target knows".to_owned();
            return self.refuse(HAZARD, place, message, ONE_TARGET.to_owned());
        }
        if stored(old) != stored(new) && old.sql_type != new.sql_type {
            let message = "who gives it its values and its type change at once".to_owned();
            let help = format!("the type {} in a migration before, or behind", new.sql_type);
            return self.refuse(HAZARD, place, message, help);
        }
        let hazard = format!("rewrites {}", table.name);
        let message = if stored(new) {
            "the column would be computed for every row while the table is blocked"
        } else {
            "a generated column cannot be made one again without writing every row: there is no safe way back"
        };
        let instead = "a new column with `backfill = \"…\"`";
        let mut words = vec![hazard];
        let mut good = self.acknowledge(&words[0], place.clone(), message.to_owned(), instead);
        if stored(new) && !stored(old) {
            let message = format!("the server would compute `{}`, and the values that it has would go", new.name);
            good &= self.dropped(&name, place, message, None);
            words.push(named_drop(&name));
        }
        if !good {
            return;
        }
        let make = |to: &Column| {
            let to = Column { name: new.name.clone(), ..to.clone() };
            let mut statements = if stored(&to) {
                let mut list = vec![ddl::drop_column(&table.name, &new.name)];
                list.extend(ddl::add_column(&table.name, &to, self.dialect));
                list
            } else {
                ddl::drop_expression(&table.name, &new.name, self.dialect).into_iter().collect()
            };
            statements.extend(stored(&to).then(|| comment(table, &to)).flatten());
            Script::rewriting(
                format!("computes {name} as the models say"),
                lock.clone().remark(Remark::WhileWritten),
                statements,
            )
        };
        let label = format!("generated_{}_{}", table.name, new.name);
        let (mut up, mut down) = (make(new), make(old));
        if !stored(old) {
            up.loses =
                Some(format!("every value of {name}: the way back leaves what was computed, a backup has its values"));
        }
        if !stored(new) {
            down.loses = Some(format!("what was written into {name} since it is an ordinary column"));
        }
        let why = "its values follow from the row, so they are computed anew";
        let (up, down) = (self.around(table, Phase::Expand, up), self.around(table, Phase::Expand, down));
        self.acknowledged_step((Phase::Expand, Rank::Columns), &label, why, &words, up, down);
    }
}
