//! The way back proves a check that has dollar quotes.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Asset {
    pub id: Uuid,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
