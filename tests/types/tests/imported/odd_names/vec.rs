use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "vecs",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct VecRecord {
    pub id: Uuid,
    pub s: Option<Vec<String>>,
}
