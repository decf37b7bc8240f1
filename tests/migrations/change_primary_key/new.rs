//! Another order of the key.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
pub struct Tag {
    pub id: Uuid,
    #[column(unique)]
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(junction, primary_key(tag_id, order_id))]
pub struct OrderTag {
    #[references(Order, on_delete = cascade)]
    pub order_id: Uuid,
    #[references(Tag, on_delete = cascade)]
    pub tag_id: Uuid,
    pub created_at: DateTime<Utc>,
}
