//! For named columns, with a condition, for the statement.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger(
    "BEFORE UPDATE OF note",
    when = "NEW.note IS NULL",
    function = "keep_note",
    body = "BEGIN NEW.note := OLD.note; RETURN NEW; END"
)]
#[trigger("AFTER TRUNCATE", each = statement, function = "log_order", body = "BEGIN RETURN NULL; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub note: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
