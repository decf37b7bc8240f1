use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(allow(standard_columns, reason = "TODO: as the database has it"))]
pub struct Use {
    pub id: Uuid,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub tenant: Option<i32>,
    #[column(
        type = "VARCHAR(8)",
        allow(text, reason = "TODO: as the database has it")
    )]
    pub code: Option<String>,
}
