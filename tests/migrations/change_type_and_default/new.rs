//! The old default is no value of the new type.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(default = "0")]
    pub rank: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
