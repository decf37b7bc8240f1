//! A unique key of some rows is an index.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(code, where = "shipped_at IS NULL")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub shipped_at: Option<DateTime<Utc>>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
