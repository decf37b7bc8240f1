//! In place: new pages are filled differently.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number, with(deduplicate_items = false, fillfactor = 70))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
