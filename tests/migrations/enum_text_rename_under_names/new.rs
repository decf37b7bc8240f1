//! Under another name of the column both releases work at once.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "status")]
    pub state: OrderStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    #[enumeration(renamed_from = "paid")]
    Settled,
}
