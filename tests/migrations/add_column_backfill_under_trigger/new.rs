//! The fill fires the trigger for each row, and the value is computed from what the trigger left.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger(
    "BEFORE INSERT OR UPDATE",
    function = "tidy",
    body = "BEGIN NEW.name := upper(NEW.name); RETURN NEW; END"
)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    #[column(backfill = "name || '!'")]
    pub cry: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
