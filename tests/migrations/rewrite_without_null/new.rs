//! The cast of the values gives NULL a value too, so the rows are written once.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(backfill = "COALESCE(number::TEXT, 'unknown')")]
    pub number: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
