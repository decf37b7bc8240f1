//! Three names go round.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "depth")]
    pub width: i64,
    #[column(renamed_from = "width")]
    pub height: i64,
    #[column(renamed_from = "height")]
    pub depth: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
