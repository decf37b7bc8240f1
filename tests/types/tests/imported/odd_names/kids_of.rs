use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "kids_of",
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
pub struct KidsOf {
    #[column(allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i32,
    #[column(collation = "C")]
    pub x: Option<String>,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub y: Option<i32>,
}
