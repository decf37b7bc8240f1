use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "uuids",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct UuidRecord {
    pub id: Uuid,
}
