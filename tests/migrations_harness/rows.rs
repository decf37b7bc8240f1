//! What the tables contain, and whether it survived a migration.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, query_scalar};
use tablewright_core::schema::{Generated, Schema, Table};
use tablewright_core::sql::quote;

use super::values::{Values, counterpart, counterpart_column};

/// Rows of each table, by column.
pub type Rows = BTreeMap<String, Vec<Map<String, Value>>>;

/// Fills every table with some rows.
pub async fn seed(connection: &mut PgConnection, values: Values<'_>, seed: Option<&str>) -> Result<(), String> {
    if let Some(seed) = seed {
        return super::database::execute(connection, seed).await;
    }
    for table in values.tables() {
        for row in 1..=3 {
            super::database::execute(connection, &values.insert(table, row)).await?;
        }
    }
    Ok(())
}

/// The rows of the schema's tables, as far as the tables are there.
pub async fn snapshot(connection: &mut PgConnection, schema: &Schema) -> Rows {
    let mut rows = Rows::new();
    for table in schema.tables.keys() {
        let there: bool = query_scalar("SELECT to_regclass($1) IS NOT NULL")
            .bind(quote(table))
            .fetch_one(&mut *connection)
            .await
            .unwrap();
        if !there {
            continue;
        }
        let sql = format!("SELECT to_jsonb(t) FROM {} t", quote(table));
        let found: Vec<Value> = query_scalar(AssertSqlSafe(sql)).fetch_all(&mut *connection).await.unwrap();
        let maps = found.into_iter().filter_map(|row| if let Value::Object(map) = row { Some(map) } else { None });
        rows.insert(table.clone(), maps.collect());
    }
    rows
}

/// Deletes every row.
pub async fn delete(connection: &mut PgConnection) {
    let sql = "SELECT coalesce('TRUNCATE ' || string_agg(quote_ident(relname), ', ') || ' CASCADE', '') FROM pg_class
               WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT LIKE '\\_sqlx%'";
    let truncate: String = query_scalar(sql).fetch_one(&mut *connection).await.unwrap();
    super::database::execute(connection, &truncate).await.unwrap();
}

/// The part of old rows that fits into the new schema.
pub fn snapshot_through(before: &Rows, old: &Schema, new: &Schema) -> Rows {
    let mut through = Rows::new();
    for table in old.tables.values() {
        let (Some(now), Some(rows)) = (counterpart(table, new), before.get(&table.name)) else { continue };
        let stays = |name: &String| table.column(name).is_some_and(|column| counterpart_column(column, now).is_some());
        let kept =
            rows.iter().map(|row| row.iter().filter(|(name, _)| stays(name)).map(|(n, v)| (n.clone(), v.clone())));
        through.insert(table.name.clone(), kept.map(Iterator::collect).collect());
    }
    through
}

/// What was lost or changed of `before`, which held `old`, in `after`, which holds `new`. Nothing if all of it is there.
pub fn lost(before: &Rows, old: &Schema, after: &Rows, new: &Schema) -> Vec<String> {
    let mut lost = Vec::new();
    for table in old.tables.values() {
        let (Some(now), Some(rows)) = (counterpart(table, new), before.get(&table.name)) else { continue };
        let Some(found) = after.get(&now.name) else {
            lost.push(format!("{} is missing", now.name));
            continue;
        };
        let Some(key) = renamed_key(table, now) else { continue };
        // Nearly every row is found by the text of its key.
        let mut by_text: BTreeMap<Vec<String>, Vec<&Map<String, Value>>> = BTreeMap::new();
        for row in found {
            by_text.entry(key.iter().map(|(_, new)| plain(row.get(new))).collect()).or_default().push(row);
        }
        // A key that does not come through tells no rows apart.
        let has_key = |row: &&Map<String, Value>| key.iter().all(|(old, _)| row.contains_key(old));
        for row in rows.iter().filter(has_key) {
            let same = |was: Option<&Value>, is: Option<&Value>| {
                was == is || same_as_another_type(was, is) || plain(was) == plain(is)
            };
            let is_it = |other: &&Map<String, Value>| key.iter().all(|(old, new)| same(row.get(old), other.get(new)));
            let text: Vec<String> = key.iter().map(|(old, _)| plain(row.get(old))).collect();
            let same_text = by_text.get(&text).and_then(|list| list.iter().copied().find(is_it));
            let Some(other) = same_text.or_else(|| found.iter().find(is_it)) else {
                lost.push(format!("a row of {} is gone: {row:?}", table.name));
                continue;
            };
            lost.extend(changed(table, now, row, other, new));
        }
    }
    lost
}

