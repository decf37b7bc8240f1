//! The column keeps its old type while the rows are filled, by ranges of a key that it is part of.

use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(region, id))]
pub struct Order {
    pub id: Uuid,
    pub region: i64,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
