//! Only the name changes.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(code)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
