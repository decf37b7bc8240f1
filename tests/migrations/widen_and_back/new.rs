//! What the narrow types do not take stops the way back, elements and digits too.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub note: String,
    #[column(type = "TEXT[]")]
    pub tags: Vec<String>,
    #[column(type = "NUMERIC", allow(money, reason = "the other system has any number of digits"))]
    pub price: Decimal,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
