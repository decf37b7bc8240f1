use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    unlogged,
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[trigger(
    "BEFORE UPDATE OF at, ip",
    function = "stamp",
    when = "old.ip IS DISTINCT FROM new.ip",
    body = " BEGIN NEW.at := now(); RETURN NEW; END"
)]
#[policy(p1, using = "ip IS NOT NULL AND n <> 'it''s'", command = select)]
pub struct Log {
    #[column(identity = by_default, allow(primary_key, reason = "TODO: as the database has it"))]
    pub id: i32,
    #[column(type = "timestamp(3) with time zone", default = "CURRENT_TIMESTAMP")]
    pub at: Option<DateTime<Utc>>,
    #[column(type = "interval(0)")]
    pub d: Option<sqlx::postgres::types::PgInterval>,
    #[column(type = "time(2) without time zone")]
    pub t: Option<NaiveTime>,
    #[column(type = "cidr")]
    pub ip: Option<IpNetwork>,
    #[column(type = "numeric(3,-2)")]
    pub num: Option<String>,
    #[column(type = r#""char""#)]
    pub b: Option<String>,
    #[column(type = "name")]
    pub n: Option<String>,
    #[column(type = "oid")]
    pub o: Option<String>,
}
