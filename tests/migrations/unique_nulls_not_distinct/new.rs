//! NULLs count as equal from now on.

use tablewright::prelude::*;

#[derive(Table)]
#[unique(code, nulls_not_distinct)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
