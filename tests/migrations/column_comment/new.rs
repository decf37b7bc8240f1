//! Comments are added, changed and taken away.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    /// How many; it's never 0.
    pub quantity: i64,
    pub weight: i64,
    /// In millimetres.
    pub height: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
