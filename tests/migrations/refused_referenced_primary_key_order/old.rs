use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(region, id))]
pub struct Order {
    pub id: Uuid,
    pub region: String,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[foreign_key(region, order_id, references = Order(region, id), on_delete = cascade)]
pub struct Parcel {
    pub id: Uuid,
    pub region: Option<String>,
    pub order_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
