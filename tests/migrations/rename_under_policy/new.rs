//! The policy waits until each row has its region in the new column: before, it would hide those that have none.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_region, using = "area = current_setting('app.region', true)")]
#[policy(no_zero, restrictive, with_check = "number <> 0", command = insert)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "region")]
    pub area: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
