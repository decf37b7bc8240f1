use tablewright::prelude::*;

use super::UserRecord;

#[derive(Debug, Table)]
#[table(
    name = "users",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct UserRecord2 {
    #[column(identity = always, allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i64,
    #[column(allow(foreign_key_index, reason = "TODO: as the database has it"))]
    #[references(UserRecord, on_delete = cascade, table = "user")]
    pub user_id: Option<i64>,
}
