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
pub struct Parcel {
    pub id: Uuid,
    pub region: String,
    #[column(external = "checked by the program")]
    pub order_id: Option<Uuid>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
