use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "strings",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct StringRecord {
    pub id: Uuid,
    pub s: Option<String>,
}
