//! One column takes the name that another gives up.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "first")]
    pub second: i64,
    #[column(renamed_from = "second")]
    pub third: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
