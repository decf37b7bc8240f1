//! Values of an enumeration that is stored as text get another text.
//!
//! No release reads the text of the other one. So the column is replaced by another, which a trigger keeps alike, and the
//! new release starts with the file that gives it the name; or the rows are changed while no program runs.

use std::collections::BTreeSet;

use crate::diff::{Change, Item, TableChange};
use crate::place::Place;
use crate::plan::backfill::Backfill;
use crate::plan::planner::{HAZARD, Planner, Rank, path};
use crate::plan::{OFFLINE_RENAME, Phase, Script};
use crate::schema::{Column, Enumeration, Schema, Storage, Table};
use crate::sql::{literal, quote};

/// A column that stays, and holds values under other texts.
struct Renamed<'a> {
    old_table: &'a Table,
    table: &'a Table,
    old: &'a Column,
    new: &'a Column,
}

/// The values whose text differs in the new column, each with its new text. A native type renames them by itself.
pub(super) fn renamed_values(
    old_schema: &Schema,
    old: &Column,
    new_schema: &Schema,
    new: &Column,
) -> Vec<(String, String)> {
    let find = |schema: &'_ Schema, column: &Column| -> Option<Enumeration> {
        schema.enumerations.get(column.enumeration.as_ref()?).cloned()
    };
    let (Some(before), Some(after)) = (find(old_schema, old), find(new_schema, new)) else { return Vec::new() };
    let native = |it: &Enumeration| it.storage == Storage::Native;
    if native(&before) && native(&after) && before.name == after.name {
        return Vec::new();
    }
    let was = |text: &str| before.values.iter().find(|value| value.value == text);
    let leaves = |text: &str| after.values.iter().any(|value| value.renamed_from.as_deref() == Some(text));
    let mut found: Vec<(String, String)> = Vec::new();
    for value in &after.values {
        let Some(from) = value.renamed_from.as_deref().filter(|from| was(from).is_some()) else { continue };
        // The hint stays in the model when the rename is done.
        let done = was(&value.value).is_some_and(|same| same.renamed_from.as_deref() == Some(from));
        let taken = was(&value.value).is_some() && !leaves(&value.value);
        let stays = after.values.iter().any(|other| other.value == from && other.renamed_from.is_none());
        if !done && !taken && !stays && found.iter().all(|(other, _)| other != from) {
            found.push((from.to_owned(), value.value.clone()));
        }
    }
    found
}

/// The texts that a column of an enumeration holds; none of another column.
pub(super) fn texts(schema: &Schema, column: &Column) -> Vec<String> {
    let of = column.enumeration.as_ref().and_then(|name| schema.enumerations.get(name));
    of.into_iter().flat_map(|it| &it.values).map(|value| value.value.clone()).collect()
}

/// What a text is called once these values have other texts.
pub(super) fn becomes(text: String, renamed: &[(String, String)]) -> String {
    renamed.iter().find(|(from, _)| *from == text).map_or(text, |(_, to)| to.clone())
}

