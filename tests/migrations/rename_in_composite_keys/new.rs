//! One column of a unique key and of the foreign key that references it.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(area, id)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "region")]
    pub area: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[foreign_key(region, order_id, references = Order(area, id), on_delete = cascade)]
pub struct Parcel {
    pub id: Uuid,
    pub region: Option<String>,
    pub order_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
