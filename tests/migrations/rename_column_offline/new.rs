//! While no program runs, a plain RENAME.

use tablewright::prelude::*;

#[derive(Table)]
#[index(quantity)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "amount", check = "quantity > 0")]
    pub quantity: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
