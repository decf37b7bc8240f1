use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "'none'")]
    pub rank: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
