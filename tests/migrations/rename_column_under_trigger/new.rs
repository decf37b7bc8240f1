//! The function of a trigger names the column: the old name until the old release is gone, and the columns are alike before and after it.

use tablewright::prelude::*;

#[derive(Table)]
#[trigger(
    "BEFORE INSERT OR UPDATE",
    function = "tidy",
    body = "BEGIN NEW.label := upper(NEW.label); RETURN NEW; END"
)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    #[column(renamed_from = "name")]
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
