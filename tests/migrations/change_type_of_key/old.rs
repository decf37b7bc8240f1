use tablewright::prelude::*;

#[derive(Table)]
#[table(allow(primary_key, reason = "small"))]
pub struct User {
    #[column(small)]
    pub id: i32,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[references(User, on_delete = cascade)]
    #[column(small)]
    pub user_id: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
