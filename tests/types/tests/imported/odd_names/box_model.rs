use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "boxes",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct BoxRecord {
    pub id: Uuid,
    #[column(type = "box")]
    pub b: Option<String>,
    #[column(type = "point")]
    pub p: Option<String>,
}
