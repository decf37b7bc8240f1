//! With an index, a check and a default.

use tablewright::prelude::*;

#[derive(Table)]
#[index(quantity)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "1", check = "quantity > 0")]
    pub quantity: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
