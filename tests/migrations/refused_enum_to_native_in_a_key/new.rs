//! The two sides of a foreign key would have different types in between.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(number, region)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub region: Region,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Table)]
#[foreign_key(order_number, region, references = Order(number, region), on_delete = cascade)]
#[index(order_number, region)]
pub struct Parcel {
    pub id: Uuid,
    pub order_number: i64,
    pub region: Region,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

#[derive(Enumeration)]
#[enumeration(storage = native)]
pub enum Region {
    North,
    South,
}
