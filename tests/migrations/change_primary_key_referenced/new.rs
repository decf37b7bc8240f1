//! A foreign key references the key that changes.

use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(email, id))]
#[unique(id)]
pub struct User {
    pub id: Uuid,
    #[column(pii)]
    pub email: String,
    pub name: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(external = "x")]
    pub user_id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
