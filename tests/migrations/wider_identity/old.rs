use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(identity = always, small, allow(integer_width, reason = "as it was"))]
    pub number: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
