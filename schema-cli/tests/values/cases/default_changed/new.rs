use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: i64,
    pub number: i64,
    #[column(default = "2")]
    pub amount: i64,
    #[column(default = "9")]
    pub plain: Option<i64>,
    pub gone: Option<i64>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
