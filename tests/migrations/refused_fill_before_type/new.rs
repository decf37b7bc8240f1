//! The rows that have NULL get a text, and the column takes numbers as long as the old release runs.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(default = "'unknown'")]
    pub number: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
