//! The server would build the index anew under its lock, so the column is replaced by another.

use tablewright::prelude::*;

#[derive(Table)]
#[index("lower(code)")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
