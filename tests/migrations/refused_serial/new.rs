//! A SERIAL is no type, so no column is made one, and none is kept like one.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    #[column(type = "BIGSERIAL", allow(primary_key, reason = "as it was"))]
    pub id: i64,
    pub note: String,
    #[column(type = "SERIAL", renamed_from = "number", allow(primary_key, reason = "as it was"))]
    pub place: i32,
    #[column(type = "SERIAL", allow(primary_key, reason = "as it was"))]
    pub turn: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
