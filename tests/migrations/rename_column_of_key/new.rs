//! The rows are filled by ranges of the old key: no range of the new one holds a row yet.

use tablewright::prelude::*;

#[derive(Table)]
#[table(primary_key(area, id))]
pub struct Order {
    pub id: Uuid,
    #[column(renamed_from = "region")]
    pub area: String,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
