use tablewright::prelude::*;

#[derive(Table)]
#[index(number, name = "idx_orders_by_number")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
