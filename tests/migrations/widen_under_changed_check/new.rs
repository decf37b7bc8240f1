//! The check lets more values through from then on, and the old one is not held against every row under the lock either.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(
        check = "grade IN ('fine', 'worn', 'with notes of its former owner')",
        default = "'fine'",
        allow(enum, reason = "the other system makes new ones")
    )]
    pub grade: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
