//! What was acknowledged for a migration that is not sealed, when it is rewritten: words that were given for one change
//! do not cover the next.

use std::collections::BTreeSet;

use crate::plan::Allowed;
use crate::schema::{Column, Schema, Table};

/// The words that still say what they said. `last` is the schema that they were given for, `now` the one that is asked for:
/// what a word names must be the same in both.
pub(super) fn still_meant(mut allowed: Allowed, last: &Schema, now: &Schema) -> Allowed {
    let schemas = Schemas { last, now };
    allowed.drops.retain(|name| schemas.same(name).unwrap_or_else(|| schemas.same_elsewhere()));
    allowed.acknowledged.retain(|words| words.split_whitespace().all(|word| schemas.same(word).unwrap_or(true)));
    allowed.offline_rename &= renames(last) == renames(now);
    allowed
}

struct Schemas<'a> {
    last: &'a Schema,
    now: &'a Schema,
}

impl Schemas<'_> {
    /// Whether what has the name is the same in both; nothing where neither has anything of that name.
    fn same(&self, name: &str) -> Option<bool> {
        let [last, now] = [self.last, self.now].map(|schema| {
            let (table, column) = name.split_once('.').unwrap_or((name, ""));
            (schema.tables.get(table), column)
        });
        match (last, now) {
            ((None, _), (None, _)) => {
                let [last, now] = [self.last, self.now].map(|schema| schema.customs.get(name));
                (last.is_some() || now.is_some()).then(|| last == now)
            }
            ((Some(last), ""), (Some(now), _)) => Some(last == now && self.same_values(last, now)),
            ((Some(last), column), (Some(now), _)) => {
                let (last, now) = (last.column(column), now.column(column));
                Some(last == now && last.into_iter().chain(now).all(|column| self.same_values_of(column)))
            }
            _ => Some(false),
        }
    }

    fn same_values(&self, last: &Table, now: &Table) -> bool {
        last.columns.iter().chain(&now.columns).all(|column| self.same_values_of(column))
    }

    fn same_values_of(&self, column: &Column) -> bool {
        let values = |schema: &'_ Schema| Some(schema.enumerations.get(column.enumeration.as_ref()?)?.values.clone());
        values(self.last) == values(self.now)
    }

    /// Partitions, and what SQL of the user's own holds, have names that are none of a table.
    fn same_elsewhere(&self) -> bool {
        let partitions = |schema: &Schema| -> Vec<_> {
            schema.tables.values().filter_map(|table| table.partitioning.clone()).collect()
        };
        self.last.customs == self.now.customs && partitions(self.last) == partitions(self.now)
    }
}

/// Everything that says what it was called before.
fn renames(schema: &Schema) -> BTreeSet<(String, String)> {
    let tables = schema.tables.values().flat_map(|table| {
        let columns = table
            .columns
            .iter()
            .filter_map(move |column| Some((format!("{}.{}", table.name, column.name), column.renamed_from.clone()?)));
        columns.chain(table.renamed_from.clone().map(|from| (table.name.clone(), from)))
    });
    let values = schema.enumerations.values().flat_map(|it| {
        it.values
            .iter()
            .filter_map(move |value| Some((format!("{}.{}", it.name, value.value), value.renamed_from.clone()?)))
    });
    tables.chain(values).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Custom, SqlType};

    fn schema(columns: &[(&str, SqlType)]) -> Schema {
        let columns = columns.iter().map(|(name, sql_type)| Column::new(name, sql_type.clone())).collect();
        let table = Table { name: "orders".to_owned(), columns, ..Table::default() };
        let mut schema = Schema::default();
        schema.tables.insert(table.name.clone(), table);
        schema
    }

    fn allowed() -> Allowed {
        Allowed {
            drops: ["orders.legacy", "audit_log"].map(str::to_owned).into(),
            offline_rename: true,
            acknowledged: ["rewrites orders", "loses orders.note", "no NULL in orders.number"]
                .map(str::to_owned)
                .into(),
            everything: false,
            command: crate::plan::Command::Migrate,
        }
    }

    #[test]
    fn words_hold_as_long_as_what_they_name_is_what_it_was() {
        let last = schema(&[("note", SqlType::Varchar(5)), ("number", SqlType::BigInt)]);
        assert_eq!(still_meant(allowed(), &last, &last), allowed());
        let narrower = schema(&[("note", SqlType::Varchar(3)), ("number", SqlType::BigInt)]);
        let left = still_meant(allowed(), &last, &narrower);
        assert_eq!(left.acknowledged, ["no NULL in orders.number".to_owned()].into());
        assert_eq!(left.drops, allowed().drops);
        let back = schema(&[("note", SqlType::Varchar(5)), ("number", SqlType::BigInt), ("legacy", SqlType::Text)]);
        let left = still_meant(allowed(), &last, &back);
        assert_eq!(left.drops, ["audit_log".to_owned()].into());
        assert!(!left.acknowledged.contains("rewrites orders"));
        assert!(left.acknowledged.contains("loses orders.note"));
    }

    #[test]
    fn a_drop_in_own_sql_is_named_for_the_text_that_it_was_named_for() {
        let last = schema(&[]);
        let mut now = last.clone();
        now.customs.insert("audit".to_owned(), Custom::default());
        assert!(!still_meant(allowed(), &last, &now).drops.contains("audit_log"));
    }

    #[test]
    fn a_rename_at_one_moment_is_not_said_of_the_next() {
        let last = schema(&[("note", SqlType::Text)]);
        let mut now = last.clone();
        for table in now.tables.values_mut() {
            table.columns[0].renamed_from = Some("remark".to_owned());
        }
        assert!(!still_meant(allowed(), &last, &now).offline_rename);
    }
}
