//! The value of the fill has dollar quotes, in the body of a loop and of a trigger.

use tablewright::prelude::*;

#[derive(Table)]
pub struct Asset {
    pub id: Uuid,
    pub code: String,
    #[column(backfill = "code || '$$' || '$body0$' || '%'")]
    pub label: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
