use tablewright::prelude::*;

#[derive(Debug, Table)]
pub struct Member { pub id: Uuid, pub is_admin: bool, pub created_at: DateTime<Utc>, pub updated_at: DateTime<Utc> }
