//! Types: which changes cost nothing, which values can be cast, and the values of native enumerations.

use super::aside::Aside;
use crate::dialect::{ONE_TARGET, ValuesGo};
use crate::place::Place;
use crate::plan::locks::{LockMode, Locks};
use crate::plan::planner::{HAZARD, Planner, Rank, before};
use crate::plan::{OFFLINE_RENAME, Phase, Run, Script};
use crate::schema::{Column, Enumeration, SqlType, Storage, Table};
use crate::sql::Statement;
use crate::sql::ddl::{self, Neighbour};
use crate::sql::{literal, quote};

/// Whether PostgreSQL changes the type without reading the rows:
/// <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>.
pub(super) fn widens(old: &SqlType, new: &SqlType) -> bool {
    match (old, new) {
        (SqlType::Varchar(from), SqlType::Varchar(to)) => from <= to,
        (SqlType::Varchar(_), SqlType::Text) | (SqlType::Numeric(Some(_)), SqlType::Numeric(None)) => true,
        (SqlType::Numeric(Some((from, scale))), SqlType::Numeric(Some((to, same)))) => from <= to && scale == same,
        // An array is rewritten, whatever its elements are.
        _ => false,
    }
}

/// The columns of a schema that have a type.
pub(super) fn columns_of_type<'a>(tables: impl Iterator<Item = &'a Table>, name: &str) -> Vec<(&'a Table, &'a Column)> {
    let is = |sql_type: &SqlType| match sql_type {
        SqlType::Other(text) => text.eq_ignore_ascii_case(name),
        SqlType::Array(element) => matches!(&**element, SqlType::Other(text) if text.eq_ignore_ascii_case(name)),
        _ => false,
    };
    tables
        .flat_map(|table| table.columns.iter().filter(|column| is(&column.sql_type)).map(move |it| (table, it)))
        .collect()
}

