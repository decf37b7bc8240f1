//! What a deleted target does to a row changes when the old release has gone.

use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(buyer_user_id)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[references(User, on_delete = cascade)]
    #[column(renamed_from = "user_id")]
    pub buyer_user_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
