//! Several columns, each in its own way.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub note: Option<String>,
    #[column(default = "1")]
    pub quantity: i64,
    #[column(backfill = "created_at")]
    pub ordered_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
