use tablewright::prelude::*;

/// The user's table; "quoted" and \ backslash
/// second line */ /* and #[attr]
#[derive(Debug, Table)]
#[table(
    name = "User",
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it"),
    allow(table_name, reason = "TODO: as the database has it")
)]
#[unique(
    order,
    r#type,
    where = "mail IS NOT NULL",
    name = "u_nnd",
    nulls_not_distinct
)]
#[index(
    r#"lower(("firstName")::text)"# desc nulls_last,
    where = r#"("order" > 0) AND (type <> 'it''s'::text)"#,
    name = "Lower Name"
)]
#[check(
    r#"(("firstName")::text <> '%'::text) AND (("firstName")::text !~ '^[''"\\]'::text)"#,
    name = "Name Check"
)]
pub struct User {
    #[column(
        type = "SERIAL",
        allow(primary_key, reason = "TODO: as the database has it")
    )]
    pub id: i32,
    /// It's "the" name
    /// multi
    #[column(
        name = "firstName",
        type = "VARCHAR(80)",
        default = "''::character varying",
        allow(column_name, reason = "TODO: as the database has it"),
        allow(constraint_name, reason = "TODO: as the database has it"),
        allow(text, reason = "TODO: as the database has it")
    )]
    pub first_name: String,
    #[column(
        default = "0",
        allow(column_name, reason = "TODO: as the database has it"),
        allow(integer_width, reason = "TODO: as the database has it")
    )]
    pub order: i32,
    #[column(
        default = r#"'it''s "x" \ y'::text"#,
        allow(enum, reason = "TODO: as the database has it")
    )]
    pub r#type: String,
    #[column(name = "self")]
    pub self_: Option<String>,
    #[column(name = "crate")]
    pub crate_: Option<String>,
    #[column(name = "super")]
    pub super_: Option<String>,
    #[column(
        name = "Self",
        allow(column_name, reason = "TODO: as the database has it")
    )]
    pub self_2: Option<String>,
    #[column(type = "email_address")]
    pub mail: Option<String>,
    #[column(type = "mood[]", default = "ARRAY['happy'::mood]")]
    pub moods: Vec<String>,
    #[column(default = r#"'B b'::"MixedCase""#)]
    pub mc: MixedCase,
    #[column(
        default = "jsonb_build_object('xyz', true)",
        allow(jsonb, reason = "TODO: as the database has it")
    )]
    pub payload: serde_json::Value,
    #[column(default = "'{}'::text[]")]
    pub tags: Vec<String>,
    #[column(default = "ARRAY[]::jsonb[]")]
    pub jarr: Vec<serde_json::Value>,
    #[column(
        default = "timezone('utc'::text, now())",
        allow(timestamp_suffix, reason = "TODO: as the database has it"),
        allow(timestamptz, reason = "TODO: as the database has it")
    )]
    pub at_local: Option<chrono::NaiveDateTime>,
    #[column(allow(money, reason = "TODO: as the database has it"))]
    pub num: Option<Decimal>,
    #[column(numeric(10, 0))]
    pub num2: Option<Decimal>,
    #[column(numeric(5, 2), default = "1.50")]
    pub num3: Option<Decimal>,
    #[column(
        type = "CHAR(2)",
        default = "'US'::bpchar",
        allow(text, reason = "TODO: as the database has it")
    )]
    pub c1: Option<String>,
    #[column(default = "nextval('shared_seq'::regclass)")]
    pub n: Option<i64>,
    #[column(allow(foreign_key_index, reason = "TODO: as the database has it"))]
    #[references(User, on_delete = no_action, table = "User")]
    pub parent_id: Option<i32>,
    #[column(generated = r#"(("firstName")::text || ' '::text) || type"#)]
    pub full_name: Option<String>,
}

#[derive(Clone, Copy, Debug, Enumeration, PartialEq, Eq)]
#[enumeration(storage = native, name = "MixedCase")]
pub enum MixedCase {
    #[enumeration(value = "A")]
    A,
    #[enumeration(value = "a")]
    A2,
    #[enumeration(value = "B b")]
    BB,
}
