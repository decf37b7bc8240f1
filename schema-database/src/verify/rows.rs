//! The rows of the tables: read before a file, and looked for after it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use tablewright_core::samples::Samples;
use tablewright_core::schema::Schema;
use tablewright_core::sql::{literal, quote};

/// The rows of each table, each value as the server writes it in JSON.
pub(super) type Rows = BTreeMap<String, Vec<Map<String, Value>>>;

/// What says when a row was changed last is not a value of it.
const TOUCHED: &str = "updated_at";

/// Reads every row of the tables, in one statement.
pub(super) async fn snapshot(connection: &mut PgConnection, schema: &Schema) -> Result<Rows, sqlx::Error> {
    let mut rows: Rows = schema.tables.keys().map(|table| (table.clone(), Vec::new())).collect();
    if rows.is_empty() {
        return Ok(rows);
    }
    let parts = schema.tables.keys().map(|table| {
        format!("SELECT {} AS of_table, to_jsonb(it)::TEXT AS row FROM {} it", literal(table), quote(table))
    });
    let sql = parts.collect::<Vec<_>>().join(" UNION ALL ");
    for found in sqlx::query(AssertSqlSafe(sql)).persistent(false).fetch_all(connection).await? {
        let (table, text): (String, String) = (found.try_get(0)?, found.try_get(1)?);
        let row: Value = serde_json::from_str(&text).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        if let (Value::Object(row), Some(rows)) = (row, rows.get_mut(&table)) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Tells which rows there are.
pub(super) fn learn(samples: &mut Samples<'_>, rows: &Rows) {
    for (table, rows) in rows {
        for row in rows {
            samples.learn(table, row.iter().map(|(name, value)| (name.clone(), text(value))).collect());
        }
    }
}

/// A value as the server reads it.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// How a look at rows after a change is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Every row is there.
    Rows,
    /// Every row is there, and what had a value has one.
    Kept,
    /// Every value is what it was.
    Same,
}

/// The rows and values that are not there any more. Only tables and columns that both schemas have are looked at.
pub(super) fn lost(look: Look, before: (&Rows, &Schema), after: (&Rows, &Schema)) -> Vec<String> {
    let mut lost = Vec::new();
    for (name, old) in &before.1.tables {
        let (Some(new), Some(rows), Some(found)) = (after.1.tables.get(name), before.0.get(name), after.0.get(name))
        else {
            continue;
        };
        let shared: BTreeSet<&str> = old
            .columns
            .iter()
            .filter(|column| new.column(&column.name).is_some_and(|it| it.sql_type == column.sql_type))
            .map(|column| column.name.as_str())
            .collect();
        let key: Vec<&str> = old.primary_key.columns.iter().map(String::as_str).collect();
        if key.is_empty() || !key.iter().all(|column| shared.contains(column)) {
            if found.len() < rows.len() {
                lost.push(format!("{name} had {} rows and has {}", rows.len(), found.len()));
            }
            continue;
        }
        let of =
            |row: &Map<String, Value>| key.iter().map(|key| row.get(*key).map(Value::to_string)).collect::<Vec<_>>();
        let by_key: BTreeMap<Vec<Option<String>>, &Map<String, Value>> =
            found.iter().map(|row| (of(row), row)).collect();
        let mut columns: BTreeMap<&str, (usize, String)> = BTreeMap::new();
        let mut gone = 0;
        for row in rows {
            let Some(now) = by_key.get(&of(row)) else {
                gone += 1;
                continue;
            };
            for column in shared.iter().filter(|column| **column != TOUCHED) {
                let (was, is) = (row.get(*column), now.get(*column));
                let had = was.is_some_and(|was| !was.is_null());
                let is_lost = had
                    && match look {
                        Look::Rows => false,
                        Look::Kept => is.is_none_or(Value::is_null),
                        Look::Same => was != is,
                    };
                if is_lost {
                    let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
                    let example = || format!("{} became {}", shown(was), shown(is));
                    columns.entry(column).or_insert_with(|| (0, example())).0 += 1;
                }
            }
        }
        if gone > 0 {
            lost.push(format!("{name}: {gone} of {} rows are gone", rows.len()));
        }
        lost.extend(columns.iter().map(|(column, (count, example))| {
            format!("{name}.{column}: {count} of {} values are lost ({example})", rows.len())
        }));
    }
    lost
}

/// Takes every row out of the tables.
pub(super) async fn empty(connection: &mut PgConnection, schema: &Schema) -> Result<(), sqlx::Error> {
    let tables: Vec<String> = schema.tables.keys().map(|table| quote(table)).collect();
    if tables.is_empty() {
        return Ok(());
    }
    let sql = format!("TRUNCATE {} CASCADE", tables.join(", "));
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.map(drop)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tablewright_core::schema::{Column, PrimaryKey, SqlType, Table};

    use super::*;

    fn schema(columns: &[&str]) -> Schema {
        let table = Table {
            name: "users".to_owned(),
            columns: columns.iter().map(|name| Column::new(name, SqlType::Text)).collect(),
            primary_key: PrimaryKey { name: "users_pkey".to_owned(), columns: vec!["id".to_owned()] },
            ..Table::default()
        };
        Schema { tables: [("users".to_owned(), table)].into(), ..Schema::default() }
    }

    fn rows(rows: &Value) -> Rows {
        let rows = rows.as_array().unwrap().iter().map(|row| row.as_object().unwrap().clone()).collect();
        [("users".to_owned(), rows)].into()
    }

    #[test]
    fn what_is_lost_is_counted() {
        let all = schema(&["id", "name", "updated_at"]);
        let before = rows(&json!([
            {"id": "1", "name": "a", "updated_at": "x"}, {"id": "2", "name": "b", "updated_at": "x"},
            {"id": "3", "name": null, "updated_at": "x"}, {"id": "4", "name": "d", "updated_at": "x"}
        ]));
        let after = rows(&json!([
            {"id": "1", "name": "A", "updated_at": "y"}, {"id": "2", "name": null, "updated_at": "y"},
            {"id": "3", "name": "c", "updated_at": "y"}
        ]));
        let gone = "users: 1 of 4 rows are gone";
        let same = lost(Look::Same, (&before, &all), (&after, &all));
        assert_eq!(same, [gone, "users.name: 2 of 4 values are lost (\"a\" became \"A\")"]);
        let kept = lost(Look::Kept, (&before, &all), (&after, &all));
        assert_eq!(lost(Look::Rows, (&before, &all), (&after, &all)), [gone]);
        assert_eq!(kept, [gone, "users.name: 1 of 4 values are lost (\"b\" became null)"]);
        // A column that is gone was dropped, which is not for the rows to say.
        let fewer = schema(&["id", "updated_at"]);
        assert_eq!(lost(Look::Same, (&before, &all), (&after, &fewer)), [gone]);
    }
}
