//! What the new release wrote stops the way back where the old types do not take it.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub tally: f64,
    #[column(allow(timestamp_suffix, reason = "it was a day"))]
    pub due_on: DateTime<Utc>,
    #[column(type = "NUMERIC(14,6)")]
    pub price: Decimal,
    pub mass: f64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
