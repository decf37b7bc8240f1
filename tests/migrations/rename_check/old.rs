use tablewright::prelude::*;

#[derive(Table)]
#[check("number > 0", name = "orders_positive_check")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
