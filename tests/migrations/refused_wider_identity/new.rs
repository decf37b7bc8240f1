//! The server numbers the column, so no other one can be kept like it.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    #[column(identity = always)]
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
