use tablewright::prelude::*;

use super::UserRecord2;

#[derive(Debug, Table)]
#[table(
    name = "Users",
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
pub struct User {
    #[column(identity = always, allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i64,
    #[column(
        allow(foreign_key_index, reason = "TODO: as the database has it"),
        allow(foreign_key_name, reason = "TODO: as the database has it")
    )]
    #[references(UserRecord2, on_delete = cascade, table = "users")]
    pub users_id: Option<i64>,
}
