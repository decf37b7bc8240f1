//! What kind of table it is, and which columns are enumerations: what the catalog says only between the lines.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase as _;
use tablewright_core::config::{ForeignKeyIndex, Profile};
use tablewright_core::schema::{
    EnumValue, Enumeration, Exclusion, Index, KeyColumn, Predicate, Schema, SoftDelete, SqlType, Storage, Table,
    TableKind, derived_name,
};
use tablewright_core::sql::ddl::enumeration_check_name;
use tablewright_core::sql::quote;

use super::names::Names;

/// Words by which a table is known whose rows are never changed.
const APPENDED: &[&str] = &["log", "logs", "audit", "audits", "history", "histories", "event", "events"];

/// Fills in what the models say and no catalog holds.
pub(super) fn recognise(schema: &mut Schema, profile: &Profile) {
    for table in schema.tables.values_mut() {
        table.kind = kind(table);
        table.soft_delete = soft_delete(table, profile);
        if profile.foreign_key_index == ForeignKeyIndex::Generated {
            implied(table);
        }
    }
}

/// Marks the indexes that a model has by its foreign keys, without a line of their own.
fn implied(table: &mut Table) {
    for number in 0..table.indexes.len() {
        let index = &table.indexes[number];
        let key: Vec<&str> = index.key.iter().filter_map(KeyColumn::name).collect();
        let mut parts = vec!["idx", table.name.as_str()];
        parts.extend(&key);
        let own = Index {
            name: derived_name(&parts),
            key: key.iter().map(|column| KeyColumn::column(column)).collect(),
            ..Index::default()
        };
        let mut leading = table
            .foreign_keys
            .iter()
            .filter(|it| it.columns.first().is_some_and(|it| Some(&it.as_str()) == key.first()));
        // A second key that begins alike may be served by the same index, or not.
        let (Some(foreign_key), None) = (leading.next(), leading.next()) else { continue };
        if *index != own || !foreign_key.columns.iter().eq(&key) {
            continue;
        }
        let others = table.indexes.iter().enumerate().filter(|(other, _)| *other != number);
        let rest = Table { indexes: others.map(|(_, index)| index.clone()).collect(), ..table.clone() };
        if !rest.serves_foreign_key(foreign_key) {
            table.indexes[number].generated = true;
        }
    }
}

fn kind(table: &Table) -> TableKind {
    let key = &table.primary_key.columns;
    let references =
        |name: &String| table.foreign_keys.iter().any(|it| it.columns.len() == 1 && it.columns[0] == *name);
    if key.len() > 1 && key.iter().all(references) {
        return TableKind::Junction;
    }
    let last = table.name.rsplit('_').next().unwrap_or_default();
    let has = |name: &str| table.column(name).is_some();
    let appended = has("created_at") && !has("updated_at") && !has("deleted_at") && !has("is_deleted");
    if appended && APPENDED.contains(&last) { TableKind::AppendOnly } else { TableKind::Standard }
}

/// Whether rows are deleted softly, as the profile does it, and nothing of the table says otherwise.
fn soft_delete(table: &Table, profile: &Profile) -> Option<SoftDelete> {
    let style = profile.soft_delete;
    let column = table.column(style.column())?;
    let fits = match style {
        SoftDelete::DeletedAt => column.sql_type == SqlType::Timestamptz && column.nullable && column.default.is_none(),
        SoftDelete::IsDeleted => column.sql_type == SqlType::Boolean && !column.nullable,
    };
    // An exclusion constraint of such a model always covers live rows only.
    let live = |exclusion: &Exclusion| exclusion.predicate.as_ref().and_then(Predicate::live) == Some(style);
    (fits && table.kind != TableKind::AppendOnly && table.exclusions.iter().all(live)).then_some(style)
}

/// Makes enumerations of the columns that a check limits to a list of texts. The check is then dropped.
pub(super) fn text_enumerations(schema: &mut Schema, names: &mut Names) {
    let mut found: BTreeMap<String, Enumeration> = BTreeMap::new();
    for table in schema.tables.values_mut() {
        let model = names.models.get(&table.name).cloned().unwrap_or_default();
        let mut gone = Vec::new();
        for column in table.columns.iter_mut().filter(|column| column.sql_type == SqlType::Text) {
            let name = enumeration_check_name(&table.name, &column.name);
            let Some(values) = table
                .checks
                .iter()
                .find(|check| check.name == name)
                .and_then(|check| values(&check.expression, &column.name))
            else {
                continue;
            };
            let wanted = format!("{model}{}", column.name.to_upper_camel_case());
            let rust = names.fresh(&wanted, "Kind");
            // By its Rust name, which is unique: a text enumeration has no name in the database.
            let enumeration = Enumeration {
                name: heck::AsSnakeCase(&rust).to_string(),
                storage: Storage::Text,
                values: values
                    .into_iter()
                    .map(|value| EnumValue { value, comment: None, renamed_from: None })
                    .collect(),
                comment: None,
            };
            if schema.enumerations.contains_key(&enumeration.name) || found.contains_key(&enumeration.name) {
                continue;
            }
            column.enumeration = Some(enumeration.name.clone());
            names.enumerations.insert(enumeration.name.clone(), rust);
            found.insert(enumeration.name.clone(), enumeration);
            gone.push(name);
        }
        table.checks.retain(|check| !gone.contains(&check.name));
    }
    schema.enumerations.extend(found);
}

/// The values of `column IN ('a', 'b')`.
fn values(expression: &str, column: &str) -> Option<Vec<String>> {
    let list = expression.strip_prefix(&format!("{} IN (", quote(column)))?.strip_suffix(')')?;
    let mut values = Vec::new();
    let mut rest = list;
    loop {
        let text = rest.strip_prefix('\'')?;
        let mut value = String::new();
        let mut characters = text.char_indices();
        let end = loop {
            let (at, character) = characters.next()?;
            if character != '\'' {
                value.push(character);
            } else if text[at + 1..].starts_with('\'') {
                characters.next();
                value.push('\'');
            } else {
                break at + 1;
            }
        };
        if values.contains(&value) {
            return None;
        }
        values.push(value);
        match text[end..].strip_prefix(", ") {
            Some(more) => rest = more,
            None if text[end..].is_empty() => return Some(values),
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn the_values_of_a_list_are_read() {
        assert_eq!(values("kind IN ('a', 'it''s')", "kind").unwrap(), ["a", "it's"]);
        assert_eq!(values("kind IN ('a', 'a')", "kind"), None);
        assert_eq!(values("kind IN ('a') OR b", "kind"), None);
        assert_eq!(values("other IN ('a')", "kind"), None);
    }
}
