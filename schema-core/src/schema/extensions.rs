//! The extensions that a schema needs.

use std::collections::BTreeSet;

use crate::schema::{Column, Method, Schema, SqlType, Table};

/// Types and operator classes, each by the extension that brings it. A name that ends with `*` is the start of one.
const BROUGHT_BY: &[(&str, &str)] = &[
    ("citext", "citext"),
    ("hstore", "hstore"),
    ("ltree", "ltree"),
    ("lquery", "ltree"),
    ("cube", "cube"),
    ("gin_trgm_ops", "pg_trgm"),
    ("gist_trgm_ops", "pg_trgm"),
    ("geometry", "postgis"),
    ("geography", "postgis"),
    ("vector", "vector"),
    ("halfvec", "vector"),
    ("sparsevec", "vector"),
    ("vector_*", "vector"),
    ("halfvec_*", "vector"),
    ("sparsevec_*", "vector"),
];

/// Operator classes of `GiST` are built in for ranges, networks, geometry and text search, not for plain values:
/// <https://www.postgresql.org/docs/current/btree-gist.html>.
const SCALARS_IN_GIST: &str = "btree_gist";

/// The extensions that the columns and indexes of a schema need.
#[must_use]
pub fn extensions(schema: &Schema) -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    for table in schema.tables.values() {
        for column in &table.columns {
            if let SqlType::Other(text) = element(&column.sql_type) {
                needed.extend(brought_by(text, schema));
            }
        }
        for index in &table.indexes {
            needed.extend(index.key.iter().filter_map(|key| brought_by(key.operator_class.as_deref()?, schema)));
            if matches!(index.method, Method::Hnsw | Method::Ivfflat) {
                needed.insert("vector".to_owned());
            }
            let scalar = |name: &str| table.column(name).is_some_and(is_scalar);
            if index.method == Method::Gist
                && index.key.iter().any(|key| key.operator_class.is_none() && key.name().is_some_and(scalar))
            {
                needed.insert(SCALARS_IN_GIST.to_owned());
            }
        }
        if table.exclusions.iter().any(|exclusion| exclusion.method == Method::Gist) && excluded(table).any(is_scalar) {
            needed.insert(SCALARS_IN_GIST.to_owned());
        }
    }
    needed
}

fn excluded(table: &Table) -> impl Iterator<Item = &Column> {
    let elements =
        table.exclusions.iter().filter(|exclusion| exclusion.method == Method::Gist).flat_map(|it| &it.elements);
    elements.filter_map(|element| table.column(&element.expression))
}

fn element(sql_type: &SqlType) -> &SqlType {
    match sql_type {
        SqlType::Array(element) => element,
        other => other,
    }
}

fn is_scalar(column: &Column) -> bool {
    !matches!(
        column.sql_type,
        SqlType::Range(_) | SqlType::Inet | SqlType::Other(_) | SqlType::Array(_) | SqlType::Jsonb
    )
}

/// The extension of a type or operator class, unless the schema itself makes a type of that name.
fn brought_by(text: &str, schema: &Schema) -> Option<String> {
    let name = text.split('(').next().unwrap_or_default().trim().to_ascii_lowercase();
    if schema.enumerations.contains_key(&name) {
        return None;
    }
    let found = BROUGHT_BY.iter().find(|(known, _)| match known.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == *known,
    });
    found.map(|(_, extension)| (*extension).to_owned())
}
