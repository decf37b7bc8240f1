use tablewright::prelude::*;

#[derive(Table)]
#[index(amount)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(check = "amount > 0")]
    pub amount: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
