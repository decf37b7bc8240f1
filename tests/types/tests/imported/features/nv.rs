use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "nv",
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
#[check("x > 0", name = "x_pos")]
pub struct Nv {
    #[column(allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i32,
    #[column(
        allow(constraint_name, reason = "TODO: as the database has it"),
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub x: Option<i32>,
}
