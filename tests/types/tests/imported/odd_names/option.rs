use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "options",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct OptionRecord {
    pub id: Uuid,
    pub value: Option<String>,
}
