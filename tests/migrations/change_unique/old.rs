use tablewright::prelude::*;

#[derive(Table)]
#[unique(code, region)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
