//! Built beside: what only a build takes up.

use tablewright::prelude::*;

#[derive(Table)]
#[index(number, using = brin, with(pages_per_range = 64))]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
