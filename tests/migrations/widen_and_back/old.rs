use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(type = "VARCHAR(12)", allow(text, reason = "the length is the other system's"))]
    pub note: String,
    #[column(type = "VARCHAR(12)[]", allow(text, reason = "the length is the other system's"))]
    pub tags: Vec<String>,
    #[column(type = "NUMERIC(12,2)")]
    pub price: Decimal,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
