//! A default is added, changed and taken away.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "1")]
    pub quantity: i64,
    #[column(default = "2")]
    pub weight: i64,
    pub height: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
