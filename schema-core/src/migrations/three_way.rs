//! Two schemas that came from one, put together; what both touched is reported.

use std::borrow::Cow;

use super::json::Json;
use super::standing;
use crate::schema::{EnumValue, Schema, Storage, extensions};

/// What two branches do to one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The thing: `orders.status`, `orders: the index idx_orders_status`.
    pub thing: String,
    /// What the branches do: `both branches add it`.
    pub how: String,
}

/// The schema with the changes of both, the statements of the first run before those of the later; the clashes, where the two
/// do not commute.
pub(super) fn merge(base: &Schema, first: &Schema, later: &Schema) -> Result<(Schema, Vec<Clash>), serde_json::Error> {
    let texts = [serde_json::to_string(base)?, serde_json::to_string(first)?, serde_json::to_string(later)?];
    let [was, ours, theirs] = texts.each_ref().map(|text| serde_json::from_str::<Json<'_>>(text));
    let (was, ours, theirs) = (was?, ours?, theirs?);
    let mut found = Vec::new();
    let merged = both(Some(&was), Some(&ours), Some(&theirs), &mut Vec::new(), &mut found);
    let text = merged.map(|merged| merged.pretty()).unwrap_or_default();
    let mut schema: Schema = serde_json::from_str(&text)?;
    values(base, first, later, &mut schema, &mut found);
    let needed = extensions(&schema);
    schema.extensions.extend(first.extensions.union(&later.extensions).filter(|name| needed.contains(*name)).cloned());
    for clash in standing::clashes(base, [first, later], &schema) {
        if !found.contains(&clash) {
            found.push(clash);
        }
    }
    Ok((schema, found))
}

/// Puts the values of native types that both branches added into the order in which the database has them: each was added
/// beside its neighbour.
fn values(base: &Schema, first: &Schema, later: &Schema, merged: &mut Schema, found: &mut Vec<Clash>) {
    let list = |schema: &Schema, name: &str| -> Option<Vec<EnumValue>> {
        schema.enumerations.get(name).filter(|it| it.storage == Storage::Native).map(|it| it.values.clone())
    };
    for (name, enumeration) in &mut merged.enumerations {
        let (Some(was), Some(ours), Some(theirs)) = (list(base, name), list(first, name), list(later, name)) else {
            continue;
        };
        if ours == was || theirs == was {
            continue;
        }
        let adds = |values: &[EnumValue]| values.iter().filter(|it| was.contains(it)).eq(&was);
        if !adds(&ours) || !adds(&theirs) {
            let how = "both branches change its values, and one of them does more than add some".to_owned();
            found.push(Clash { thing: name.clone(), how });
            continue;
        }
        let mut values = ours;
        for (index, value) in theirs.iter().enumerate().filter(|(_, value)| !was.contains(value)) {
            let place = |value: &EnumValue| values.iter().position(|it| it.value == value.value);
            let at = match index.checked_sub(1) {
                Some(before) => place(&theirs[before]).map(|at| at + 1),
                None => was.first().and_then(place),
            };
            if place(value).is_none() {
                values.insert(at.unwrap_or(values.len()), value.clone());
            }
        }
        enumeration.values = values;
    }
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
        // Both reword a comment alike, or ask for an extension, which may be there already.
        let harmless = part == Some("comment") || path.first().is_some_and(|first| first == "extensions");
        if ours != theirs || !harmless {
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
