//! A rewrite, acknowledged.

use tablewright::prelude::*;

#[derive(Table)]
#[table(unlogged)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
