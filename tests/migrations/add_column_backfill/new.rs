//! NOT NULL without a default: filled in batches.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(backfill = "number * 2")]
    pub doubled: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
