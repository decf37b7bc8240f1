use tablewright::prelude::*;

#[derive(Table)]
#[check("number > 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
