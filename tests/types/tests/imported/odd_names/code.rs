use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[unique(tenant, code, name = "codes_tenant_code_key")]
pub struct Code {
    pub id: Uuid,
    #[column(
        type = "VARCHAR(8)",
        allow(text, reason = "TODO: as the database has it")
    )]
    pub code: String,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub tenant: i32,
}
