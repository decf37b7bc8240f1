use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "user",
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
#[unique(name, name = "user_name_key")]
pub struct UserRecord {
    #[column(identity = always, allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i64,
    #[column(type = "citext")]
    pub name: Option<String>,
}
