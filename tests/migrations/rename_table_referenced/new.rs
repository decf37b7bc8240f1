//! A renamed table that another references.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "users")]
pub struct Account {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[references(Account, on_delete = cascade)]
    #[column(renamed_from = "user_id")]
    pub account_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
