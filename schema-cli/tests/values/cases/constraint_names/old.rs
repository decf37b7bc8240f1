use tablewright::prelude::*;

#[derive(Table)]
#[check("number > 0", name = "orders_number_check")]
pub struct Order {
    pub id: Uuid,
    #[column(unique)]
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
