//! Each release reads its own texts; the rows, the default, the index and the check follow.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number, where = "status = 'settled'")]
#[index(status, number)]
#[unique(number, where = "status = 'pending'")]
#[check("status <> 'settled' OR number > 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "'settled'")]
    pub status: OrderStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    #[enumeration(renamed_from = "paid")]
    Settled,
}
