//! A key and the column that references it.

use tablewright::prelude::*;

#[derive(Table)]
#[table(allow(primary_key, reason = "small"))]
pub struct User {
    pub id: i64,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[references(User, on_delete = cascade)]
    pub user_id: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
