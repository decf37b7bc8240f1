//! A unique index of an expression.

use tablewright::prelude::*;

#[derive(Table)]
#[index("lower(code)", unique)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
