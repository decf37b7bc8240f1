use tablewright::prelude::*;

#[derive(Table)]
pub struct Book {
    pub id: Uuid,
    pub name: String,
    #[column(small, renamed_from = "visits")]
    pub views: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
