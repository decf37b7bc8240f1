//! The server would hold every row against the check while nobody can write, so that is proved behind.

use tablewright::prelude::*;

#[derive(Table)]
#[check("code <> ''")]
#[index(code)]
pub struct Order {
    pub id: Uuid,
    pub number: i64,
    pub code: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
