//! A trigger is for the column: it goes and comes in the same transaction.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger("BEFORE UPDATE OF code", function = "keep_code", body = "BEGIN RETURN NEW; END")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
