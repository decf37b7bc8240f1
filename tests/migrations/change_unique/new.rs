//! The new key before the old one goes.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(region, number)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub region: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
