//! The part of a schema that the lock holds.

use crate::schema::{Schema, Table, TableKind};

/// A schema without what no database holds: what `schema.lock` records, and what two schemas are compared by.
///
/// A waiver, a query or the size that a model expects can change without a migration. A hint that a thing was renamed
/// stays, since it says that the rename is done.
#[must_use]
pub fn recorded(schema: &Schema) -> Schema {
    let mut recorded = recorded_with_hints(schema);
    recorded.tables.values_mut().for_each(strip_hints);
    recorded
}

/// The same with what a model says of the way from the old schema to the new one.
#[must_use]
pub fn recorded_with_hints(schema: &Schema) -> Schema {
    let mut recorded = schema.clone();
    recorded.service = None;
    recorded.tables.values_mut().for_each(strip);
    for enumeration in recorded.enumerations.values_mut() {
        enumeration.comment = None;
        for value in &mut enumeration.values {
            value.comment = None;
        }
    }
    recorded
}

/// The same for one table.
#[must_use]
pub fn recorded_table(table: &Table) -> Table {
    let mut table = table.clone();
    strip(&mut table);
    strip_hints(&mut table);
    table
}

fn strip_hints(table: &mut Table) {
    for column in &mut table.columns {
        column.backfill = None;
    }
    for foreign_key in &mut table.foreign_keys {
        foreign_key.cycle = false;
    }
}

fn strip(table: &mut Table) {
    table.kind = TableKind::default();
    table.queries.clear();
    table.soft_delete = None;
    table.tenant = None;
    table.expectation = None;
    table.waivers.clear();
    for column in &mut table.columns {
        column.pii = false;
        column.small = false;
        column.typed_json = false;
        column.external = None;
        column.reason = None;
    }
    for foreign_key in &mut table.foreign_keys {
        foreign_key.model = None;
    }
    for index in &mut table.indexes {
        index.generated = false;
    }
    for unique in &mut table.uniques {
        unique.generated = false;
    }
}
