//! Another body: the trigger stays.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger("AFTER INSERT OR DELETE", function = "log_order", body = "BEGIN NULL; RETURN NULL; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
