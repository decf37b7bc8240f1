use tablewright::prelude::*;

#[derive(Debug, Table)]
pub struct Asset {
    pub id: Uuid,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