impl Planner<'_> {
    /// The columns that hold values under other texts and are otherwise unchanged.
    fn renamed_in_place<'c>(&self, changes: &[Change<'c>]) -> Vec<Renamed<'c>> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for change in changes {
            let Change::Table { old: old_table, new: table, .. } = *change else { continue };
            if !seen.insert(table.name.as_str()) {
                continue;
            }
            let arrives = |column: &Column| {
                changes.iter().any(|change| {
                    matches!(change, Change::Table {
                        new, change: TableChange::Column(Item::Add(it) | Item::Rename { new: it, .. }), ..
                    } if new.name == table.name && it.name == column.name)
                })
            };
            for new in &table.columns {
                let Some(old) = old_table.column(&new.name).filter(|_| !arrives(new)) else { continue };
                let values = renamed_values(self.old(), old, self.new_schema(), new);
                if old.sql_type == new.sql_type && !values.is_empty() {
                    found.push(Renamed { old_table, table, old, new });
                }
            }
        }
        found
    }

    /// Whether values are renamed in one step.
    fn at_once(&self) -> bool {
        self.allowed.offline_rename || self.allowed.everything
    }

    /// What depends on these columns waits for its place.
    pub(super) fn look_for_renamed_values(&mut self, changes: &[Change<'_>]) {
        if !self.at_once() {
            let columns = self.renamed_in_place(changes);
            self.filled.extend(columns.iter().map(|it| (it.table.name.clone(), it.new.name.clone())));
        }
    }

    /// The tables of columns that others take the place of, with other texts.
    pub(super) fn tables_of_renamed_values<'c>(&self, changes: &[Change<'c>]) -> Vec<(&'c Table, &'c Table)> {
        let found = if self.at_once() { Vec::new() } else { self.renamed_in_place(changes) };
        found.into_iter().map(|it| (it.old_table, it.table)).collect()
    }

    pub(super) fn rename_text_values(&mut self, changes: &[Change<'_>]) {
        for it in self.renamed_in_place(changes) {
            if self.at_once() {
                self.rename_values_at_once(&it);
            } else {
                self.replace_column(it.old_table, it.table, it.old, it.new);
            }
        }
    }

    /// Refuses what only one of the two releases could write: each value of the one must be a value of the other.
    pub(super) fn same_values(&mut self, table: &Table, old: &Column, new: &Column) -> bool {
        let renamed = renamed_values(self.old(), old, self.new_schema(), new);
        let before: BTreeSet<String> = texts(self.old(), old).into_iter().map(|text| becomes(text, &renamed)).collect();
        let after: BTreeSet<String> = texts(self.new_schema(), new).into_iter().collect();
        if renamed.is_empty() || before == after {
            return true;
        }
        let message = format!(
            "values of `{}` are renamed, and others are added or removed: each release would write what the other's check refuses",
            new.name
        );
        let help = format!(
            "rename them in this migration, and add or remove the others in another one\nor: {}",
            self.offline_line()
        );
        self.refuse(HAZARD, Place::column(&table.name, &new.name), message, help);
        false
    }

    /// The rows are changed while no program runs. The old check is gone before, the new one is proved after.
    fn rename_values_at_once(&mut self, it: &Renamed<'_>) {
        let (table, column) = (it.table, &it.new.name);
        let values = renamed_values(self.old(), it.old, self.new_schema(), it.new);
        let place = Place::column(&table.name, column);
        let was = it.old.enumeration.as_ref().and_then(|name| self.old().enumerations.get(name));
        let is_old = |text: &String| was.is_some_and(|it| it.values.iter().any(|value| value.value == *text));
        if let Some((from, to)) = values.iter().find(|(_, to)| is_old(to)) {
            let message = format!(
                "`{from}` becomes `{to}`, which is the text of another value: the rows of the two would be mixed"
            );
            let help = "give that one a text of its own in a migration before";
            return self.refuse(HAZARD, place, message, help.to_owned());
        }
        let named = |list: &[String]| list.contains(column);
        let tables = self.new_schema().tables.values();
        let key =
            tables.flat_map(|other| other.foreign_keys.iter().map(move |key| (other, key))).find(|(other, key)| {
                other.name == table.name && named(&key.columns) || key.table == table.name && named(&key.target_columns)
            });
        if let Some((other, key)) = key {
            let message = format!(
                "the foreign key {} of {} depends on it: its two sides cannot change row by row",
                key.name, other.name
            );
            let help = "the same without --offline-rename";
            return self.refuse(HAZARD, place, message, help.to_owned());
        }
        let Some(fired) = self.fires(table, column) else { return };
        let words = [vec![OFFLINE_RENAME.to_owned()], fired].concat();
        let back: Vec<(String, String)> = values.iter().map(|(from, to)| (to.clone(), from.clone())).collect();
        let (up, down) = (self.rewritten(table, column, &values), self.rewritten(table, column, &back));
        let several = up.len() > 1;
        for (index, (up, down)) in up.into_iter().zip(down.into_iter().rev()).enumerate() {
            let part = if several { format!("_{}", index + 1) } else { String::new() };
            self.acknowledged_step(
                (Phase::Backfill, Rank::Fill),
                &format!("values_{}_{column}{part}", table.name),
                "it was acknowledged that no program runs meanwhile",
                &words,
                up,
                down,
            );
        }
    }

    fn rewritten(&self, table: &Table, column: &str, values: &[(String, String)]) -> Vec<Script> {
        let field = quote(column);
        let cases: String =
            values.iter().map(|(from, to)| format!(" WHEN {} THEN {}", literal(from), literal(to))).collect();
        let list: Vec<String> = values.iter().map(|(from, _)| literal(from)).collect();
        let fill = Backfill {
            table,
            column,
            value: &format!("CASE {field}{cases} END"),
            missing: &format!("{field} IN ({})", list.join(", ")),
            refuses: None,
            guard: self.fills_rows(&table.name),
        };
        let told: Vec<String> = values.iter().map(|(from, to)| format!("{from} to {to}")).collect();
        let what = format!("changes {} in the rows of {}, in batches", told.join(" and "), path(table, column));
        let mut scripts: Vec<Script> = fill.scripts(self.dialect).into_iter().map(|(script, _)| script).collect();
        // Where a loop must be a procedure, it is made before and dropped after.
        let middle = scripts.len() / 2;
        scripts[middle].what = what;
        scripts
    }
}
