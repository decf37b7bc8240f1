use tablewright::prelude::*;

#[derive(Table)]
pub struct Category {
    pub id: Uuid,
    pub name: String,
    #[references(Category, on_delete = set_null)]
    pub parent_category_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
