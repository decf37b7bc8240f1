use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(user_id)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[references(User, on_delete = set_null)]
    pub user_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
