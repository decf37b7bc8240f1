//! Two schemas that came from one, put together; what both touched is reported.

use std::borrow::Cow;

use super::json::Json;
use crate::schema::{Schema, Table};

/// What two branches do to one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The thing: `orders.status`, `orders: the index idx_orders_status`.
    pub thing: String,
    /// What the branches do: `both branches add it`.
    pub how: String,
}

/// The schema with the changes of both; the clashes, where the two do not commute.
pub(super) fn merge(base: &Schema, ours: &Schema, theirs: &Schema) -> Result<(Schema, Vec<Clash>), serde_json::Error> {
    let texts = [serde_json::to_string(base)?, serde_json::to_string(ours)?, serde_json::to_string(theirs)?];
    let [base, ours, theirs] = texts.each_ref().map(|text| serde_json::from_str::<Json<'_>>(text));
    let (base, ours, theirs) = (base?, ours?, theirs?);
    let mut found = Vec::new();
    let merged = both(Some(&base), Some(&ours), Some(&theirs), &mut Vec::new(), &mut found);
    let text = merged.map(|merged| merged.pretty()).unwrap_or_default();
    let schema: Schema = serde_json::from_str(&text)?;
    found.extend(schema.tables.values().flat_map(|table| dangling(table, &schema)));
    Ok((schema, found))
}

fn both<'a>(
    base: Option<&Json<'a>>,
    ours: Option<&Json<'a>>,
    theirs: Option<&Json<'a>>,
    path: &mut Vec<String>,
    found: &mut Vec<Clash>,
) -> Option<Json<'a>> {
    if theirs == base {
        return ours.cloned();
    }
    if ours == base {
        return theirs.cloned();
    }
    let entries = |json: Option<&Json<'a>>| -> Option<Vec<(Cow<'a, str>, Json<'a>)>> {
        match json {
            Some(Json::Object(entries)) => Some(entries.clone()),
            Some(Json::List(items)) => items.iter().map(|item| Some((key(item, path)?, item.clone()))).collect(),
            _ => None,
        }
    };
    let (Some(was), Some(our), Some(their)) = (entries(base), entries(ours), entries(theirs)) else {
        let how = match (base, ours, theirs) {
            (None, ..) => "both branches add it",
            (_, None, None) => "both branches take it away",
            (_, None, _) | (_, _, None) => "one branch takes it away, and the other changes it",
            _ => "both branches change it",
        };
        let (thing, part) = thing(path);
        let how = part.map_or_else(|| how.to_owned(), |part| format!("{how} ({})", part.replace('_', " ")));
        // Both reword a comment, or give a value that neither's statements depend on.
        if ours != theirs || part.is_none_or(|part| part != "comment") {
            found.push(Clash { thing, how });
        }
        return ours.or(theirs).cloned();
    };
    let mut keys: Vec<&Cow<'a, str>> = Vec::new();
    for (key, _) in was.iter().chain(&our).chain(&their) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    let value = |entries: &'_ [(Cow<'a, str>, Json<'a>)], key: &str| {
        entries.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    };
    let mut merged = Vec::new();
    for key in keys {
        path.push(key.clone().into_owned());
        let parts = (value(&was, key), value(&our, key), value(&their, key));
        let result = both(parts.0.as_ref(), parts.1.as_ref(), parts.2.as_ref(), path, found);
        path.pop();
        merged.extend(result.map(|value| (key.clone(), value)));
    }
    Some(match ours {
        Some(Json::List(_)) => Json::List(merged.into_iter().map(|(_, value)| value).collect()),
        _ => Json::Object(merged),
    })
}

/// What an item of a list is known by. A list whose order means something has no keys, and is one thing.
fn key<'a>(item: &Json<'a>, path: &[String]) -> Option<Cow<'a, str>> {
    match item {
        Json::Object(entries) => {
            let named = entries.iter().find(|(key, _)| key == "name" || key == "value")?;
            if let Json::Text(name) = &named.1 { Some(name.clone()) } else { None }
        }
        Json::Text(text) if path.last().is_some_and(|last| last == "extensions") => Some(text.clone()),
        _ => None,
    }
}

/// A path as people name it, and the part of the thing that it ends in.
fn thing(path: &[String]) -> (String, Option<&str>) {
    let part = |index: usize| path.get(index).map(String::as_str);
    match (part(0), part(1), part(2), part(3)) {
        (Some("tables"), Some(table), Some("columns"), Some(column)) => (format!("{table}.{column}"), part(4)),
        (Some("tables"), Some(table), Some(list), Some(name)) if list.ends_with('s') => {
            let kind = match list {
                "indexes" => "index",
                "policies" => "policy",
                other => other.trim_end_matches('s'),
            };
            (format!("{table}: the {} {name}", kind.replace('_', " ")), part(4))
        }
        (Some("tables"), Some(table), other, _) => (table.to_owned(), other),
        (_, Some(name), other, _) => (name.to_owned(), other),
        (Some(one), ..) => (one.to_owned(), None),
        _ => ("the schema".to_owned(), None),
    }
}

/// What speaks of a table or column that the other branch took away.
fn dangling(table: &Table, schema: &Schema) -> Vec<Clash> {
    let mut found = Vec::new();
    let mut tell = |what: String, gone: String| {
        found.push(Clash {
            thing: format!("{}: {what}", table.name),
            how: format!("one branch adds it, and the other takes {gone} away"),
        });
    };
    let has = |table: &Table, columns: &[String]| columns.iter().find(|name| table.column(name).is_none()).cloned();
    for key in &table.foreign_keys {
        let what = || format!("the foreign key {}", key.name);
        match schema.tables.get(&key.table) {
            None => tell(what(), key.table.clone()),
            Some(target) => {
                if let Some(gone) = has(target, &key.target_columns) {
                    tell(what(), format!("{}.{gone}", target.name));
                } else if let Some(gone) = has(table, &key.columns) {
                    tell(what(), format!("{}.{gone}", table.name));
                }
            }
        }
    }
    for unique in &table.uniques {
        if let Some(gone) = has(table, &unique.columns) {
            tell(format!("the unique key {}", unique.name), format!("{}.{gone}", table.name));
        }
    }
    for index in &table.indexes {
        let columns: Vec<String> =
            index.key.iter().filter_map(|key| key.name().map(str::to_owned)).chain(index.include.clone()).collect();
        if let Some(gone) = has(table, &columns) {
            tell(format!("the index {}", index.name), format!("{}.{gone}", table.name));
        }
    }
    found
}
