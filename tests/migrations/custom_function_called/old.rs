use tablewright::prelude::*;

#[derive(Table)]
#[check("valid_code(code)")]
pub struct Article {
    pub id: Uuid,
    pub name: String,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
