//! The new column takes no NULL, and says what stands for it.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "memo", backfill = "'none'")]
    pub remark: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
