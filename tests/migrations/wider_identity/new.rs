//! Acknowledged, the column is rewritten where it is.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(identity = always)]
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
