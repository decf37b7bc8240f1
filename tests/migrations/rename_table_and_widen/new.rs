//! The view of the old name stands on the column, so it goes and comes in the transaction that widens it.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "purchases")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
