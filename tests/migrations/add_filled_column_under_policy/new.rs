//! A policy would hide rows from the batches.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "region = current_setting('app.region', true)")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub region: String,
    #[column(backfill = "upper(region)")]
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
