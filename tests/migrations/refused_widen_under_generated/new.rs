//! The server changes no type under a generated column.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    #[column(generated = "upper(code)")]
    pub shout: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
