use tablewright::prelude::*;

#[derive(Table)]
pub struct Book {
    pub id: Uuid,
    pub name: String,
    #[column(type = "VARCHAR(20)")]
    pub note: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
