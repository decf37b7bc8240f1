//! The view of the old name has the column until it goes.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "orders")]
pub struct Purchase {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
