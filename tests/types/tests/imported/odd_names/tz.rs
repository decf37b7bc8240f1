use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    name = "tz",
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
pub struct Tz {
    pub id: Uuid,
    #[column(
        default = "'2019-12-31 22:00:00+00'::timestamp with time zone",
        allow(timestamp_suffix, reason = "TODO: as the database has it")
    )]
    pub at: Option<DateTime<Utc>>,
    #[column(
        default = "CURRENT_DATE",
        allow(timestamp_suffix, reason = "TODO: as the database has it")
    )]
    pub d: Option<NaiveDate>,
    #[column(default = "'tab\there'::text")]
    pub t: Option<String>,
    #[column(
        default = "'-1'::integer",
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub neg: Option<i32>,
    #[column(
        default = "'1000000000000000000000000000000'::numeric",
        allow(money, reason = "TODO: as the database has it")
    )]
    pub big: Option<Decimal>,
    #[column(default = "'{{1,2},{3,4}}'::integer[]")]
    pub arr: Option<Vec<i32>>,
    #[column(default = r"'\xdeadbeef'::bytea")]
    pub b: Option<Vec<u8>>,
    #[column(
        default = "(NOT false)",
        allow(boolean_prefix, reason = "TODO: as the database has it")
    )]
    pub bo: Option<bool>,
    #[column(default = "CURRENT_USER")]
    pub u: Option<String>,
    #[column(default = "('a'::text || 'b'::text)")]
    pub c: Option<String>,
}
