use tablewright::prelude::*;

use super::OptionRecord;

#[derive(Debug, Table)]
#[table(
    name = "results",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct ResultRecord {
    pub id: Uuid,
    #[column(allow(foreign_key_index, reason = "TODO: as the database has it"))]
    #[references(OptionRecord, on_delete = set_null, table = "options")]
    pub option_id: Option<Uuid>,
}
