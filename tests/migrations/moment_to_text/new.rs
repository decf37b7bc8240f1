//! Whatever the session's zone and style of dates, a row becomes the same.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "seen_at")]
    pub seen: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
