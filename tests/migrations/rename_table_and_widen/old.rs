use tablewright::prelude::*;

#[derive(Table)]
pub struct Purchase {
    pub id: Uuid,
    pub number: i64,
    #[column(type = "VARCHAR(20)", allow(text, reason = "the length is the other system's"))]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
