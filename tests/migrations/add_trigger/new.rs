//! Its function first, then the trigger.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger("AFTER INSERT OR DELETE", function = "log_order", body = "BEGIN RETURN NULL; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
