use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: i64,
    pub number: i64,
    pub memo: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
