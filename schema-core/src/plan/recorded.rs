use crate::schema::{Schema, Table, TableKind};

/// A schema without what no database holds: what `schema.lock` records, and what two schemas are compared by.
///
/// A waiver, a query or the size that a model expects can change without a migration.
#[must_use]
pub fn recorded(schema: &Schema) -> Schema {
    let mut recorded = schema.clone();
    recorded.service = None;
    recorded.tables.values_mut().for_each(strip);
    for enumeration in recorded.enumerations.values_mut() {
        enumeration.comment = None;
        for value in &mut enumeration.values {
            value.renamed_from = None;
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
    table
}

fn strip(table: &mut Table) {
    table.kind = TableKind::default();
    table.renamed_from = None;
    table.queries.clear();
    table.soft_delete = None;
    table.tenant = None;
    table.retention = None;
    table.expectation = None;
    table.waivers.clear();
    for column in &mut table.columns {
        column.pii = false;
        column.small = false;
        column.typed_json = false;
        column.renamed_from = None;
        column.backfill = None;
        column.external = None;
        column.reason = None;
    }
    for foreign_key in &mut table.foreign_keys {
        foreign_key.model = None;
        foreign_key.cycle = false;
    }
    for index in &mut table.indexes {
        index.generated = false;
    }
}
