use tablewright::prelude::*;

#[derive(Table)]
pub struct Book {
    pub id: Uuid,
    pub name: String,
    #[column(renamed_from = "note")]
    pub remark: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
