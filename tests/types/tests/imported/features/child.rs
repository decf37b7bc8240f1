use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(allow(standard_columns, reason = "TODO: as the database has it"))]
pub struct Child {
    #[column(identity = by_default, allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i64,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub pa: Option<i32>,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub pb: Option<i32>,
}
