//! Another name and another type: both releases work at once.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "code", check = "code_text ~ '^[0-9]+$'")]
    pub code_text: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
