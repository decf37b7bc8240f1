use tablewright::prelude::*;

#[derive(Table)]
#[table(append_only, partition_by = "RANGE (created_at)", primary_key(id, created_at))]
#[partition(events_2026_01, values = "FROM ('2026-01-01') TO ('2026-02-01')")]
#[policy(own_region, using = "region = current_setting('app.region', true)")]
pub struct Event {
    pub id: Uuid,
    pub region: String,
    pub created_at: DateTime<Utc>,
}
