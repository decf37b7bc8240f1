//! An index, a unique key and a check name it beside another.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub note: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
