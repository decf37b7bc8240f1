use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "2fa_tokens",
    allow(standard_columns, reason = "TODO: as the database has it")
)]
pub struct T2faToken {
    pub id: Uuid,
    #[column(
        name = "2nd",
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub c_2nd: Option<i32>,
    #[column(
        name = "with space",
        allow(column_name, reason = "TODO: as the database has it")
    )]
    pub with_space: Option<String>,
    #[column(name = "été")]
    pub t: Option<String>,
    #[column(
        name = "a-b",
        allow(column_name, reason = "TODO: as the database has it"),
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub a_b_2: Option<i32>,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub a_b: Option<i32>,
    #[column(
        name = "A_B",
        allow(column_name, reason = "TODO: as the database has it"),
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub a_b_3: Option<i32>,
    #[column(
        name = "a__b",
        allow(column_name, reason = "TODO: as the database has it"),
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub a_b_4: Option<i32>,
}
