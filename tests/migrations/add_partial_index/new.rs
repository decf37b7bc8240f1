//! Some rows, in another direction.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number desc, created_at, where = "shipped_at IS NULL")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub shipped_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
