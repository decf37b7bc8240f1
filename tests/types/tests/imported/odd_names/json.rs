use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "jsons",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct JsonRecord {
    pub id: Uuid,
    #[column(allow(jsonb, reason = "TODO: as the database has it"))]
    pub j: Option<serde_json::Value>,
}
