//! The file stops where a value would be another one.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(type = "VARCHAR(5)", allow(text, reason = "the length is the other system's"))]
    pub note: String,
    #[column(type = "NUMERIC(12,2)")]
    pub price: Decimal,
    pub weight: i64,
    #[column(allow(timestamp_suffix, reason = "it was a moment"))]
    pub seen_at: NaiveDate,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
