//! The column is dropped and added again, and what depends on it with it.

use tablewright::prelude::*;

#[derive(Table)]
#[index(total_price)]
#[index(number, where = "total_price > 10")]
#[unique(code, total_price)]
#[check("total_price < 1000000")]
#[policy(cheap, using = "total_price < 900000")]
pub struct Line {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    /// What it costs.
    #[column(generated = "number * 3")]
    pub total_price: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
