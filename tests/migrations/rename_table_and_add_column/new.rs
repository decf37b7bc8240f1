//! The view of the old name has no such column.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "orders")]
pub struct Purchase {
    pub id: Uuid,
    pub number: i64,
    #[column(backfill = "number::text")]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
