use tablewright::prelude::*;

#[derive(Debug, Table)]
#[unique(owner_code, code)]
pub struct Asset {
    pub id: Uuid,
    pub owner_code: String,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
