//! Nothing shows which release left the value out.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "3", renamed_from = "amount")]
    pub quantity: Option<i64>,
    #[column(default = "2", renamed_from = "rank")]
    pub position: i64,
    #[column(default = "9", renamed_from = "plain")]
    pub fancy: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
