use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    primary_key(b, a),
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[unique(a, name, name = "parents_a_name_key")]
pub struct Parent {
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub a: i32,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub b: i32,
    pub name: Option<String>,
}
