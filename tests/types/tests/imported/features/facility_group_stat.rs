use tablewright::prelude::*;

#[derive(Debug, Table)]
#[table(
    allow(constraint_name, reason = "TODO: as the database has it"),
    allow(standard_columns, reason = "TODO: as the database has it")
)]
#[index(
    facility_group_stats_aggregate_job_identifier,
    name = "facility_group_stats_facility_group_stats_aggregate_job_id_inde"
)]
pub struct FacilityGroupStat {
    #[column(
        type = "BIGSERIAL",
        allow(primary_key, reason = "TODO: as the database has it")
    )]
    pub id: i64,
    pub facility_group_stats_aggregate_job_identifier: Option<i64>,
    pub other_long_column_name_for_test: Option<String>,
}
