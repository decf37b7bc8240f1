//! A new table, new columns, a key, an index and a drop, in one migration.

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
pub struct Shop {
    pub id: Uuid,
    #[column(unique)]
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[index(number, note)]
#[check("number >= 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(backfill = "'none'")]
    pub note: String,
    #[references(Shop, on_delete = restrict)]
    pub shop_id: Option<Uuid>,
    #[references(User, on_delete = set_null)]
    pub user_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
