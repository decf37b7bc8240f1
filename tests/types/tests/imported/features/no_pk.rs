use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "no_pk",
    allow(primary_key, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
pub struct NoPk {
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub x: Option<i32>,
    pub y: Option<String>,
}
