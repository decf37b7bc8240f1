//! Each release may write what the key of the other refuses, so for a while neither holds.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Customer {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct User {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[references(Customer, on_delete = restrict)]
    #[column(allow(foreign_key_name, reason = "the column is older than the table"))]
    pub user_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
