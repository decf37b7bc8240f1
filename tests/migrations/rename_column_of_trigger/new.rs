//! Until the old release is gone the columns of both fire the trigger; the fill does not.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger("AFTER UPDATE OF label", function = "log_order", body = "BEGIN RETURN NULL; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "name")]
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
