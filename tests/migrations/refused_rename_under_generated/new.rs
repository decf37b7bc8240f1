//! A generated column stands on the old one.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "quantity")]
    pub amount_ordered: i64,
    #[column(generated = "amount_ordered * 2")]
    pub doubled: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
