use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    #[column(type = "SERIAL", allow(primary_key, reason = "as it was"))]
    pub id: i32,
    pub note: String,
    #[column(type = "SERIAL", allow(primary_key, reason = "as it was"))]
    pub number: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
