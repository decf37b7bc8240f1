use tablewright::prelude::*;

#[derive(Table)]
#[unique(number, region)]
#[policy(quiet, using = "region <> 'north' OR number > 0")]
pub struct Order {
    pub id: Uuid,
    pub region: Region,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[foreign_key(order_number, region, references = Order(number, region), on_delete = cascade)]
#[index(order_number, region)]
pub struct Parcel {
    pub id: Uuid,
    pub region: Region,
    pub order_number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
pub enum Region {
    North,
    South,
    West,
}