impl Planner<'_> {
    pub(super) fn add_type(&mut self, new: &Enumeration) {
        let (Some(create), Some(drop)) = (ddl::create_enumeration(new), ddl::drop_enumeration(new)) else { return };
        self.step(
            (Phase::Expand, Rank::Types),
            &format!("create_{}", new.name),
            "the models have it",
            Script::quick(format!("creates the type {}", new.name), NO_LOCKS, vec![create]),
            Script::quick(format!("drops the type {}", new.name), NO_LOCKS, vec![drop]),
        );
    }

    pub(super) fn drop_type(&mut self, old: &Enumeration) {
        let (Some(create), Some(drop)) = (ddl::create_enumeration(old), ddl::drop_enumeration(old)) else { return };
        self.step(
            (Phase::Contract, Rank::DropTypes),
            &format!("drop_{}", old.name),
            "no column has it any more",
            Script::quick(format!("drops the type {}", old.name), NO_LOCKS, vec![drop]),
            Script::quick(format!("creates the type {} again", old.name), NO_LOCKS, vec![create]),
        );
    }

    pub(super) fn change_values(&mut self, old: &Enumeration, new: &Enumeration) {
        let (mut known, renamed) = renamed_values(old, new);
        for (from, to) in &renamed {
            self.rename_value(new, from, to);
        }
        if is_made_anew(old, new) {
            return self.recreate_type(old, new);
        }
        let wanted: Vec<&str> = new.values.iter().map(|value| value.value.as_str()).collect();
        for (index, value) in wanted.iter().enumerate() {
            if known.iter().any(|it| it == value) {
                continue;
            }
            let first = known.first().cloned();
            let at = match (index.checked_sub(1).map(|before| wanted[before]), &first) {
                (Some(before), _) => Neighbour::After(before),
                (None, Some(first)) => Neighbour::Before(first),
                (None, None) => Neighbour::Last,
            };
            let without = Enumeration {
                values: new.values.iter().filter(|it| known.contains(&it.value)).cloned().collect(),
                ..new.clone()
            };
            known.insert(index, (*value).to_owned());
            let with = Enumeration {
                values: new.values.iter().filter(|it| known.contains(&it.value)).cloned().collect(),
                ..new.clone()
            };
            let down = self.without_value(&with, &without, value);
            // Where it stays on the way back, the way up finds it.
            let statement = ddl::add_value(&new.name, value, at, down.run == Run::Nothing);
            self.step(
                (Phase::Expand, Rank::Types),
                &format!("value_{}_{value}", new.name),
                "alone in its file: the transaction that adds a value cannot use it",
                Script::alone(
                    format!("adds the value {value} to the type {}", new.name),
                    NO_LOCKS,
                    "an instant",
                    statement,
                ),
                down,
            );
        }
    }

    /// A value cannot be taken out of a type: the type is recreated, which rewrites the tables that have it. So that
    /// happens only where they are empty.
    fn without_value(&self, with: &Enumeration, without: &Enumeration, value: &str) -> Script {
        let what = format!("takes the value {value} out of the type {}", with.name);
        if self.dialect.values_go == ValuesGo::Never {
            return Script::nothing(format!(
                "leaves the value {value} in the type {}: no statement takes it out on every target, and one that nobody writes \
                 does no harm",
                with.name
            ));
        }
        if self.dialect.values_go == ValuesGo::Dropped {
            let statement = format!("ALTER TYPE {} DROP VALUE {};", quote(&with.name), literal(value));
            return Script::alone(what, NO_LOCKS, "as long as every row takes to be read", statement.into());
        }
        let tables = columns_of_type(self.old().tables.values(), &with.name);
        let mut statements: Vec<Statement> = Vec::new();
        let mut names: Vec<&str> = tables.iter().map(|(table, _)| table.name.as_str()).collect();
        names.dedup();
        for name in &names {
            let message =
                format!("a type loses a value only by being made anew, which would rewrite {name} while it is blocked");
            let hint = "leave the value there: one that nobody writes does no harm";
            let condition = format!("EXISTS (SELECT FROM {})", quote(name));
            statements.push(ddl::raise_where(&condition, &message, Some(hint)));
        }
        let aside = Aside::of_type(self.old(), &tables, self.dialect);
        if !aside.fixed.is_empty() {
            let why = format!(
                "leaves the value {value} in the type {}: {} cannot be made again",
                with.name,
                aside.fixed.join(", ")
            );
            return Script::nothing(why);
        }
        statements.extend(self.recreated(with, without, &tables, &aside));
        let locks = Locks::on(LockMode::AccessExclusive, names.iter().copied());
        let script = Script::quick(what, locks, statements);
        let script = names.iter().fold(script, |script, name| script.reads(*name));
        let script = Script { refuses: names.iter().map(|name| (*name).to_owned()).collect(), ..script };
        self.around_empty(&names, script).unwrap_or_else(|alone| {
            Script::nothing(format!(
                "leaves the value {value} in the type {}: {alone} is made in no transaction",
                with.name
            ))
        })
    }

    fn recreated(
        &self,
        from: &Enumeration,
        to: &Enumeration,
        columns: &[(&Table, &Column)],
        aside: &Aside,
    ) -> Vec<Statement> {
        let was = before(&from.name);
        let mut statements = aside.away.clone();
        statements.push(ddl::rename_enumeration(&from.name, &was));
        statements.extend(ddl::create_enumeration(to));
        for (table, column) in columns {
            let text = match column.sql_type {
                SqlType::Array(_) => "text[]",
                _ => "text",
            };
            let using = format!("{}::{text}::{}", quote(&column.name), ddl::type_text(&column.sql_type, self.dialect));
            let bare = Column { default: None, ..(*column).clone() };
            if column.default.is_some() {
                statements.push(ddl::drop_default(&table.name, &column.name));
            }
            statements.push(ddl::set_type(&table.name, &bare, Some(&using), self.dialect));
            if let Some(default) = &column.default {
                statements.push(ddl::set_default(&table.name, &column.name, default));
            }
        }
        statements.extend(ddl::drop_enumeration(&Enumeration { name: was, ..from.clone() }));
        statements.extend(aside.back.iter().cloned());
        statements
    }

    fn recreate_type(&mut self, old: &Enumeration, new: &Enumeration) {
        // It comes last, when all columns have their new names and those that go are gone.
        let both = columns_of_type(self.new_schema().tables.values(), &new.name);
        let gone: Vec<&str> =
            old.values.iter().map(|value| value.value.as_str()).filter(|value| !has(new, value)).collect();
        let mut names: Vec<&str> = both.iter().map(|(table, _)| table.name.as_str()).collect();
        names.dedup();
        let message = if gone.is_empty() {
            format!(
                "the values of `{}` are in another order, which recreates the type and rewrites {}",
                new.name,
                names.join(", ")
            )
        } else {
            format!(
                "removing {} from `{}` recreates the type and rewrites {}",
                gone.join(", "),
                new.name,
                names.join(", ")
            )
        };
        let hazards: Vec<String> = names.iter().map(|name| format!("rewrites {name}")).collect();
        let mut good = true;
        for hazard in &hazards {
            let instead = "leave the value where it is: one that no one writes does no harm";
            good &= self.acknowledge(hazard, Place::table(&new.name), message.clone(), instead);
        }
        if !good {
            return;
        }
        let aside = Aside::of_type(self.new_schema(), &both, self.dialect);
        if !aside.fixed.is_empty() {
            let message = format!("{message}, and {} cannot be made again in place", aside.fixed.join(" and "));
            let help = "leave the value where it is: one that no one writes does no harm";
            return self.refuse(HAZARD, Place::table(&new.name), message, help.to_owned());
        }
        let locks = Locks::on(LockMode::AccessExclusive, names.iter().copied());
        let up = Script::rewriting(
            format!("makes the type {} anew", new.name),
            &locks,
            self.recreated(old, new, &both, &aside),
        );
        let down = Script::rewriting(
            format!("makes the type {} as it was", new.name),
            &locks,
            self.recreated(new, old, &both, &aside),
        );
        let mut tables: Vec<&Table> = both.iter().map(|(table, _)| *table).collect();
        tables.dedup_by_key(|table| &table.name);
        let around = |script: Script| self.around_all(&tables, Phase::Contract, script);
        let (up, down) = (around(up), around(down));
        let stands = !aside.away.is_empty() || up.groups.len() > 1;
        if stands && !self.dialect.transactional_ddl {
            let message = format!("{message}, and what names its columns would be missing for a while");
            return self.refuse(HAZARD, Place::table(&new.name), message, ONE_TARGET.to_owned());
        }
        self.acknowledged_step(
            (Phase::Contract, Rank::DropTypes),
            &format!("type_{}", new.name),
            "a type cannot lose a value, so it is made anew",
            &hazards,
            up,
            down,
        );
    }

    fn rename_value(&mut self, new: &Enumeration, from: &str, to: &str) {
        if !self.allowed.offline_rename && !self.allowed.everything {
            let message =
                format!("the value `{from}` becomes `{to}` in one step, and the old release does not know it");
            let help = format!(
                "add the new value, move the rows to it, and drop the old value later\nor: {}",
                self.offline_line()
            );
            return self.refuse(HAZARD, Place::table(&new.name), message, help);
        }
        let rename = |from: &str, to: &str| {
            Script::quick(
                format!("renames the value {from} of the type {} to {to}", new.name),
                NO_LOCKS,
                vec![ddl::rename_value(&new.name, from, to)],
            )
        };
        self.acknowledged_step(
            (Phase::Expand, Rank::Names),
            &format!("value_{}_{to}", new.name),
            "it was acknowledged that no program runs meanwhile",
            &[OFFLINE_RENAME.to_owned()],
            rename(from, to),
            rename(to, from),
        );
    }
}

