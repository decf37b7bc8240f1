//! It reads every row, so it is made outside the transaction that computes the column again.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(generated = "number * 3")]
    pub doubled: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
