use tablewright::prelude::*;

#[derive(Table)]
#[unique(region, id)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[foreign_key(region, order_id, references = Order(region, id), on_delete = set_null)]
pub struct Parcel {
    pub id: Uuid,
    pub region: String,
    pub order_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
