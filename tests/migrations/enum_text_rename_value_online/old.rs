use tablewright::prelude::*;

#[derive(Table)]
#[index(number, where = "status = 'paid'")]
#[index(status, number)]
#[unique(number, where = "status = 'pending'")]
#[check("status <> 'paid' OR number > 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "'paid'")]
    pub status: OrderStatus,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
pub enum OrderStatus {
    Pending,
    Paid,
}