/// The old values under the names that they get, and those that get another.
fn renamed_values(old: &Enumeration, new: &Enumeration) -> (Vec<String>, Vec<(String, String)>) {
    let mut known: Vec<String> = old.values.iter().map(|value| value.value.clone()).collect();
    let mut renamed = Vec::new();
    for value in &new.values {
        let from = value.renamed_from.as_ref();
        let from = from.filter(|from| known.contains(from) && !known.contains(&value.value) && !has(new, from));
        let Some(from) = from else { continue };
        renamed.push((from.clone(), value.value.clone()));
        for name in known.iter_mut().filter(|name| *name == from) {
            name.clone_from(&value.value);
        }
    }
    (known, renamed)
}

/// Whether the type is made anew, since a value goes or they are in another order.
pub(super) fn is_made_anew(old: &Enumeration, new: &Enumeration) -> bool {
    let (known, _) = renamed_values(old, new);
    let kept = new.values.iter().filter(|it| known.contains(&it.value)).map(|it| it.value.as_str());
    old.storage == Storage::Native && new.storage == Storage::Native && kept.ne(known.iter().map(String::as_str))
}

fn has(enumeration: &Enumeration, value: &str) -> bool {
    enumeration.values.iter().any(|it| it.value == value)
}

/// The locks of a change that no table has a part in.
pub(super) const NO_LOCKS: Locks = Locks::NONE;
