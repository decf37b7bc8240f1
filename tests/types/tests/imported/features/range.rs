use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(allow(standard_columns, reason = "TODO: as the database has it"))]
pub struct Range {
    #[column(allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i32,
    pub r: Option<sqlx::postgres::types::PgRange<DateTime<Utc>>>,
    #[column(default = "'1 day'")]
    pub iv: sqlx::postgres::types::PgInterval,
    #[column(type = "money", allow(money, reason = "TODO: as the database has it"))]
    pub m: Option<String>,
    pub ip: Option<IpNetwork>,
    #[column(type = "macaddr")]
    pub mac: Option<String>,
    #[column(type = "bit(3)")]
    pub b: Option<String>,
    #[column(type = "xml")]
    pub x: Option<String>,
    #[column(type = "tsvector")]
    pub ts: Option<String>,
    #[column(type = "time with time zone")]
    pub tz: Option<String>,
    #[column(default = "'NaN'")]
    pub d2: Option<f64>,
    #[column(
        default = "'infinity'",
        allow(default, reason = "TODO: as the database has it"),
        allow(timestamp_suffix, reason = "TODO: as the database has it")
    )]
    pub e: Option<NaiveDate>,
}
