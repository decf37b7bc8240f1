//! Its index, check and foreign key are made anew.

use tablewright::prelude::*;

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(quantity)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[references(User, on_delete = cascade)]
    #[column(renamed_from = "user_id")]
    pub buyer_user_id: Uuid,
    #[column(renamed_from = "amount", check = "quantity > 0")]
    pub quantity: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
