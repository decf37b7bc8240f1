//! A policy names the column: it goes and comes in the same transaction.

use tablewright::prelude::*;

#[derive(Table)]
#[policy(own_code, using = "code = current_setting('app.code', true)")]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
