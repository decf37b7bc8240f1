use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(numeric(12, 2))]
    pub price: Decimal,
    pub weight: f64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
