use tablewright::prelude::*;

#[derive(Debug, Table)]
pub struct Member { pub id: Uuid, #[column(renamed_from = "is_admin")] pub level: i64, pub seen_at: DateTime<Utc>, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
