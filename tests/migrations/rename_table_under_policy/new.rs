//! The view of the old name holds whoever reads it to the policies of the table.

use tablewright::prelude::*;

#[derive(Table)]
#[table(renamed_from = "purchases")]
#[index(number)]
#[policy(own_rows, using = "number > 0")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(unique)]
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
