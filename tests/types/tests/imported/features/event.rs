use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    primary_key(id, happened),
    partition_by = "RANGE (happened)",
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[partition(
    events_2026,
    values = "FROM ('2026-01-01 00:00:00+00') TO ('2027-01-01 00:00:00+00')"
)]
#[partition(events_rest, default)]
#[index(v, happened desc, name = "events_v_happened_idx")]
pub struct Event {
    #[column(identity = always)]
    pub id: i64,
    #[column(allow(timestamp_suffix, reason = "TODO: as the database has it"))]
    pub happened: DateTime<Utc>,
    #[column(allow(integer_width, reason = "TODO: as the database has it"))]
    pub v: Option<i32>,
}
