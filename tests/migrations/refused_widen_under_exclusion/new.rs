//! The server would build the index anew under its lock, since that has a predicate on the column.

use tablewright::prelude::*;

#[derive(Table)]
#[exclude(room with "=", number with "=", where = "room <> ''")]
pub struct Booking {
    pub id: Uuid,
    pub room: String,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
