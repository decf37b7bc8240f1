//! Enumerations.

use std::collections::BTreeMap;

use tablewright_core::schema::{EnumValue, Enumeration, Storage};

use super::read::{Reader, own};
use super::{Catalog, Kind, Unreadable};

const ENUMERATIONS: &str = concat!(
    "SELECT t.typname::text AS name, e.enumlabel::text AS value, d.description AS comment
     FROM pg_catalog.pg_type t
     JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
     LEFT JOIN pg_catalog.pg_enum e ON e.enumtypid = t.oid
     LEFT JOIN pg_catalog.pg_description d
         ON d.classoid = 'pg_catalog.pg_type'::regclass AND d.objoid = t.oid AND d.objsubid = 0
     WHERE n.nspname = ANY($1) AND t.typtype = 'e' AND ",
    own!("pg_type", "t.oid"),
    " ORDER BY t.typname, pg_catalog.array_position($1, n.nspname::text), e.enumsortorder"
);

/// A value of an enumeration; nothing where it has none.
#[derive(sqlx::FromRow)]
struct ValueRow {
    name: String,
    value: Option<String>,
    comment: Option<String>,
}

impl Catalog {
    pub(super) async fn enumerations(&mut self, reader: &mut Reader<'_>) -> Result<(), Unreadable> {
        let mut found: BTreeMap<String, Enumeration> = BTreeMap::new();
        for ValueRow { name, value, comment } in reader.rows(ENUMERATIONS).await? {
            if let Some(comment) = &comment {
                self.unheld(Kind::Comment, format!("type {name}"), comment.clone());
            }
            let enumeration = found.entry(name.clone()).or_insert_with(|| Enumeration {
                name,
                storage: Storage::Native,
                values: Vec::new(),
                comment,
            });
            if let Some(value) = value {
                enumeration.values.push(EnumValue { value, comment: None, renamed_from: None });
            }
        }
        self.schema.enumerations = found;
        Ok(())
    }
}
