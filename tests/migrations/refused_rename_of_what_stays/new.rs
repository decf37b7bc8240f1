//! The old column is still there, and its values with it.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "amount")]
    pub quantity: i64,
    #[column(default = "0")]
    pub amount: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