/// The key columns under both names.
fn renamed_key(table: &Table, now: &Table) -> Option<Vec<(String, String)>> {
    let pair = |name: &String| {
        let column = counterpart_column(table.column(name)?, now)?;
        Some((name.clone(), column.name.clone()))
    };
    table.primary_key.columns.iter().map(pair).collect()
}

fn changed(
    table: &Table,
    now: &Table,
    row: &Map<String, Value>,
    other: &Map<String, Value>,
    new: &Schema,
) -> Vec<String> {
    let mut lost = Vec::new();
    for column in &table.columns {
        let Some(after) = counterpart_column(column, now) else { continue };
        // What the model recomputes is not what it was.
        let computed = after.generated != column.generated
            || matches!(after.generated, Some(Generated::Stored(_)))
            || (after.sql_type != column.sql_type && (after.backfill.is_some() || column.backfill.is_some()));
        let (was, is) = (row.get(&column.name), other.get(&after.name));
        // Only what was seen can be missed.
        if was.is_none() {
            continue;
        }
        let filled = column.nullable && !after.nullable && was.is_some_and(Value::is_null);
        let renamed = || {
            let values = &new.enumerations.get(after.enumeration.as_ref()?)?.values;
            values.iter().find(|value| value.renamed_from.as_deref() == was.and_then(Value::as_str))
        };
        // A number is the same as its text, and a day as its midnight.
        let text = |value: Option<&Value>| {
            let text = value.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
            text.map(|text| text.trim_end_matches("+00:00").trim_end_matches("T00:00:00").to_owned())
        };
        let same_value =
            text(was) == text(is) || renamed().is_some_and(|value| is == Some(&Value::String(value.value.clone())));
        let same_value = same_value || same_as_another_type(was, is);
        if !computed && !filled && !same_value && column.name != "updated_at" {
            lost.push(format!("{}.{} was {was:?} and is {is:?}", now.name, after.name));
        }
    }
    lost
}

/// A number of another scale or as its text, and a JSON value as its text.
fn same_as_another_type(was: Option<&Value>, is: Option<&Value>) -> bool {
    match (was, is) {
        (Some(Value::Number(was)), Some(Value::Number(is))) => was.as_f64() == is.as_f64(),
        (Some(Value::Number(number)), Some(Value::String(text)))
        | (Some(Value::String(text)), Some(Value::Number(number))) => text.parse().ok() == number.as_f64(),
        (Some(Value::String(was)), Some(is @ (Value::Object(_) | Value::Array(_))))
        | (Some(is @ (Value::Object(_) | Value::Array(_))), Some(Value::String(was))) => {
            serde_json::from_str::<Value>(was).is_ok_and(|was| was == *is)
                || plain(Some(is)) == plain(Some(&Value::String(was.clone())))
        }
        // An instant, or an array, as its text.
        (Some(Value::String(_)), Some(Value::String(_))) => plain(was) == plain(is),
        _ => false,
    }
}

fn plain(value: Option<&Value>) -> String {
    let text = value.map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned)).unwrap_or_default();
    let text = text.replace('T', " ");
    let text = ["+00", "+00:00", " 00:00:00"].iter().fold(text.as_str(), |text, end| text.trim_end_matches(end));
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}
