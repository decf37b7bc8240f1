//! The old release goes on with the old name.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "purchases")]
#[index(number)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(unique)]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
